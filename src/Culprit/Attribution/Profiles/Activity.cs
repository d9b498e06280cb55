using System.Collections.Immutable;
using Culprit.Knowledge;

namespace Culprit.Attribution.Profiles;

/// <summary>What kind of thing a feature is; it decides how much it weighs.</summary>
internal enum FeatureClass
{
    /// <summary>A technique.</summary>
    Technique,

    /// <summary>Malware: made to do harm, and often by one group for itself.</summary>
    Malware,

    /// <summary>A tool that anybody may have.</summary>
    Tool,
}

/// <summary>
/// What one source says that one group used: techniques and software together, as it saw them together. Where others say whose a campaign
/// was that the source reports on, the campaign is a part of its own, since it may be known of the group at another time.
/// </summary>
/// <param name="Group">Position in <see cref="ActivityIndex.Groups"/>.</param>
/// <param name="Source">The source.</param>
/// <param name="Year">The year from which on it is known of the group; null where it is not known.</param>
/// <param name="Features">Positions in <see cref="ActivityIndex.Features"/>, ascending.</param>
/// <param name="OfGroup">Those of them that ATT&amp;CK gives of the group itself, the rest being of campaigns alone.</param>
/// <param name="AttributedBy">Numbers of the sources that say whose it is; empty where <paramref name="Source"/> does so itself.</param>
internal sealed record Activity(int Group, KnownSource Source, int? Year, int[] Features, int[] OfGroup, ImmutableArray<int> AttributedBy)
{
    /// <summary>Whether it is still known of the group when some sources are hidden.</summary>
    /// <param name="hidden">Numbers of sources.</param>
    public bool IsKnownWithout(IReadOnlySet<int> hidden) =>
        !hidden.Contains(Source.Number) && (AttributedBy.IsEmpty || AttributedBy.Any(s => !hidden.Contains(s)));

    /// <summary>The same source's account together with another part of it, once both are known of the group.</summary>
    public Activity With(Activity part) => this with
    {
        Year = Year is { } year && part.Year is { } other ? Math.Min(year, other) : Year ?? part.Year,
        Features = [.. Features.Union(part.Features).Order()],
        OfGroup = [.. OfGroup.Union(part.OfGroup).Order()],
        AttributedBy = [],
    };
}
