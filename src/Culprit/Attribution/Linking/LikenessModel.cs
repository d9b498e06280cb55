using System.Collections.Immutable;

namespace Culprit.Attribution.Linking;

/// <summary>
/// What likeness of techniques and software is worth. Fitted on pairs of published reports, both kinds of pairs being equally
/// many (<c>culprit evaluate linking</c>), so that the linear sum is a log-likelihood ratio.
/// </summary>
internal static class LikenessModel
{
    private const double Intercept = -0.375, Techniques = 4.4642, Malware = 0.6824, Tools = 0.2617, Apart = -0.4372;

    /// <summary>The names of the weights, in the order in which they are fitted: that of <see cref="Likeness.Figures"/> behind the intercept.</summary>
    public static readonly ImmutableArray<string> Names = ["intercept", "techniques", "malware", "tools", "apart"];

    /// <summary>The weights, in the order of <see cref="Names"/>.</summary>
    public static readonly ImmutableArray<double> Weights = [Intercept, Techniques, Malware, Tools, Apart];

    // Reports are written by people who know whom they write about, and incidents are seen through the same rules: what
    // techniques and software say of incidents is bounded, whatever history says of reports.
    internal const double MostOfTechniques = 1.5, LeastOfTechniques = -2, MostOfMalware = 3, MostOfTools = 0.7;

    /// <summary>With fewer things that happened than this, likeness is luck, and so is unlikeness.</summary>
    public const int MinSigns = 3;

    /// <summary>What the likeness of techniques adds. Positive only where enough happened that shows shared ones, negative only where each side shows enough.</summary>
    /// <param name="likeness">The likeness.</param>
    /// <param name="shared">How many things that happened show shared techniques, on the side with fewer.</param>
    /// <param name="all">How many show any techniques, on the side with fewer.</param>
    public static double OfTechniques(Likeness likeness, int shared, int all)
    {
        double weight = Intercept + (Techniques * likeness.Techniques);
        return weight > 0 && shared >= MinSigns ? Math.Min(weight, MostOfTechniques)
            : weight < 0 && all >= MinSigns ? Math.Max(weight, LeastOfTechniques)
            : 0;
    }

    /// <summary>What a rarity of shared malware adds.</summary>
    public static double OfMalware(double rarity) => Math.Min(Malware * rarity, MostOfMalware);

    /// <summary>What a rarity of shared tools adds.</summary>
    public static double OfTools(double rarity) => Math.Min(Tools * rarity, MostOfTools);

    /// <summary>What it adds that both show malware and share none.</summary>
    public static double OfApart => Math.Min(0, Apart);
}
