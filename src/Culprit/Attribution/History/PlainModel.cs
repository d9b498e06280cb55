using Culprit.Attribution.Model;
using Culprit.Attribution.Profiles;

namespace Culprit.Attribution.History;

/// <summary>
/// The model to beat: a conditional logit over the summed rarity of shared techniques and of shared software, the size of the
/// profile and the number of sources. It is fitted and asked in the same way as Culprit's own.
/// </summary>
internal static class PlainModel
{
    // Columns: the unknown group has the last two, groups the others.
    private const int Techniques = 0, Software = 1, ProfileSize = 2, Reports = 3, Unknown = 4, ObservedOfUnknown = 5, Width = 6;

    /// <summary>The choice between the groups of <paramref name="profiles"/> and an unknown one.</summary>
    public static Choice Choice(ProfileSet profiles, int[] observed, int truth)
    {
        int groups = profiles.Profiles.Length;
        double[] rows = new double[(groups + 1) * Width];
        for (int g = 0; g < groups; g++)
        {
            GroupProfile profile = profiles.Profiles[g];
            Span<double> row = rows.AsSpan(g * Width, Width);
            foreach (int feature in observed)
            {
                if (profile.Strength.ContainsKey(feature))
                {
                    row[profiles.Index.Classes[feature] == FeatureClass.Technique ? Techniques : Software] += Rarity.Of(groups, profiles.Users(feature));
                }
            }

            row[ProfileSize] = Math.Log(profile.Strength.Keys.Count(f => profiles.Index.Classes[f] == FeatureClass.Technique));
            row[Reports] = Math.Log(profile.Reports.Length);
        }

        rows[(groups * Width) + Unknown] = 1;
        rows[(groups * Width) + ObservedOfUnknown] = Math.Log(1 + observed.Length);
        return new Choice(rows, Width, truth);
    }
}
