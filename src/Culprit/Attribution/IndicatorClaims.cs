using System.Collections.Immutable;

namespace Culprit.Attribution;

/// <summary>What lists claim of one indicator, together.</summary>
internal static class IndicatorClaims
{
    /// <summary>So many claims of one value are kept, those that mean groups first. What so many lists hold says nothing of who it was, and each says how many those are.</summary>
    public const int Most = 200;

    /// <summary>Each claim once, the first of those with the same list, source and kind, in the order of these: the same whatever order they came in.</summary>
    public static ImmutableArray<IndicatorClaim> Merged(IEnumerable<IndicatorClaim> claims)
    {
        ImmutableArray<IndicatorClaim> all = Ordered(claims.DistinctBy(static c => (c.List, c.Source, c.Kind)));
        return all.Length <= Most ? all : Ordered(all.OrderBy(static c => c.GroupIds.IsEmpty).Take(Most));
    }

    private static ImmutableArray<IndicatorClaim> Ordered(IEnumerable<IndicatorClaim> claims) =>
        [.. claims.OrderBy(static c => c.List, StringComparer.Ordinal).ThenBy(static c => c.Source, StringComparer.Ordinal).ThenBy(static c => c.Kind)];
}
