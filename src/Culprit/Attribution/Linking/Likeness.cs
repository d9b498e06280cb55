using Culprit.Attribution.Profiles;

namespace Culprit.Attribution.Linking;

/// <summary>How alike two sets of techniques and software are, in figures that history gives weights to.</summary>
/// <param name="Techniques">Cosine of the shared techniques, each counted by the square of its rarity; 0 to 1.</param>
/// <param name="Malware">Rarities of shared malware, the strongest whole and further ones by the root of their number.</param>
/// <param name="Tools">The same of shared tools.</param>
/// <param name="Apart">1 where both sides show malware and none of it is shared; otherwise 0.</param>
/// <param name="SharedTechniques">How many techniques are shared.</param>
/// <param name="FewestTechniques">How many the side with fewer has.</param>
internal readonly record struct Likeness(double Techniques, double Malware, double Tools, double Apart, int SharedTechniques, int FewestTechniques)
{
    /// <summary>The figures in the order of the weights.</summary>
    public double[] Figures => [Techniques, Malware, Tools, Apart];

    /// <summary>Compares two sets of features, each ascending and with parents.</summary>
    public static Likeness Of(int[] a, int[] b, Rarities rarities)
    {
        double shared = 0, ofA = 0, ofB = 0;
        int sharedCount = 0, countA = 0, countB = 0;
        bool malwareA = false, malwareB = false;
        var malware = new List<double>();
        var tools = new List<double>();
        var inB = new HashSet<int>(b);
        foreach (int f in a)
        {
            double square = rarities.Of(f) * rarities.Of(f);
            FeatureClass kind = rarities.Index.Classes[f];
            malwareA |= kind == FeatureClass.Malware;
            if (kind == FeatureClass.Technique)
            {
                ofA += square;
                countA++;
            }

            if (!inB.Contains(f))
            {
                continue;
            }

            if (kind == FeatureClass.Technique)
            {
                shared += square;
                sharedCount++;
            }
            else
            {
                (kind == FeatureClass.Malware ? malware : tools).Add(rarities.Of(f));
            }
        }

        foreach (int f in b)
        {
            malwareB |= rarities.Index.Classes[f] == FeatureClass.Malware;
            if (rarities.Index.Classes[f] == FeatureClass.Technique)
            {
                ofB += rarities.Of(f) * rarities.Of(f);
                countB++;
            }
        }

        double cosine = shared > 0 ? shared / Math.Sqrt(ofA * ofB) : 0;
        return new Likeness(cosine, Rooted.Sum(malware), Rooted.Sum(tools), malwareA && malwareB && malware.Count == 0 ? 1 : 0, sharedCount, Math.Min(countA, countB));
    }
}

/// <summary>Sums of things that may have one cause: n equal ones count as the root of n.</summary>
internal static class Rooted
{
    /// <summary>The share that the item at <paramref name="position"/> counts with, 0 being the strongest.</summary>
    public static double Share(int position) => Math.Sqrt(position + 1) - Math.Sqrt(position);

    /// <summary>The sum.</summary>
    public static double Sum(IEnumerable<double> weights) => weights.OrderDescending().Select(static (w, i) => w * Share(i)).Sum();
}
