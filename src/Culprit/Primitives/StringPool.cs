namespace Culprit.Primitives;

/// <summary>
/// Gives the same <see cref="string"/> for the same characters, without allocating when it has been seen. Bounded:
/// when it is full it starts afresh, so that hostile input cannot make it grow. One pool serves one thread.
/// </summary>
/// <param name="capacity">How many strings it holds at most.</param>
internal sealed class StringPool(int capacity)
{
    private readonly HashSet<string> _strings = new(StringComparer.Ordinal);
    private string _last = "";

    /// <summary>The string of these characters.</summary>
    public string Get(ReadOnlySpan<char> text)
    {
        if (text.SequenceEqual(_last))
        {
            return _last;
        }

        HashSet<string>.AlternateLookup<ReadOnlySpan<char>> lookup = _strings.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!lookup.TryGetValue(text, out string? found))
        {
            if (_strings.Count >= capacity)
            {
                _strings.Clear();
            }

            found = text.ToString();
            _strings.Add(found);
        }

        _last = found;
        return found;
    }
}
