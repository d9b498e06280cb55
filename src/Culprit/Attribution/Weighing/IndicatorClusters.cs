using System.Net;
using Culprit.Knowledge;

namespace Culprit.Attribution.Weighing;

/// <summary>
/// Indicators that are one thing: domains and URLs below one registered domain; an address with its ports, and URLs at that address. Whoever has the one has the
/// others, and one visit may meet all of them, so that together they say no more than the strongest.
/// </summary>
internal static class IndicatorClusters
{
    /// <summary>What an indicator is one thing with; empty where it is by itself, as are names below services that give them to anybody, and what weighs nothing.</summary>
    public static string KeyOf(Observation observation)
    {
        if (observation.Kind != ObservationKind.Indicator || observation.OfVictim || observation.Indicators.IsEmpty)
        {
            return "";
        }

        string host = RegisteredDomains.HostOf(observation.Value);
        return observation.Indicators.Any(static c => c.Kind == IndicatorKind.Address) ? IPEndPoint.TryParse(observation.Value, out IPEndPoint? end) ? end.Address.ToString() : observation.Value
            : !observation.Indicators.Any(static c => c.Kind is IndicatorKind.Domain or IndicatorKind.Url) ? ""
            : IPAddress.TryParse(host, out _) ? host : RegisteredDomains.Of(host);
    }

    /// <summary>The clusters of several indicators: the positions of each, by how they were met, those that were met first.</summary>
    public static int[][][] Of(IReadOnlyList<Observation> observed) =>
    [
        .. Enumerable.Range(0, observed.Count).GroupBy(i => KeyOf(observed[i]), StringComparer.Ordinal)
            .Where(static g => g.Key.Length > 0 && g.Skip(1).Any())
            .Select(g => g.GroupBy(i => observed[i].Contact).OrderBy(static same => same.Key).Select(static same => same.ToArray()).ToArray()),
    ];

    /// <summary>
    /// Makes the squares of each cluster's worth add up to that of its strongest, as if it were one indicator. What was met comes first and loses nothing to
    /// what was only mentioned.
    /// </summary>
    /// <param name="worth">What each observation is worth alone, for one group; changed.</param>
    /// <param name="clusters">What <see cref="Of"/> gives.</param>
    public static void Reduce(double[] worth, int[][][] clusters)
    {
        foreach (int[][] cluster in clusters)
        {
            double before = 0;
            foreach (int[] same in cluster)
            {
                double most = 0, squares = 0;
                foreach (int i in same)
                {
                    most = Math.Max(most, worth[i]);
                    squares += worth[i] * worth[i];
                }

                double kept = most > before ? Math.Sqrt(((most * most) - (before * before)) / squares) : 0;
                foreach (int i in same)
                {
                    worth[i] *= kept;
                }

                before = Math.Max(before, most);
            }
        }
    }
}
