namespace Culprit.Findings.Store;

/// <summary>Merges runs into one order.</summary>
internal sealed class EntryMerge
{
    private readonly PriorityQueue<EntryCursor, EntryCursor> _queue;
    private EntryCursor? _current;

    public EntryMerge(IEnumerable<EntryCursor> cursors, SourceTable sources)
    {
        _queue = new PriorityQueue<EntryCursor, EntryCursor>(Comparer<EntryCursor>.Create((a, b) =>
            FindingEntry.Compare(new FindingEntry(a.Current), new FindingEntry(b.Current), sources)));
        foreach (EntryCursor cursor in cursors)
        {
            if (cursor.MoveNext())
            {
                _queue.Enqueue(cursor, cursor);
            }
        }
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
