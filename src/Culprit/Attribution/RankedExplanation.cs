using System.Collections.Immutable;
using Culprit.Knowledge;

namespace Culprit.Attribution;

/// <summary>An explanation at its place: a group, or the group that the knowledge base does not hold.</summary>
/// <param name="Id">The group's identifier, or <see cref="UnknownHypothesis.Id"/>.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="Probability">0 to 1.</param>
/// <param name="BaseWeight">See <see cref="GroupHypothesis.BaseWeight"/>.</param>
/// <param name="Weights">See <see cref="GroupHypothesis.Weights"/>.</param>
/// <param name="Nearest">See <see cref="GroupHypothesis.Nearest"/>.</param>
public sealed record RankedExplanation(
    string Id, string Name, double Probability, double BaseWeight, ImmutableArray<ObservationWeight> Weights, KnownSource? Nearest)
{
    /// <summary>The name by which the unknown group is told.</summary>
    public const string UnknownName = "a group that is not known";

    internal const int KeptDigits = 6;

    /// <summary>Whether it is the unknown group.</summary>
    public bool IsUnknown => Id == UnknownHypothesis.Id;

    /// <summary>All explanations of an assessment, most probable first.</summary>
    public static ImmutableArray<RankedExplanation> Of(Assessment assessment)
    {
        ArgumentNullException.ThrowIfNull(assessment);
        return
        [
            .. assessment.Groups
                .Select(static g => new RankedExplanation(g.Group.Id, g.Group.Name, g.Probability, g.BaseWeight, g.Weights, g.Nearest))
                .Append(new RankedExplanation(
                    UnknownHypothesis.Id, UnknownName, assessment.Unknown.Probability, assessment.Unknown.BaseWeight, assessment.Unknown.Weights, null))
                .OrderByDescending(static e => e.Probability).ThenBy(static e => e.Id, StringComparer.Ordinal),
        ];
    }

    /// <summary>The explanations that are held against one another: the first and its nearest rivals, three where there are as many, the unknown group always among them.</summary>
    public static ImmutableArray<RankedExplanation> Compared(Assessment assessment)
    {
        ImmutableArray<RankedExplanation> all = Of(assessment);
        RankedExplanation unknown = all.First(static e => e.IsUnknown);
        IEnumerable<RankedExplanation> groups = all.Where(static e => !e.IsUnknown);
        return all[0].IsUnknown ? [unknown, .. groups.Take(2)] : [.. groups.Take(2), unknown];
    }

    /// <summary>
    /// How much an observation tells, as a weight of 0 or more: the most that it says for or against any of the compared explanations, and of an
    /// indicator for any group at all, since whoever reads must hear for whom it is listed.
    /// </summary>
    public static double Telling(Assessment assessment, int observation)
    {
        ArgumentNullException.ThrowIfNull(assessment);
        return Telling(assessment, Compared(assessment), observation);
    }

    /// <summary>
    /// All observations by position, those that tell most (see <see cref="Telling(Assessment, int)"/>) first: the one order in which every page
    /// shows them. Weights that differ in digits which are not kept do not differ.
    /// </summary>
    public static ImmutableArray<int> ByTelling(Assessment assessment)
    {
        ArgumentNullException.ThrowIfNull(assessment);
        ImmutableArray<RankedExplanation> compared = Compared(assessment);
        return
        [
            .. Enumerable.Range(0, assessment.Observations.Length)
                .OrderByDescending(i => Math.Round(Telling(assessment, compared, i), KeptDigits)).ThenBy(static i => i),
        ];
    }

    /// <summary>The name by which an identifier is told, be it of an explanation or of a group that could not be weighed; others stay as they are.</summary>
    public static string NameOf(Assessment assessment, string id)
    {
        ArgumentNullException.ThrowIfNull(assessment);
        return id == UnknownHypothesis.Id ? UnknownName
            : assessment.Groups.Select(static g => g.Group).Concat(assessment.TooThin.Select(static g => g.Group)).FirstOrDefault(g => g.Id == id) is { } group ? $"{group.Name} ({group.Id})" : id;
    }

    private static double Telling(Assessment assessment, ImmutableArray<RankedExplanation> compared, int observation)
    {
        double most = compared.Max(c => Math.Abs(c.Weights[observation].LogLikelihoodRatio));
        return assessment.Observations[observation].Observation.Kind == ObservationKind.Indicator
            ? Math.Max(most, assessment.Groups.Select(g => g.Weights[observation].LogLikelihoodRatio).DefaultIfEmpty(0).Max()) : most;
    }
}
