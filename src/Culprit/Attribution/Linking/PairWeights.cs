using System.Collections.Immutable;

namespace Culprit.Attribution.Linking;

/// <summary>What two incidents have in common, each item with the weight that it would have alone.</summary>
/// <param name="Items">The items.</param>
/// <param name="SameVictim">What shows that both have one victim; empty where nothing does.</param>
/// <param name="Comparable">Whether both sides show enough for a likeness to be seen.</param>
internal sealed record PairWeights(ImmutableArray<LinkItem> Items, string SameVictim, bool Comparable)
{
    // From the same events as something stronger: it says little more.
    private const double DependentShare = 1.0 / 3;

    // Who imitates one thing can imitate all that is easy: together they have one cause.
    private const double MostOfEasy = 4;

    /// <summary>Hosts that both name, by names that every network has, so that they do not show one victim; empty where there is none.</summary>
    public string CommonHosts { get; init; } = "";

    /// <summary>How many events of the first incident are records of the second one too.</summary>
    public int SameFirst { get; init; }

    /// <summary>How many events of the second incident are records of the first one too.</summary>
    public int SameSecond { get; init; }

    /// <summary>The same without one thing.</summary>
    public PairWeights Without((string Kind, string Value) left) => this with { Items = [.. Items.Where(i => (i.Kind, i.Value) != left)] };

    /// <summary>
    /// The items as they count together: those of one line by the root of their number, those from the same events as a stronger line
    /// by a third, each line bounded, and all that is easily left on purpose bounded together. What speaks against counts in full. Strongest first.
    /// </summary>
    public ImmutableArray<LinkItem> Together()
    {
        var counted = new List<LinkItem>();
        foreach (IGrouping<LinkLine, LinkItem> line in Items.GroupBy(static i => i.Line).OrderBy(static g => g.Key))
        {
            (HashSet<int> First, HashSet<int> Second)? root = line.Key switch
            {
                LinkLine.Requests => EventsOf(LinkLine.Infrastructure),
                LinkLine.Tooling => EventsOf(LinkLine.Files),
                _ => null,
            };
            LinkItem[] marked =
            [
                .. line.Select(i => root is { } events && i.LogLikelihoodRatio > 0 && ComesFrom(i, events) ? i with { Dependent = true, LogLikelihoodRatio = i.LogLikelihoodRatio * DependentShare } : i)
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

    // The events on both sides of what speaks for the pair in a line.
    private (HashSet<int> First, HashSet<int> Second) EventsOf(LinkLine line)
    {
        LinkItem[] items = [.. Items.Where(i => i.Line == line && i.LogLikelihoodRatio > 0)];
        return ([.. items.SelectMany(static i => i.FirstEvents)], [.. items.SelectMany(static i => i.SecondEvents)]);
    }

    // Whether all events on both sides are those of the roots.
    private static bool ComesFrom(LinkItem item, (HashSet<int> First, HashSet<int> Second) roots) =>
        !item.FirstEvents.IsEmpty && !item.SecondEvents.IsEmpty && item.FirstEvents.All(roots.First.Contains) && item.SecondEvents.All(roots.Second.Contains);
}
