using System.Collections.Immutable;
using System.Text.Json;
using Culprit.Attribution;
using Culprit.Attribution.History;
using Culprit.Attribution.Linking;
using Culprit.Knowledge;

namespace Culprit.Tests.Attribution;

/// <summary>
/// Evidence that is made to keep linking busy: what grows with the square of it would take minutes here. And that whoever waits can stop it.
/// </summary>
public sealed class LinkingLoadTests
{
    private const int Most = CampaignLinker.MaxIncidents;

    private static readonly Rarities Rarities = new(KnowledgeBase.Embedded);
    private static readonly (IReadOnlySet<int>, IReadOnlySet<int>) None = (new HashSet<int>(), new HashSet<int>());

    [Fact]
    public void Twenty_thousand_traces_that_two_incidents_share_are_all_weighed()
    {
        LinkedIncident Busy(string name)
        {
            var made = new MadeIncident(name);
            for (int i = 0; i < 19_998; i++)
            {
                made.Shell($"198.18.{i >> 8}.{i & 255}");
            }

            return made.Make();
        }

        IncidentLink link = Assert.Single(new CampaignLinker(KnowledgeBase.Embedded).Link([Busy("a"), Busy("b")]).Pairs);

        Assert.Equal(20_000, link.Items.Length);
        Assert.All(link.Items.Where(static i => i.Line == LinkLine.Requests), static i => Assert.True(i.Dependent));
        Assert.All(link.Items.Where(static i => i.Kind == "address"), static i => Assert.InRange(i.LogLikelihoodRatio, 0, 0.1));
    }

