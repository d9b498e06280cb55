namespace Culprit.Findings.Store;

/// <summary>Merges runs into one order.</summary>
internal sealed class EntryMerge
{
    private readonly PriorityQueue<EntryCursor, EntryCursor> _queue;
    private EntryCursor? _current;

    public EntryMerge(IEnumerable<EntryCursor> cursors, SourceTable sources)
    {
        _queue = new PriorityQueue<EntryCursor, EntryCursor>(Comparer<EntryCursor>.Create((a, b) => Compare(a, b, sources)));
        foreach (EntryCursor cursor in cursors)
        {
            if (cursor.MoveNext())
            {
                _queue.Enqueue(cursor, cursor);
            }
        }
    }

    // Two versions of one file, read at different times, have the same path: then their content decides.
    private static int Compare(EntryCursor a, EntryCursor b, SourceTable sources)
    {
        FindingEntry x = new(a.Current), y = new(b.Current);
        int order = FindingEntry.Compare(x, y, sources);
        return order != 0 || x.Source == y.Source ? order : string.CompareOrdinal(sources[x.Source].Sha256, sources[y.Source].Sha256);
    }

    /// <summary>The entry read last; valid until the next one is read.</summary>
    public FindingEntry Current => new(_current!.Current);

    public bool MoveNext()
    {
        if (_current is not null && _current.MoveNext())
        {
            _current = _queue.EnqueueDequeue(_current, _current);
            return true;
        }

        return _queue.TryDequeue(out _current, out _);
    }
}
