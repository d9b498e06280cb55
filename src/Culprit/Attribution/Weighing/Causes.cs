using System.Collections.Immutable;

namespace Culprit.Attribution.Weighing;

/// <summary>
/// Which observations have one cause, so that they are right or wrong together: indicators of one list, be they files or domains, and techniques
/// that the very same rules show in the very same events. Whoever planted one of them has planted all.
/// </summary>
internal static class Causes
{
    /// <summary>The positions of the observations, by cause; each stands in one, and causes are in the order of their first observation.</summary>
    public static ImmutableArray<ImmutableArray<int>> Of(IReadOnlyList<Observation> observed)
    {
        int[] cause = [.. Enumerable.Range(0, observed.Count)];
        var first = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < observed.Count; i++)
        {
            foreach (string sign in SignsOf(observed[i]))
            {
                if (first.TryGetValue(sign, out int other))
                {
                    cause[Root(i)] = Root(other);
                }
                else
                {
                    first.Add(sign, i);
                }
            }
        }

        return [.. Enumerable.Range(0, observed.Count).GroupBy(Root).Select(static g => g.ToImmutableArray()).OrderBy(static g => g[0])];

        int Root(int i)
        {
            while (cause[i] != i)
            {
                i = cause[i] = cause[cause[i]];
            }

            return i;
        }
    }

    private static IEnumerable<string> SignsOf(Observation observation) =>
        SameSigns.Of(observation) is { } signs ? [signs]
        : observation is { Kind: ObservationKind.Indicator, OfVictim: false } ? observation.Indicators.Where(static c => !c.GroupIds.IsEmpty).Select(static c => "list\n" + c.List)
        : [];
}
