using System.Collections.Immutable;
using Culprit.Attribution.Weighing;

namespace Culprit.Attribution.Judging;

/// <summary>The table of competing hypotheses: the leading explanations against what tells them apart.</summary>
internal static class Competing
{
    private const int Groups = 4, MaxRows = 30;
    private const double Clear = 0.15, Strong = 0.75;

    /// <summary>The table.</summary>
    public static CompetingHypotheses Table(Balance balance, Explanations explanations, int observations)
    {
        int unknown = explanations.Count - 1;
        int[] columns =
        [
            .. Enumerable.Range(0, unknown).OrderByDescending(e => balance.Probabilities[e]).ThenBy(explanations.Id, StringComparer.Ordinal).Take(Groups),
            unknown,
        ];

        // Each cell is held against the average of the columns, since a hypothesis stands or falls by comparison.
        double Relative(int column, int observation) =>
            balance.Weights[column][observation] - columns.Average(other => balance.Weights[other][observation]);

        ImmutableArray<HypothesisRow> rows =
        [
            .. Enumerable.Range(0, observations)
                .Select(o => new HypothesisRow(o,
                    columns.Max(c => balance.Weights[c][o]) - columns.Min(c => balance.Weights[c][o]),
                    [.. columns.Select(c => Mark(Relative(c, o)))]))
                .Where(static r => r.Diagnosticity >= ObservationWeight.NextToNothing)
                .OrderByDescending(static r => r.Diagnosticity).ThenBy(static r => r.Observation)
                .Take(MaxRows),
        ];
        return new CompetingHypotheses(
            [.. columns.Select(c => new CompetingHypothesis(explanations.Id(c), explanations.Name(c), balance.Probabilities[c],
                Enumerable.Range(0, observations).Sum(o => Math.Min(0, Relative(c, o)))))],
            rows);
    }

    private static Consistency Mark(double weight) =>
        weight >= Strong ? Consistency.VeryConsistent
        : weight >= Clear ? Consistency.Consistent
        : weight <= -Strong ? Consistency.VeryInconsistent
        : weight <= -Clear ? Consistency.Inconsistent
        : Consistency.Neutral;
}
