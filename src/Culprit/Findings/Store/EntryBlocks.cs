namespace Culprit.Findings.Store;

/// <summary>Entries in memory, in blocks, so that more of them never means copying those that are there.</summary>
internal sealed class EntryBlocks
{
    private const int BlockLength = 256 * 1024;

    private readonly List<byte[]> _blocks = [];
    private int _last = -1;
    private int _used;

    /// <summary>How many bytes the entries take.</summary>
    public long Bytes { get; private set; }

    /// <summary>An entry's bytes.</summary>
    public ReadOnlySpan<byte> this[EntrySpan entry] => _blocks[entry.Block].AsSpan(entry.Start, entry.Length);

    /// <summary>Keeps an entry.</summary>
    public EntrySpan Add(ReadOnlySpan<byte> entry)
    {
        if (_last < 0 || _blocks[_last].Length - _used < entry.Length)
        {
            _last++;
            _used = 0;
            if (_last == _blocks.Count)
            {
                _blocks.Add(new byte[Math.Max(BlockLength, entry.Length)]);
            }
            else if (_blocks[_last].Length < entry.Length)
            {
                _blocks[_last] = new byte[entry.Length];
            }
        }

        entry.CopyTo(_blocks[_last].AsSpan(_used));
        var span = new EntrySpan(new FindingEntry(entry).Ticks, _last, _used, entry.Length);
        _used += entry.Length;
        Bytes += entry.Length;
        return span;
    }

    /// <summary>Forgets all entries and keeps the room.</summary>
    public void Clear()
    {
        _last = -1;
        _used = 0;
        Bytes = 0;
    }
}

/// <summary>Where an entry stands, and its time, which decides most comparisons.</summary>
/// <param name="Ticks">The entry's time.</param>
/// <param name="Block">The block.</param>
/// <param name="Start">Where in the block it begins.</param>
/// <param name="Length">How many bytes it has.</param>
internal readonly record struct EntrySpan(long Ticks, int Block, int Start, int Length);
