namespace Culprit.Findings.Store;

/// <summary>
/// Keeps findings while evidence is read, in bounded memory, and gives them back in one order that does not depend on
/// threads: an external merge sort. Past the budget, sorted runs go to a file of the host's; nothing is dropped.
/// </summary>
/// <param name="sources">Numbers the evidence sources of all entries.</param>
/// <param name="budget">Bytes that all shards together hold before they spill.</param>
/// <param name="createSpill">Opens a file for reading, writing and seeking, deleted when closed; called at most once. Null keeps all in memory.</param>
internal sealed class FindingStore(SourceTable sources, long budget, Func<Stream>? createSpill) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly List<Shard> _shards = [];
    private readonly List<EntryRun> _runs = [];
    private readonly List<SpillFile> _kept = [];
    private SpillFile? _spill;
    private bool _complete;

    /// <summary>Numbers the evidence sources of all entries.</summary>
    public SourceTable Sources => sources;

    /// <summary>A part of the store for one thread. <paramref name="threads"/> shards share the budget.</summary>
    public Shard CreateShard(int threads)
    {
        long share = Math.Clamp(budget / Math.Max(1, threads), 64 * 1024, Array.MaxLength / 2);
        var shard = new Shard(this, createSpill is null ? long.MaxValue : share);
        lock (_gate)
        {
            _shards.Add(shard);
        }

        return shard;
    }

    /// <summary>Ends adding.</summary>
    public void Complete()
    {
        if (_complete)
        {
            return;
        }

        _complete = true;
        foreach (Shard shard in _shards)
        {
            if (shard.ToMemoryRun() is { } run)
            {
                _runs.Add(run);
            }
        }
    }

    /// <summary>Takes over a file that a run stands in.</summary>
    public void Keep(SpillFile file) => _kept.Add(file);

    /// <summary>Adds entries that are in order already.</summary>
    public void Add(EntryRun run) => _runs.Add(run);

    /// <summary>All entries in order; may be called again.</summary>
    public EntryMerge Read()
    {
        Complete();
        return new EntryMerge(_runs.Select(static r => r.Open()), sources);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _spill?.Dispose();
        foreach (SpillFile file in _kept)
        {
            file.Dispose();
        }
    }

    private void Spill(EntryBlocks blocks, EntrySpan[] order)
    {
        lock (_gate)
        {
            _spill ??= new SpillFile(createSpill!());
        }

        (long start, long end) = _spill.Append(stream =>
        {
            Span<byte> length = stackalloc byte[4];
            foreach (EntrySpan entry in order)
            {
                BitConverter.TryWriteBytes(length, entry.Length);
                stream.Write(length);
                stream.Write(blocks[entry]);
            }
        });
        lock (_gate)
        {
            _runs.Add(new SpilledRun(_spill, start, end));
        }
    }

    /// <summary>The part of one thread.</summary>
    internal sealed class Shard(FindingStore store, long limit)
    {
        private readonly EntryWriter _writer = new();
        private readonly EntryBlocks _blocks = new();
        private readonly List<EntrySpan> _entries = [];

        /// <summary>Begins an entry; write it, then call <see cref="End"/>.</summary>
        public EntryWriter Begin()
        {
            _writer.Clear();
            return _writer;
        }

        /// <summary>Ends the entry and keeps it.</summary>
        public void End()
        {
            _entries.Add(_blocks.Add(_writer.Written));
            if (_blocks.Bytes >= limit)
            {
                store.Spill(_blocks, Sorted());
                _blocks.Clear();
                _entries.Clear();
            }
        }

        public MemoryRun? ToMemoryRun() => _entries.Count == 0 ? null : new MemoryRun(_blocks, Sorted());

        private EntrySpan[] Sorted()
        {
            EntrySpan[] order = [.. _entries];
            MemoryExtensions.Sort(order.AsSpan(), (a, b) => a.Ticks.CompareTo(b.Ticks) is var time and not 0
                ? time
                : FindingEntry.Compare(new FindingEntry(_blocks[a]), new FindingEntry(_blocks[b]), store.Sources));
            return order;
        }
    }
}
