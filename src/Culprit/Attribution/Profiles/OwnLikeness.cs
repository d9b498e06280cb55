namespace Culprit.Attribution.Profiles;

/// <summary>
/// How much reports about one group are like each other. Likeness to all that is known of a group whose reports are much alike says less than the same
/// likeness to one whose reports differ: whatever is like the one report is like them all.
/// </summary>
internal static class OwnLikeness
{
    /// <summary>Reports with fewer features than this say nothing of how alike a group's reports are.</summary>
    internal const int MinFeatures = 5;

    // What a group's reports are mixed with, as of so many reports more: reports about groups on average. Few reports say little.
    internal const double Usual = 0.08, UsualReports = 2;

    // Makes the factor of a group with the usual likeness 1, and keeps that of one whose reports share nothing within bounds.
    internal const double Spared = 0.05;

    /// <summary>What likeness to all that is known of a group is multiplied by: 1 where its reports are as alike as usual, less where they are more alike.</summary>
    /// <param name="profiles">What features weigh.</param>
    /// <param name="profile">The group.</param>
    public static double Factor(ProfileSet profiles, GroupProfile profile) => (Usual + Spared) / (Of(profiles, profile) + Spared);

    // The mean, over its reports, of the likeness to the most similar other one.
    private static double Of(ProfileSet profiles, GroupProfile profile)
    {
        if (profile.Reports.Length < 2)
        {
            return Usual;
        }

        double sum = Usual * UsualReports, count = UsualReports;
        foreach ((Activity held, _) in profile.Reports.Where(static r => r.Activity.Features.Length >= MinFeatures))
        {
            var likeness = new FeatureLikeness(profiles, held.Features);
            sum += profile.Reports.Where(r => r.Activity != held).Max(r => Math.Max(0, likeness.To(r.Activity, r.Decay).Likeness));
            count++;
        }

        return sum / count;
    }
}
