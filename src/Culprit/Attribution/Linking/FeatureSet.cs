namespace Culprit.Attribution.Linking;

/// <summary>Techniques and software that are compared with others.</summary>
/// <param name="Features">Their positions in the index, ascending, with the parents of sub-techniques.</param>
/// <param name="Shares">What each counts, 0 to 1: of n techniques that one thing shows each counts the root of 1/n, so that all together count as one.</param>
internal sealed record FeatureSet(int[] Features, double[] Shares)
{
    /// <summary>A set of which each counts in full.</summary>
    public static FeatureSet Whole(int[] features) => new(features, [.. features.Select(static _ => 1.0)]);

    /// <summary>What both have, ascending.</summary>
    public IEnumerable<int> SharedWith(FeatureSet other) => Features.Where(f => Array.BinarySearch(other.Features, f) >= 0);
}
