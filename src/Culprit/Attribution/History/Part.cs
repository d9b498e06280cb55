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

/// <summary>One part of reports: a variant, and for those drawn at random which draw.</summary>
/// <param name="Variant">The variant.</param>
/// <param name="Draw">0 for the first draw.</param>
internal readonly record struct Part(Variant Variant, int Draw = 0)
{
    // One draw of so few items is a matter of luck; three are enough to tell models apart.
    internal const int Repetitions = 3;

    /// <summary>Every part that history is measured by.</summary>
    public static readonly Part[] All =
    [
        new(Variant.Full), new(Variant.Detectable),
        .. Enumerable.Range(0, Repetitions).Select(static d => new Part(Variant.Half, d)), .. Enumerable.Range(0, Repetitions).Select(static d => new Part(Variant.Quarter, d)),
    ];

    /// <summary>What of a report it takes; the same each time and on each machine.</summary>
    public int[] Take(HeldOut held, ActivityIndex index, KnowledgeBase knowledge) => Variant switch
    {
        Variant.Detectable =>
        [
            .. held.Features.Where(f => index.Classes[f] != FeatureClass.Technique || knowledge.Technique(index.Features[f]) is { Detectable: true }),
        ],
        Variant.Half => Random(held, index, 0.50),
        Variant.Quarter => Random(held, index, 0.25),
        _ => held.Features,
    };

    private int[] Random(HeldOut held, ActivityIndex index, double share)
    {
        ulong state = Draws.Seed($"{held.Name}\t{index.Groups[held.Group].Id}\t{Variant}\t{(char)('0' + Draw)}");
        return [.. held.Features.Where(_ => Draws.Next(ref state) < share)];
    }
}
