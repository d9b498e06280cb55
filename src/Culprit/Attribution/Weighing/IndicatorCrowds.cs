using System.Collections.Immutable;

namespace Culprit.Attribution.Weighing;

/// <summary>
/// Many indicators of the same groups: a few of them say all that they can, since they come together and are capped. Evidence chooses how many
/// names it mentions, and what an assessment costs grows with the square of what it weighs.
/// </summary>
internal static class IndicatorCrowds
{
    /// <summary>So many indicators of the same groups are weighed.</summary>
    public const int Most = 20;

    /// <summary>So many are weighed in all.</summary>
    public const int MostOfAll = 300;

    /// <summary>So many of those that weigh nothing are kept besides, to be told: the victim's own, and those of lists that mean no group.</summary>
    public const int MostWeightless = 60;

    /// <summary>The observations, in their order, without the weaker indicators of a crowd, those that were met being the strongest and others of a cluster than its strongest the weakest; of all too many, each crowd keeps its strongest the longest.</summary>
    public static ImmutableArray<Observation> Thin(ImmutableArray<Observation> observed, int year)
    {
        int weighed = 0, weightless = 0;
        HashSet<Observation> left =
        [
            .. observed.Where(static o => o.Kind == ObservationKind.Indicator).GroupBy(GroupsOf, StringComparer.Ordinal)
                .SelectMany(g => FirstOfClusters(g.Select(o => (Observation: o, Strength: FurtherEvidence.Strength(o, year)))
                    .OrderBy(static o => o.Observation.Contact).ThenByDescending(static o => o.Strength).ThenBy(static o => o.Observation.Value, StringComparer.Ordinal))
                    .Select(static (o, place) => (o.Observation, o.Strength, Place: place)))
                .OrderBy(static o => o.Place).ThenBy(static o => o.Observation.Contact).ThenByDescending(static o => o.Strength).ThenBy(static o => o.Observation.Value, StringComparer.Ordinal)
                .Where(o => o.Place >= Most || (o.Strength > 0 ? ++weighed > MostOfAll : ++weightless > MostWeightless)).Select(static o => o.Observation),
        ];
        return left.Count == 0 ? observed : [.. observed.Where(o => !left.Contains(o))];
    }

    // In their order, each cluster's first before all that it says no more with: a hundred names of one domain must not crowd out another domain.
    private static IEnumerable<(Observation Observation, double Strength)> FirstOfClusters(IEnumerable<(Observation Observation, double Strength)> ordered)
    {
        var met = new HashSet<string>(StringComparer.Ordinal);
        return ordered.Select(o => (One: o, Repeats: IndicatorClusters.KeyOf(o.Observation) is { Length: > 0 } key && !met.Add(key))).ToArray()
            .OrderBy(static o => o.Repeats).Select(static o => o.One);
    }

    // The victim's own are a crowd by themselves, which takes no place from what a list ascribes to the same groups and is not the victim's.
    private static string GroupsOf(Observation observation) => observation.OfVictim ? "of the victim"
        : string.Join(' ', observation.Indicators.SelectMany(static c => c.GroupIds).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
}
