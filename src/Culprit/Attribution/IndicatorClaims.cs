using System.Collections.Immutable;

namespace Culprit.Attribution;

/// <summary>What lists claim of one indicator, together.</summary>
internal static class IndicatorClaims
{
    /// <summary>Each claim once, the first of those with the same list, source and kind, in the order of these: the same whatever order they came in.</summary>
    public static ImmutableArray<IndicatorClaim> Merged(IEnumerable<IndicatorClaim> claims) =>
    [
        .. claims.DistinctBy(static c => (c.List, c.Source, c.Kind))
            .OrderBy(static c => c.List, StringComparer.Ordinal).ThenBy(static c => c.Source, StringComparer.Ordinal).ThenBy(static c => c.Kind),
    ];
}
