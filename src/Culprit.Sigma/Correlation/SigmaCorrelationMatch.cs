using System.Collections.Immutable;

namespace Culprit.Sigma;

/// <summary>One match of a correlation: a whole burst, however long.</summary>
/// <param name="CorrelationIndex">Position in <see cref="SigmaRuleSet.Correlations"/>.</param>
/// <param name="FirstTicks">When its first event happened, as given to <see cref="SigmaCorrelator.Add"/>.</param>
/// <param name="LastTicks">When its last event happened.</param>
/// <param name="GroupValues">The values of <see cref="SigmaCorrelation.GroupBy"/>, in that order, as the first event writes them.</param>
/// <param name="EventKeys">The events, sorted by time and key, each once.</param>
/// <param name="Value">
/// The count, sum, average, percentile or share that was compared: the smallest in the burst where the bounds are upper bounds
/// only, otherwise the greatest. Null for a temporal correlation without bounds.
/// </param>
public sealed record SigmaCorrelationMatch(
    int CorrelationIndex,
    long FirstTicks,
    long LastTicks,
    ImmutableArray<string> GroupValues,
    ImmutableArray<long> EventKeys,
    decimal? Value);
