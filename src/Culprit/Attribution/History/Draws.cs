namespace Culprit.Attribution.History;

/// <summary>Draws by lot that are the same on every machine and runtime.</summary>
internal static class Draws
{
    /// <summary>FNV-1a of a text, by UTF-16 code units: what a draw starts from.</summary>
    public static ulong Seed(string text)
    {
        ulong hash = 14695981039346656037;
        foreach (char c in text)
        {
            hash = (hash ^ c) * 1099511628211;
        }

        return hash;
    }

    /// <summary>The next number of SplitMix64 (G. Steele, D. Lea, C. Flood, Fast Splittable Pseudorandom Number Generators, 2014), 0 to below 1.</summary>
    public static double Next(ref ulong state) => Finish(state += 0x9E3779B97F4A7C15);

    /// <summary>Spreads bits as SplitMix64 does, to a number from 0 to below 1.</summary>
    public static double Finish(ulong bits)
    {
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return ((bits ^ (bits >> 31)) >> 11) * (1.0 / (1UL << 53));
    }
}
