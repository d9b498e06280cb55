namespace Culprit.Sigma.Correlation;

/// <summary>
/// Compares the share of each value among all values of a window (correlation specification, "Value Percentile", without
/// <c>percentile</c>). A share means something only over a whole window, so windows follow each other: each begins with the
/// first event after the one before, and each is a burst of its own, made of the events whose value's share holds.
/// </summary>
internal static class Shares
{
    public static List<Burst> Run(IReadOnlyList<CorrelationUnit> units, SigmaCorrelation correlation)
    {
        var bursts = new List<Burst>();
        int start = 0;
        while (start < units.Count)
        {
            int end = start;
            while (end < units.Count && units[end].Ticks <= units[start].Ticks + correlation.Timespan.Ticks)
            {
                end++;
            }

            if (Window(units, start, end, correlation) is { } burst)
            {
                bursts.Add(burst);
            }

            start = end;
        }

        return bursts;
    }

    private static Burst? Window(IReadOnlyList<CorrelationUnit> units, int start, int end, SigmaCorrelation correlation)
    {
        var counts = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        int total = 0;
        for (int i = start; i < end; i++)
        {
            if (units[i].Value is { } value)
            {
                counts[value] = counts.GetValueOrDefault(value) + 1;
                total++;
            }
        }

        var holding = new List<CorrelationUnit>();
        decimal? extreme = null;
        for (int i = start; i < end; i++)
        {
            if (units[i].Value is not { } value)
            {
                continue;
            }

            decimal share = 100m * counts[value] / total;
            if (Bounds.Hold(correlation.Bounds, share))
            {
                holding.Add(units[i]);
                extreme = Bounds.Extreme(correlation.Bounds, extreme, share);
            }
        }

        return holding.Count == 0 ? null : new(holding, [holding[^1]], extreme);
    }
}
