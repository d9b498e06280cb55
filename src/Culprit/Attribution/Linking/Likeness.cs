using Culprit.Attribution.Profiles;

namespace Culprit.Attribution.Linking;

/// <summary>How alike two sets of techniques and software are, in figures that history gives weights to.</summary>
/// <param name="Techniques">Cosine of the shared techniques, each counted by the square of its rarity; 0 to 1.</param>
/// <param name="Malware">Rarities of shared malware, the strongest whole and further ones by the root of their number.</param>
/// <param name="Tools">The same of shared tools.</param>
/// <param name="Apart">1 where both sides show malware and none of it is shared; otherwise 0.</param>
internal readonly record struct Likeness(double Techniques, double Malware, double Tools, double Apart)
{
    /// <summary>The figures in the order of the weights.</summary>
    public double[] Figures => [Techniques, Malware, Tools, Apart];

    /// <summary>Compares two sets of features.</summary>
    public static Likeness Of(FeatureSet a, FeatureSet b, Rarities rarities)
    {
        double shared = 0;
        var malware = new List<double>();
        var tools = new List<double>();
        for (int i = 0; i < a.Features.Length; i++)
        {
            int feature = a.Features[i], j = Array.BinarySearch(b.Features, feature);
            if (j < 0)
            {
                continue;
            }

            double rarity = rarities.Of(feature);
            switch (rarities.Index.Classes[feature])
            {
                case FeatureClass.Technique:
                    shared += rarity * a.Shares[i] * rarity * b.Shares[j];
                    break;
                case FeatureClass.Malware:
                    malware.Add(rarity);
                    break;
                default:
                    tools.Add(rarity);
                    break;
            }
        }

        double cosine = shared > 0 ? shared / (Norm(a, rarities) * Norm(b, rarities)) : 0;
        bool apart = malware.Count == 0 && HasMalware(a, rarities) && HasMalware(b, rarities);
        return new Likeness(cosine, Rooted.Sum(malware), Rooted.Sum(tools), apart ? 1 : 0);
    }

    private static double Norm(FeatureSet set, Rarities rarities) =>
        Math.Sqrt(set.Features.Zip(set.Shares).Where(f => rarities.Index.Classes[f.First] == FeatureClass.Technique)
            .Sum(f => Math.Pow(rarities.Of(f.First) * f.Second, 2)));

    private static bool HasMalware(FeatureSet set, Rarities rarities) => set.Features.Any(f => rarities.Index.Classes[f] == FeatureClass.Malware);
}

/// <summary>Sums of things that may have one cause: n equal ones count as the root of n.</summary>
internal static class Rooted
{
    /// <summary>The share that the item at <paramref name="position"/> counts with, 0 being the strongest.</summary>
    public static double Share(int position) => Math.Sqrt(position + 1) - Math.Sqrt(position);

    /// <summary>The sum.</summary>
    public static double Sum(IEnumerable<double> weights) => weights.OrderDescending().Select(static (w, i) => w * Share(i)).Sum();
}
