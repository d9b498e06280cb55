using Culprit.Attribution.Profiles;
using Culprit.Knowledge;

namespace Culprit.Attribution.History;

/// <summary>Something published about a group, to be explained by what was known without it.</summary>
/// <param name="Group">Position of the group that it is about.</param>
/// <param name="Name">The source, or the campaign.</param>
/// <param name="Year">The year for which groups are weighed.</param>
/// <param name="Features">What it holds.</param>
/// <param name="Counts">Which activities are known without it.</param>
internal sealed record HeldOut(int Group, string Name, int Year, int[] Features, Func<Activity, bool> Counts);

/// <summary>The history that the model is judged by.</summary>
internal static class HeldOutCases
{
    /// <summary>A report with fewer techniques than this is no case.</summary>
    public const int MinTechniques = 5;

    private const int MinCampaignFeatures = 2;

    /// <summary>
    /// Reports held out, past only: each source that ATT&amp;CK cites for at least five techniques of a group. Everything that cites it
    /// is hidden, of every group, and so is everything of its year and later or without a year.
    /// </summary>
    public static IEnumerable<HeldOut> Reports(ActivityIndex index)
    {
        foreach (Activity activity in index.Activities)
        {
            if (activity.Year is { } year && activity.OfGroup.Count(f => index.Classes[f] == FeatureClass.Technique) >= MinTechniques)
            {
                HashSet<int> hidden = [activity.Source.Number];
                yield return new HeldOut(activity.Group, activity.Source.Name, year, activity.OfGroup, a => a.Year < year && a.IsKnownWithout(hidden));
            }
        }
    }

    /// <summary>
    /// Years held out, past only: all reports about a group in one year together, where there are several. An intrusion that is seen
    /// whole holds more than one report tells.
    /// </summary>
    public static IEnumerable<HeldOut> Years(ActivityIndex index)
    {
        foreach (IGrouping<(int Group, int? Year), Activity> year in index.Activities.Where(static a => a.Year is not null && a.OfGroup.Length > 0)
            .GroupBy(static a => (a.Group, a.Year)).Where(static g => g.Count() > 1))
        {
            int[] features = [.. year.SelectMany(static a => a.OfGroup).Distinct().Order()];
            if (features.Count(f => index.Classes[f] == FeatureClass.Technique) >= MinTechniques)
            {
                int of = year.Key.Year!.Value;
                var hidden = year.Select(static a => a.Source.Number).ToHashSet();
                yield return new HeldOut(year.Key.Group, $"{year.Count()} reports of {of}", of, features, a => a.Year < of && a.IsKnownWithout(hidden));
            }
        }
    }

    /// <summary>
    /// Campaigns held out: everything that cites a source which the campaign cites is hidden, of every group. A campaign that is attributed to
    /// several groups is a case of each.
    /// </summary>
    /// <param name="knowledge">What is known.</param>
    /// <param name="index">The same, source by source.</param>
    /// <param name="pastOnly">
    /// Whether everything of the year in which the campaign was first reported on, and later, is hidden too: what others wrote about the very same
    /// events then, and after it.
    /// </param>
    public static IEnumerable<HeldOut> Campaigns(KnowledgeBase knowledge, ActivityIndex index, bool pastOnly)
    {
        foreach (KnownCampaign campaign in knowledge.Campaigns)
        {
            int[] features =
            [
                .. campaign.Techniques.Concat(campaign.Software).Select(r => index.Feature(r.Target)).Where(static f => f >= 0).Distinct().Order(),
            ];
            if (features.Length < MinCampaignFeatures)
            {
                continue;
            }

            KnownSource[] sources =
            [
                .. campaign.Techniques.Concat(campaign.Software).Concat(campaign.Vulnerabilities).Concat(campaign.AttributedTo)
                    .SelectMany(static r => r.Sources).Concat(campaign.Aliases.SelectMany(static a => a.Sources)),
            ];
            var cited = sources.Select(static s => s.Number).ToHashSet();
            int year = campaign.LastSeen?.Year ?? campaign.FirstSeen?.Year ?? index.NewestYear;
            year = pastOnly ? sources.Min(static s => s.Published?.Year) ?? year : year;
            foreach (int group in campaign.AttributedTo.Select(r => index.Group(r.Target)).Where(static g => g >= 0).Distinct())
            {
                yield return new HeldOut(group, $"{campaign.Id} {campaign.Name}", year, features, a => (!pastOnly || a.Year < year) && a.IsKnownWithout(cited));
            }
        }
    }

    /// <summary>A feature as an observation.</summary>
    public static Observation Observe(int feature, ActivityIndex index) => new()
    {
        Kind = index.Classes[feature] == FeatureClass.Technique ? ObservationKind.Technique : ObservationKind.Software,
        Value = index.Features[feature],
        Name = index.Features[feature],
        Bases = [ObservationBasis.Of("reported")],
    };
}
