using System.Collections.Immutable;

namespace Culprit.Attribution.Linking;

/// <summary>
/// What likeness of techniques and software is worth. Fitted on pairs of published reports, both kinds of pairs being equally
/// many (<c>culprit evaluate linking</c>), so that the linear sum is a log-likelihood ratio.
/// </summary>
internal static class LikenessModel
{
    /// <summary>The names of the weights.</summary>
    public static readonly ImmutableArray<string> Names = ["intercept", "techniques", "malware", "tools", "apart"];

    /// <summary>The weights.</summary>
    public static readonly ImmutableArray<double> Weights = [-0.3743, 4.4775, 0.6732, 0.2281, -0.43];

    // Reports are written by people who know whom they write about, and incidents are seen through the same rules: what
    // techniques and software say of incidents is bounded, whatever history says of reports.
    private const double MostOfTechniques = 1.5, LeastOfTechniques = -2, MostOfMalware = 3, MostOfTools = 0.7;

    // With fewer than this, likeness is luck.
    private const int MinTechniques = 3;

    /// <summary>What the likeness of techniques adds. Positive only where enough are shared, negative only where each side shows enough.</summary>
    public static double OfTechniques(Likeness likeness)
    {
        double weight = Weights[0] + (Weights[1] * likeness.Techniques);
        return weight > 0 && likeness.SharedTechniques >= MinTechniques ? Math.Min(weight, MostOfTechniques)
            : weight < 0 && likeness.FewestTechniques >= MinTechniques ? Math.Max(weight, LeastOfTechniques)
            : 0;
    }

    /// <summary>What a rarity of shared malware adds.</summary>
    public static double OfMalware(double rarity) => Math.Min(Weights[2] * rarity, MostOfMalware);

    /// <summary>What a rarity of shared tools adds.</summary>
    public static double OfTools(double rarity) => Math.Min(Weights[3] * rarity, MostOfTools);

    /// <summary>What it adds that both show malware and share none.</summary>
    public static double OfApart => Math.Min(0, Weights[4]);
}
