namespace Culprit.Sigma.Correlation;

/// <summary>
/// Slides a window of the correlation's time span over sorted units. The windows that count are those that cannot be made
/// larger: each ends at a unit and begins at the first unit within the time span, and none lies within another. Windows that
/// hold and share a unit make one burst.
/// </summary>
internal static class SlidingWindow
{
    public static List<Burst> Run(IReadOnlyList<CorrelationUnit> units, SigmaCorrelation correlation, IMeasure measure)
    {
        var bursts = new List<Burst>();
        long span = correlation.Timespan.Ticks;
        (int start, int end) = (0, 0);

        // Instants are collected from the first unit that can belong to the burst after the last one.
        var instants = new List<int>();
        (int First, int Last, decimal? Value)? open = null;
        while (end < units.Count)
        {
            long now = units[end].Ticks;
            while (units[start].Ticks < now - span)
            {
                measure.Remove(units[start++]);
            }

            int firstNow = end;
            while (end < units.Count && units[end].Ticks == now)
            {
                measure.Add(units[end++]);
            }

            if (!measure.Holds(out decimal? value))
            {
                continue;
            }

            instants.AddRange(Enumerable.Range(firstNow, end - firstNow));
            bool maximal = end == units.Count || units[start].Ticks < units[end].Ticks - span;
            if (!maximal)
            {
                continue;
            }

            if (open is { } before && start <= before.Last)
            {
                open = (before.First, end - 1, Bounds.Extreme(correlation.Bounds, before.Value, value));
                continue;
            }

            Close(open);
            open = (start, end - 1, value);
        }

        Close(open);
        return bursts;

        void Close((int First, int Last, decimal? Value)? burst)
        {
            if (burst is not { } b)
            {
                return;
            }

            bursts.Add(new(
                [.. Enumerable.Range(b.First, b.Last - b.First + 1).Select(i => units[i])],
                [.. instants.Where(i => i >= b.First && i <= b.Last).Select(i => units[i])],
                b.Value));
            instants.RemoveAll(i => i <= b.Last);
        }
    }
}
