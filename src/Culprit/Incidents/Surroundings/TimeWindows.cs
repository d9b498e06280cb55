namespace Culprit.Incidents.Surroundings;

/// <summary>Spans of time, in ticks, kept sorted and apart: two that touch become one.</summary>
internal sealed class TimeWindows
{
    private readonly List<(long From, long To)> _spans = [];

    /// <summary>Adds a span, both ends included.</summary>
    /// <returns>Whether it covers anything that was not covered before.</returns>
    public bool Add(long from, long to)
    {
        int first = FirstEndingAtOrAfter(from);
        int last = first;
        while (last < _spans.Count && _spans[last].From <= to)
        {
            last++;
        }

        if (last == first)
        {
            _spans.Insert(first, (from, to));
            return true;
        }

        (long From, long To) joined = (Math.Min(from, _spans[first].From), Math.Max(to, _spans[last - 1].To));
        if (last - first == 1 && _spans[first] == joined)
        {
            return false;
        }

        _spans.RemoveRange(first, last - first);
        _spans.Insert(first, joined);
        return true;
    }

    /// <summary>Whether a time lies in one of them.</summary>
    public bool Contains(long ticks) => FirstEndingAtOrAfter(ticks) is var at && at < _spans.Count && _spans[at].From <= ticks;

    private int FirstEndingAtOrAfter(long ticks)
    {
        int low = 0;
        int high = _spans.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_spans[middle].To < ticks)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
