using System.Collections.Immutable;
using Culprit.Attribution.Profiles;
using Culprit.Knowledge;

namespace Culprit.Attribution.Weighing;

/// <summary>
/// Which observations have one cause, so that they are right or wrong together: indicators of one list, be they files or domains; techniques
/// that the very same rules show in the very same events, or one of which all that rules say is said of another too; and a group's malware with a file that lists ascribe to that group, since antivirus and lists may
/// speak of the same file. Whoever planted one of them has planted all.
/// </summary>
internal static class Causes
{
    /// <summary>The positions of the observations, by cause; each stands in one, and causes are in the order of their first observation.</summary>
    /// <param name="observed">The observations.</param>
    /// <param name="scales">Says whose malware is whose.</param>
    public static ImmutableArray<ImmutableArray<int>> Of(IReadOnlyList<Observation> observed, EvidenceScales scales)
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

            foreach (int other in Enumerable.Range(0, i))
            {
                if (SameSigns.HaveOneCause(observed[i], observed[other]))
                {
                    cause[Root(i)] = Root(other);
                }
            }

            if (MalwareIn(observed[i], observed, scales) is { } malware)
            {
                cause[Root(i)] = Root(malware);
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

    // The malware that a listed file may be: of what the groups have that lists ascribe the file to, that which fewest have. Null where there is none.
    private static int? MalwareIn(Observation file, IReadOnlyList<Observation> observed, EvidenceScales scales)
    {
        ProfileSet profiles = scales.Profiles;
        HashSet<string> groups = [.. file.Indicators.Where(static c => c.Kind == IndicatorKind.Hash).SelectMany(static c => c.GroupIds)];
        GroupProfile[] owners = groups.Count == 0 ? [] : [.. profiles.Profiles.Where(p => groups.Contains(profiles.Index.Groups[p.Group].Id))];
        return Enumerable.Range(0, observed.Count).Select(i => (Position: (int?)i, Feature: scales.Feature(observed[i])))
            .Where(o => o.Feature >= 0 && profiles.Index.ClassOf(o.Feature) == FeatureClass.Malware && owners.Any(p => p.Strength.ContainsKey(o.Feature)))
            .OrderBy(o => profiles.AllUsers(o.Feature)).FirstOrDefault().Position;
    }

    private static IEnumerable<string> SignsOf(Observation observation) =>
        observation is { Kind: ObservationKind.Indicator, OfVictim: false } ? observation.Indicators.Where(static c => !c.GroupIds.IsEmpty).Select(static c => "list\n" + c.List)
        : [];
}
