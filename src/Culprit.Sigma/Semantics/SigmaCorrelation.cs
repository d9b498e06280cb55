using System.Collections.Immutable;
using Culprit.Sigma.Semantics;

namespace Culprit.Sigma;

/// <summary>The types of correlation (correlation specification, "Correlation Types").</summary>
public enum CorrelationType
{
    /// <summary>How many events.</summary>
    EventCount,

    /// <summary>How many distinct values.</summary>
    ValueCount,

    /// <summary>All rules within the time span, in any order.</summary>
    Temporal,

    /// <summary>All rules within the time span, in the order of the list.</summary>
    TemporalOrdered,

    /// <summary>The sum of a field.</summary>
    ValueSum,

    /// <summary>The average of a field.</summary>
    ValueAverage,

    /// <summary>A percentile of a field.</summary>
    ValuePercentile,
}

/// <summary>One comparison of a correlation's condition; several are joined with AND.</summary>
public readonly record struct CorrelationBound(NumberComparison Comparison, bool Negated, decimal Operand);

/// <summary>A correlation rule, its references resolved.</summary>
public sealed record SigmaCorrelation : SigmaDocument
{
    /// <summary>The type.</summary>
    public required CorrelationType Type { get; init; }

    /// <summary>The documents referred to, in the order of the list: detection rules or correlations, by position in <see cref="SigmaRuleSet.Rules"/> or <see cref="SigmaRuleSet.Correlations"/>.</summary>
    public required ImmutableArray<CorrelationReference> Rules { get; init; }

    /// <summary>Fields, or aliases, whose values must be equal.</summary>
    public required ImmutableArray<string> GroupBy { get; init; }

    /// <summary>The length of the sliding window.</summary>
    public required TimeSpan Timespan { get; init; }

    /// <summary>What must hold of the count, sum, average or percentile.</summary>
    public ImmutableArray<CorrelationBound> Bounds { get; init; } = [];

    /// <summary>The fields that are counted or added up; empty for types that need none.</summary>
    public ImmutableArray<string> ValueFields { get; init; } = [];

    /// <summary>
    /// For <see cref="CorrelationType.ValuePercentile"/>: the percentile, 0 to 100, that is compared; null where the condition
    /// gives none and the share of each value among all values, in per cent, is compared.
    /// </summary>
    public decimal? Percentile { get; init; }

    /// <summary>Alias -> (name or id of a rule -> field).</summary>
    public ImmutableDictionary<string, ImmutableDictionary<string, string>> Aliases { get; init; } =
        ImmutableDictionary<string, ImmutableDictionary<string, string>>.Empty;

    /// <summary>
    /// For temporal correlations with an extended condition: an expression whose leaves are <see cref="Expression.Named"/> after
    /// a rule as <see cref="CorrelationReference.Name"/> writes it; null otherwise.
    /// </summary>
    public Expression? TemporalCondition { get; init; }

    /// <summary>Whether the rules referred to are findings of their own as well.</summary>
    public bool Generate { get; init; }

    /// <summary>False where another correlation uses this one without <c>generate</c>.</summary>
    public bool Reported { get; init; } = true;
}

/// <summary>A reference from a correlation.</summary>
/// <param name="Name">As the correlation wrote it.</param>
/// <param name="IsCorrelation">Whether <paramref name="Index"/> counts correlations or rules.</param>
/// <param name="Index">The position.</param>
public readonly record struct CorrelationReference(string Name, bool IsCorrelation, int Index);
