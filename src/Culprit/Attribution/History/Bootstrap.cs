namespace Culprit.Attribution.History;

/// <summary>How many judgements there were, and how many were right.</summary>
internal readonly record struct Hits(int Count, int Right)
{
    /// <summary>Both together.</summary>
    public static Hits operator +(Hits a, Hits b) => new(a.Count + b.Count, a.Right + b.Right);
}

/// <summary>Intervals of rates by drawing whole groups again and again (B. Efron, Bootstrap Methods, 1979), since cases of one group are alike.</summary>
internal static class Bootstrap
{
    private const int Resamples = 1_000;

    /// <summary>The 90 % interval of the share that is right.</summary>
    /// <param name="name">Chooses the draws; the same name gives the same ones.</param>
    /// <param name="byGroup">The judgements of each group, those without any among them; one of them has some.</param>
    public static (double Low, double High) Interval(string name, IReadOnlyList<Hits> byGroup)
    {
        ulong state = Draws.Seed(name);
        var rates = new List<double>(Resamples);
        for (int draw = 0; draw < Resamples; draw++)
        {
            Hits sum = default;
            for (int i = 0; i < byGroup.Count; i++)
            {
                sum += byGroup[(int)(Draws.Next(ref state) * byGroup.Count)];
            }

            if (sum.Count > 0)
            {
                rates.Add((double)sum.Right / sum.Count);
            }
        }

        rates.Sort();
        return (rates[rates.Count / 20], rates[rates.Count - 1 - (rates.Count / 20)]);
    }
}
