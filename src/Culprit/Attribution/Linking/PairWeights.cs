using System.Collections.Immutable;

namespace Culprit.Attribution.Linking;

/// <summary>What two incidents have in common, each item with the weight that it would have alone.</summary>
/// <param name="Items">The items.</param>
/// <param name="SameVictim">What shows that both have one victim; empty where nothing does.</param>
/// <param name="Comparable">Whether both sides show enough for a likeness to be seen.</param>
internal sealed record PairWeights(ImmutableArray<LinkItem> Items, string SameVictim, bool Comparable)
{
    // From the same events as something stronger: it says little more.
    internal const double DependentShare = 1.0 / 3;

    // Who imitates one thing can imitate all that is easy: together they have one cause.
    private const double MostOfEasy = 4;

    private static readonly string HashKind = TraceWeights.Of(TraceKind.Hash).Name, NameKind = TraceWeights.Of(TraceKind.FileName).Name;

    /// <summary>What both name as other networks do too, so that it does not show one victim, completing "each ..."; empty where there is nothing.</summary>
    public string CommonHosts { get; init; } = "";

    /// <summary>How many events of the first incident are records of the second one too.</summary>
    public int SameFirst { get; init; }

    /// <summary>How many events of the second incident are records of the first one too.</summary>
    public int SameSecond { get; init; }

    /// <summary>
    /// The same without one thing and without what is known through it alone, such as the malware that a file was recognised as. What came from it
    /// and from others stays, and is no more a line of its own than before.
    /// </summary>
    public PairWeights Without((string Kind, string Value) left)
    {
        LinkItem[] gone = [.. Items.Where(i => (i.Kind, i.Value) == left)];
        var roots = gone.Where(static i => i.LogLikelihoodRatio > 0).ToLookup(static i => i.Line).ToDictionary(static g => g.Key, static g => EventsOf(g));
        bool isFile = Array.Exists(gone, static i => i.Kind == HashKind);
        return this with { Items = [.. Marked().Where(i => (i.Kind, i.Value) != left && !IsThrough(i))] };

        bool IsThrough(LinkItem item) =>
            RootOf(item, isFile) is { } root && roots.TryGetValue(root, out (HashSet<int>, HashSet<int>) events) && ComesFrom(item, events);
    }

    /// <summary>
    /// The items as they count together: those of one line by the root of their number, those from the same events as a stronger line
    /// by a third, each line bounded, and all that is easily left on purpose bounded together. What speaks against counts in full. Strongest first.
    /// </summary>
    public ImmutableArray<LinkItem> Together()
    {
        var counted = new List<LinkItem>();
        foreach (IGrouping<LinkLine, LinkItem> line in Marked().GroupBy(static i => i.Line).OrderBy(static g => g.Key))
        {
            LinkItem[] marked =
            [
                .. line.Select(static i => i.Dependent ? i with { LogLikelihoodRatio = i.LogLikelihoodRatio * DependentShare } : i)
                    .OrderByDescending(static i => i.LogLikelihoodRatio).ThenBy(static i => i.Kind, StringComparer.Ordinal).ThenBy(static i => i.Value, StringComparer.Ordinal),
            ];
            bool isSum = line.Key == LinkLine.Behaviour;
            double sum = marked.Select((i, n) => Math.Max(0, i.LogLikelihoodRatio) * (isSum ? 1 : Rooted.Share(n))).Sum();
            double scale = sum > MostOf(line.Key) ? MostOf(line.Key) / sum : 1;
            counted.AddRange(marked.Select((i, n) => i.LogLikelihoodRatio > 0 ? i with { LogLikelihoodRatio = i.LogLikelihoodRatio * scale * (isSum ? 1 : Rooted.Share(n)) } : i));
        }

        double easy = counted.Where(IsEasy).Sum(static i => i.LogLikelihoodRatio);
        IEnumerable<LinkItem> bounded = easy > MostOfEasy ? counted.Select(i => IsEasy(i) ? i with { LogLikelihoodRatio = i.LogLikelihoodRatio * MostOfEasy / easy } : i) : counted;
        return [.. bounded.OrderByDescending(static i => Math.Abs(i.LogLikelihoodRatio)).ThenBy(static i => i.Line).ThenBy(static i => i.Kind, StringComparer.Ordinal).ThenBy(static i => i.Value, StringComparer.Ordinal)];
    }

    private static bool IsEasy(LinkItem item) => item.LogLikelihoodRatio > 0 && item.Spoofability <= Spoofability.Easy;

    // What all items of one line may add together.
    private static double MostOf(LinkLine line) => line switch
    {
        LinkLine.Infrastructure or LinkLine.Files => 9,
        LinkLine.Tooling or LinkLine.Requests or LinkLine.Accounts => 3,
        LinkLine.Behaviour => 1.8,
        LinkLine.Ascribed => 1,
        LinkLine.Access => 0.6,
        _ => 0.5,
    };

    // The items, those marked that come from the same events as a line on which theirs rests. A mark that an item has stays.
    private IEnumerable<LinkItem> Marked()
    {
        ILookup<LinkLine, LinkItem> lines = Items.Where(static i => i.LogLikelihoodRatio > 0).ToLookup(static i => i.Line);
        Dictionary<LinkLine, (HashSet<int>, HashSet<int>)> roots = new()
        {
            [LinkLine.Infrastructure] = EventsOf(lines[LinkLine.Infrastructure]),
            [LinkLine.Files] = EventsOf(lines[LinkLine.Files]),
        };
        return Items.Select(i => !i.Dependent && i.LogLikelihoodRatio > 0 && RootOf(i, isFile: false) is { } root && ComesFrom(i, roots[root]) ? i with { Dependent = true } : i);
    }

    // The line through which an item of another becomes known; a file's name, too, where the file itself is looked at.
    private static LinkLine? RootOf(LinkItem item, bool isFile) => item.Line switch
    {
        LinkLine.Requests => LinkLine.Infrastructure,
        LinkLine.Tooling => LinkLine.Files,
        LinkLine.Files when isFile && item.Kind == NameKind => LinkLine.Files,
        _ => null,
    };

    // The events on both sides of what speaks for the pair.
    private static (HashSet<int> First, HashSet<int> Second) EventsOf(IEnumerable<LinkItem> items)
    {
        LinkItem[] all = [.. items];
        return ([.. all.SelectMany(static i => i.FirstEvents)], [.. all.SelectMany(static i => i.SecondEvents)]);
    }

    // Whether all events on both sides are those of the roots.
    private static bool ComesFrom(LinkItem item, (HashSet<int> First, HashSet<int> Second) roots) =>
        !item.FirstEvents.IsEmpty && !item.SecondEvents.IsEmpty && item.FirstEvents.All(roots.First.Contains) && item.SecondEvents.All(roots.Second.Contains);
}
