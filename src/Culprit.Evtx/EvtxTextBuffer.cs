namespace Culprit.Evtx;

/// <summary>
/// Scratch space for values that are rendered as text (numbers, times, identifiers). Text handed out stays valid
/// until <see cref="Reset"/>, which a caller does once a record. One buffer serves one thread.
/// </summary>
public sealed class EvtxTextBuffer
{
    private char[] _chars = new char[4096];
    private int _used;

    /// <summary>Forgets everything handed out; what was reserved is kept.</summary>
    public void Reset() => _used = 0;

    /// <summary>Room for <paramref name="length"/> characters, to be written by the caller.</summary>
    public Span<char> Take(int length)
    {
        if (_chars.Length - _used < length)
        {
            // Text handed out earlier keeps the old array alive, so it stays valid.
            _chars = new char[Math.Max(_chars.Length * 2, length)];
            _used = 0;
        }

        Span<char> room = _chars.AsSpan(_used, length);
        _used += length;
        return room;
    }

    /// <summary>Gives back the last <paramref name="unused"/> characters of what was taken last.</summary>
    public void Return(int unused) => _used -= unused;
}