    [Fact]
    public void Items_of_many_events_come_from_many_others_and_one_event_elsewhere_makes_a_line_of_its_own()
    {
        const int count = 20_000;
        ImmutableArray<int> all = [.. Enumerable.Range(0, count)];
        IEnumerable<LinkItem> addresses = all.Select(static i => Item(LinkLine.Infrastructure, $"address {i}", [i], [count - 1 - i]));
        IEnumerable<LinkItem> agents = Enumerable.Range(0, 40).Select(i => Item(LinkLine.Requests, $"agent {i}", all, all));
        LinkItem first = Item(LinkLine.Requests, "own in the first", [0, count], [0]), second = Item(LinkLine.Requests, "own in the second", [0], [0, count]);
        LinkItem tool = Item(LinkLine.Tooling, "tool", [0], [0]), bare = Item(LinkLine.Requests, "without events", [], []);

        ImmutableArray<LinkItem> together = new PairWeights([.. addresses, .. agents, first, second, tool, bare], "", Comparable: true).Together();

        Assert.Equal(Enumerable.Range(0, 40).Select(static i => $"agent {i}").Order(StringComparer.Ordinal), together.Where(static i => i.Dependent).Select(static i => i.Kind).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Observations_that_are_weighed_as_traces_are_not_held_against_each_other()
    {
        LinkedIncident Busy(string name)
        {
            MadeIncident made = new MadeIncident(name).Observes(ObservationKind.VictimSector, name == "a" ? "health" : "Health");
            for (int i = 0; i < 100_000; i++)
            {
                made.Observes(ObservationKind.Indicator, $"name{i}.example.org");
            }

            return made.Make();
        }

        IncidentLink link = Assert.Single(new CampaignLinker(KnowledgeBase.Embedded).Link([Busy("a"), Busy("b")]).Pairs);

        Assert.Equal("victim's sector", Assert.Single(link.Items).Kind);
    }

    // Each pair shares four domains of its own and, weaker than these, one address that all have: no pair keeps it, and it carries the campaign.
    [Fact]
    public void What_is_not_kept_of_pairs_changes_nothing_but_the_list_of_it()
    {
        const int incidents = 6, kept = 3;
        LinkedIncident[] all = [.. Enumerable.Range(0, incidents).Select(static i =>
        {
            MadeIncident made = new MadeIncident($"case{i}").Connects("203.0.113.77");
            foreach (int other in Enumerable.Range(0, incidents).Where(other => other != i))
            {
                for (int n = 0; n < 4; n++)
                {
                    made.Asks($"qz{n}-{Math.Min(i, other)}-{Math.Max(i, other)}.example.org");
                }
            }

            return made.Make();
        })];

        CampaignLinks whole = new CampaignLinker(KnowledgeBase.Embedded).Link(all), cut = new CampaignLinker(KnowledgeBase.Embedded) { ItemsOfPair = kept }.Link(all);

        Assert.Equal("address 203.0.113.77", Assert.Single(whole.Campaigns).StrongestShared);
        Assert.All(whole.Pairs, static p => Assert.Equal((5, 0), (p.Items.Length, p.ItemsLeftOut)));
        Assert.All(cut.Pairs, static p => Assert.Equal((kept, 2), (p.Items.Length, p.ItemsLeftOut)));
        Assert.All(cut.Pairs, static p => Assert.DoesNotContain(p.Items, static i => i.Kind == "address"));
        CampaignLinks listed = cut with { Pairs = [.. cut.Pairs.Zip(whole.Pairs, static (c, w) => c with { Items = w.Items, ItemsLeftOut = w.ItemsLeftOut })] };
        Assert.Equal(JsonSerializer.Serialize(whole), JsonSerializer.Serialize(listed));
    }

    [Theory]
    [InlineData(1, 1_000_000)]
    [InlineData(2, 1_000_000)]
    [InlineData(150, 89)]
    [InlineData(Most, 20)]
    public void The_more_pairs_there_are_the_less_is_kept_of_each(int incidents, int kept) => Assert.Equal(kept, CampaignLinker.ItemsFor(incidents));

    [Fact]
    public void Events_of_what_several_pairs_share_are_kept_once()
    {
        ImmutableArray<IncidentLink> pairs = new CampaignLinker(KnowledgeBase.Embedded)
            .Link([.. new[] { "a", "b", "c" }.Select(static name => new MadeIncident(name).Asks("qzx.example.org").Asks("qzx.example.org").Make())]).Pairs;

        ImmutableArray<int>[] ofFirst = [.. pairs.Where(static p => p.First == 0).Select(static p => p.Items[0].FirstEvents)];
        Assert.Equal([0, 1], ofFirst[0]);
        Assert.True(ofFirst[0] == ofFirst[1], "one array");
    }

    // Every pair is weighed: what takes room for each trace of both sides takes it a hundred thousand times.
    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public void What_lists_ascribe_takes_no_room_for_traces_that_no_list_holds(bool isListed, int items)
    {
        IncidentProfile Busy(string name)
        {
            var made = new MadeIncident(name);
            for (int i = 0; i < 10_000; i++)
            {
                made.Refused($"198.18.{i >> 8}.{i & 255}");
            }

            return IncidentProfile.Of((isListed ? made.Listed($"{name}.example.net", shared: false) : made).Make(), Rarities, CancellationToken.None);
        }

        IncidentProfile a = Busy("a"), b = Busy("b");
        List<LinkItem> found = [];
        Circumstances.Add([], a, b, CancellationToken.None);

        long before = GC.GetAllocatedBytesForCurrentThread();
        Circumstances.Add(found, a, b, CancellationToken.None);
        long taken = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal(items, found.Count(static i => i.Kind == "ascribed to one group"));
        Assert.InRange(taken, 0, 10_000);
    }

    // Longest common orders take the square of the steps, of which there are no more than techniques.
    [Fact]
    public void As_many_steps_as_there_are_techniques_have_an_order()
    {
        string[] every = [.. KnowledgeBase.Embedded.Techniques.Select(static t => t.Id)];

        IncidentLink link = Assert.Single(new CampaignLinker(KnowledgeBase.Embedded).Link([new MadeIncident("a").Shows(every).Make(), new MadeIncident("b").Shows(every).Make()]).Pairs);

        LinkItem order = link.Items.First(static i => i.Kind == "order of techniques");
        Assert.StartsWith($"100% of the {every.Length} steps ", order.Note, StringComparison.Ordinal);
    }

    // Two halves, each wholly linked, and all linked across but one: it alone forbids to join them, whichever of the links is tried.
    [Fact]
    public void Groups_that_one_member_keeps_apart_are_refused_once_and_not_by_every_link()
    {
        const int half = Most / 2, apart = Most - 1;
        IncidentLink[] links =
        [
            .. Enumerable.Range(0, Most).SelectMany(static first => Enumerable.Range(first + 1, Most - first - 1).Select(second => (First: first, Second: second)))
                .Where(static p => p.First < half == p.Second < half || p.Second != apart)
                .OrderBy(static p => p.First < half != p.Second < half).Select(static p => Pair(p.First, p.Second, 0.7)),
        ];
        var groups = new LinkedGroups(links);

        void TryAll()
        {
            foreach (IncidentLink link in links)
            {
                groups.TryJoin(link.First, link.Second);
            }
        }

        TryAll();
        long before = GC.GetAllocatedBytesForCurrentThread();
        TryAll();
        long taken = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.Equal([Enumerable.Range(0, half), Enumerable.Range(half, half)], groups.Joined);
        Assert.InRange(taken, 0, 10_000);
    }

    [Fact]
    public void Campaigns_are_those_of_the_obvious_way()
    {
        var random = new Random(7);
        for (int graph = 0; graph < 300; graph++)
        {
            int size = random.Next(2, 12);
            double density = random.NextDouble();
            IncidentLink[] pairs =
            [
                .. Enumerable.Range(0, size).SelectMany(first => Enumerable.Range(first + 1, size - first - 1)
                    .Select(second => Pair(first, second, random.NextDouble() < density ? 0.56 + (random.Next(4) * 0.1) : 0.1))),
            ];
            random.Shuffle(pairs);

            ImmutableArray<CampaignCluster> found = Campaigns.Find([.. pairs], static pair => pair.Items, static (pair, _) => (pair.Likelihood, []), CancellationToken.None);

            Assert.Equal(Obvious(pairs), found.Select(static c => string.Join(' ', c.Members)));
        }
    }

    [Fact]
    public void Finding_campaigns_stops_when_asked_to()
    {
        using var stop = new CancellationTokenSource();
        IncidentLink[] pairs = [.. Enumerable.Range(1, 9).Select(static second => Pair(0, second, 0.7, Item(LinkLine.Files, "file hash", [0], [0])))];
        int asked = 0;

        Assert.Throws<OperationCanceledException>(() => Campaigns.Find([pairs[0]], static pair => pair.Items, (pair, _) => StopAndSay(pair), stop.Token));
        Assert.Throws<OperationCanceledException>(() => Campaigns.Find([.. pairs], static pair => pair.Items, static (pair, _) => (pair.Likelihood, []), stop.Token));
        Assert.Equal(1, asked);

        (Likelihood, ImmutableArray<string>) StopAndSay(IncidentLink pair)
        {
            asked++;
            stop.Cancel();
            return (pair.Likelihood, []);
        }
    }

    [Fact]
    public void Reading_and_weighing_one_pair_stop_when_asked_to()
    {
        LinkedIncident a = new MadeIncident("a").Shell("203.0.113.77").Make(), b = new MadeIncident("b").Shell("203.0.113.77").Make();
        IncidentProfile one = IncidentProfile.Of(a, Rarities, CancellationToken.None), other = IncidentProfile.Of(b, Rarities, CancellationToken.None);
        var stopped = new CancellationToken(canceled: true);

        Assert.Throws<OperationCanceledException>(() => IncidentProfile.Of(a, Rarities, stopped));
        Assert.Throws<OperationCanceledException>(() => new PairWeigher(Rarities).Weigh(one, other, None, stopped));
    }

    [Fact]
    public void Making_pairs_of_reports_stops_when_asked_to() =>
        Assert.Throws<OperationCanceledException>(() => new ReportPairs(Rarities, new CancellationToken(canceled: true)));

    // The rule as it is told: the pairs of the strongest word first, of one word the most probable, every member counted anew, until nothing changes.
    private static IEnumerable<string> Obvious(IncidentLink[] pairs)
    {
        IncidentLink[] links =
            [.. pairs.Where(static p => p.Likelihood >= Likelihood.Likely).OrderByDescending(static p => p.Likelihood).ThenByDescending(static p => p.Probability).ThenBy(static p => p.First).ThenBy(static p => p.Second)];
        HashSet<(int, int)> linked = [.. links.SelectMany(static l => new[] { (l.First, l.Second), (l.Second, l.First) })];
        List<int[]> groups = [.. links.SelectMany(static l => new[] { l.First, l.Second }).Distinct().Select(static m => new[] { m })];
        for (bool changed = true; changed;)
        {
            changed = false;
            foreach (IncidentLink link in links)
            {
                int[] a = groups.Single(g => g.Contains(link.First)), b = groups.Single(g => g.Contains(link.Second)), both = [.. a, .. b];
                if (a != b && both.All(m => 2 * both.Count(o => linked.Contains((m, o))) > both.Length - 1))
                {
                    groups.RemoveAll(g => g == a || g == b);
                    groups.Add(both);
                    changed = true;
                }
            }
        }

        return groups.Where(static g => g.Length > 1).OrderByDescending(static g => g.Length).ThenBy(static g => g.Min()).Select(static g => string.Join(' ', g.Order()));
    }

    private static LinkItem Item(LinkLine line, string kind, ImmutableArray<int> first, ImmutableArray<int> second) => new()
    {
        Line = line,
        Kind = kind,
        Value = "",
        LogLikelihoodRatio = 1,
        Spoofability = Spoofability.Easy,
        Note = "",
        FirstEvents = first,
        SecondEvents = second,
    };

    private static IncidentLink Pair(int first, int second, double probability, params ImmutableArray<LinkItem> items) => new()
    {
        First = first,
        Second = second,
        Items = items,
        Probability = probability,
        Likelihood = Culprit.Attribution.Judging.Yardstick.Word(probability),
        Confidence = AnalyticConfidence.Low,
        LikelihoodSentence = "",
        ConfidenceSentence = "",
        Caps = [],
        SameVictim = "",
        SameEvidence = "",
        IsSameEvidence = false,
        ProbabilityWithoutStrongest = probability,
        LikelihoodWithoutStrongest = Culprit.Attribution.Judging.Yardstick.Word(probability),
        WouldChange = [],
    };
}
