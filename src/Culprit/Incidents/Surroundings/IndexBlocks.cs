namespace Culprit.Incidents.Surroundings;

/// <summary>
/// Blocks of whole entries, in memory up to a budget and beyond it in one file. Blocks are added by several threads and
/// read, one after the other, when all are there.
/// </summary>
internal sealed class IndexBlocks(long memoryBudget, Func<Stream>? createSpill) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<byte[]> _blocks = [];
    private readonly List<int> _spilled = [];
    private readonly List<Func<IEnumerable<ReadOnlyMemory<byte>>>> _elsewhere = [];
    private long _bytes;
    private Stream? _spill;

    /// <summary>Keeps a block.</summary>
    public void Add(ReadOnlySpan<byte> block)
    {
        if (block.IsEmpty)
        {
            return;
        }

        lock (_gate)
        {
            if (_bytes + block.Length > memoryBudget && createSpill is not null)
            {
                _spill ??= createSpill();
                _spill.Write(block);
                _spilled.Add(block.Length);
            }
            else
            {
                _blocks.Add(block.ToArray());
                _bytes += block.Length;
            }
        }
    }

    /// <summary>Adds blocks that stand elsewhere and are read anew each time.</summary>
    public void Add(Func<IEnumerable<ReadOnlyMemory<byte>>> elsewhere) => _elsewhere.Add(elsewhere);

    /// <summary>Each block in turn; a block is valid until the next one is asked for.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Read()
    {
        foreach (byte[] block in _blocks)
        {
            yield return block;
        }

        if (_spill is not null)
        {
            _spill.Position = 0;
            byte[] room = [];
            foreach (int length in _spilled)
            {
                if (room.Length < length)
                {
                    room = new byte[length];
                }

                _spill.ReadExactly(room.AsSpan(0, length));
                yield return room.AsMemory(0, length);
            }
        }

        foreach (Func<IEnumerable<ReadOnlyMemory<byte>>> elsewhere in _elsewhere)
        {
            foreach (ReadOnlyMemory<byte> block in elsewhere())
            {
                yield return block;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _spill?.Dispose();
}
