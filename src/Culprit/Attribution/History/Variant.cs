using Culprit.Attribution.Profiles;
using Culprit.Knowledge;

namespace Culprit.Attribution.History;

/// <summary>How much of a report is taken for observed.</summary>
internal enum Variant
{
    /// <summary>All of it.</summary>
    Full,

    /// <summary>Techniques that the victim's logs can show, and software.</summary>
    Detectable,

    /// <summary>Each item with a chance of one half.</summary>
    Half,

    /// <summary>Each item with a chance of one quarter.</summary>
    Quarter,
}

/// <summary>Takes parts of reports; the same parts each time and on each machine.</summary>
internal static class Variants
{
    /// <summary>All variants.</summary>
    public static readonly Variant[] All = Enum.GetValues<Variant>();

    /// <summary>The part that a variant takes.</summary>
    public static int[] Take(Variant variant, HeldOut held, ActivityIndex index, KnowledgeBase knowledge) => variant switch
    {
        Variant.Detectable =>
        [
            .. held.Features.Where(f => index.Classes[f] != FeatureClass.Technique || knowledge.Technique(index.Features[f]) is { Detectable: true }),
        ],
        Variant.Half => Random(held, index, 0.50),
        Variant.Quarter => Random(held, index, 0.25),
        _ => held.Features,
    };

    private static int[] Random(HeldOut held, ActivityIndex index, double share)
    {
        ulong state = Seed(held.Name + '\t' + index.Groups[held.Group].Id);
        return [.. held.Features.Where(_ => Next(ref state) < share)];
    }

    // SplitMix64 (G. Steele, D. Lea, C. Flood, Fast Splittable Pseudorandom Number Generators, 2014): the same on every runtime.
    private static double Next(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        ulong z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return ((z ^ (z >> 31)) >> 11) * (1.0 / (1UL << 53));
    }

    // FNV-1a.
    private static ulong Seed(string text)
    {
        ulong hash = 14695981039346656037;
        foreach (char c in text)
        {
            hash = (hash ^ c) * 1099511628211;
        }

        return hash;
    }
}
