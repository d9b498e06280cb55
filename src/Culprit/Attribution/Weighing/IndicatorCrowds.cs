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

    /// <summary>The observations, in their order, without the weaker ones of a crowd.</summary>
    public static ImmutableArray<Observation> Thin(ImmutableArray<Observation> observed, int year)
    {
        HashSet<Observation> left =
        [
            .. observed.Where(static o => o.Kind == ObservationKind.Indicator)
                .GroupBy(static o => string.Join(' ', o.Indicators.SelectMany(static c => c.GroupIds).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)), StringComparer.Ordinal)
                .SelectMany(g => g.OrderByDescending(o => Strength(o, year)).ThenBy(static o => o.Value, StringComparer.Ordinal).Skip(Most)),
        ];
        return left.Count == 0 ? observed : [.. observed.Where(o => !left.Contains(o))];
    }

    private static double Strength(Observation observation, int year) =>
        observation.Indicators.Select(c => FurtherEvidence.Worth(c, year, Math.Max(1, c.ListCount))).DefaultIfEmpty(0).Max();
}
