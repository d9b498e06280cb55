using System.Globalization;
using Culprit.Attribution;
using Culprit.Attribution.Linking;
using Culprit.Evidence;
using Culprit.Knowledge;

namespace Culprit.Tests.Attribution;

/// <summary>What single things that two incidents share, or that keep them apart, weigh and say.</summary>
public sealed class LinkingRulesTests
{
    [Theory]
    [InlineData(360, 0)]
    [InlineData(731, -0.5)]
    [InlineData(1461, -1.5)]
    [InlineData(4000, -2)]
    public void Years_between_what_is_shared_speak_against_a_link(double days, double weight)
    {
        LinkItem? apart = Apart(new MadeIncident("a").Shell("203.0.113.77"), new MadeIncident("b").Later(days).Shell("203.0.113.77"));

        Assert.Equal(weight, apart?.LogLikelihoodRatio ?? 0, 0.01);
        Assert.True(weight == 0 || apart!.Note.StartsWith("What they share was seen ", StringComparison.Ordinal));
    }

    [Fact]
    public void More_events_of_another_time_do_not_bring_what_is_shared_nearer()
    {
        LinkItem? apart = Apart(new MadeIncident("a").Shell("203.0.113.77").Later(731).Logon("198.51.100.1"), new MadeIncident("b").Later(731).Shell("203.0.113.77").Logon("198.51.100.2"));

        Assert.Equal(-0.5, apart!.LogLikelihoodRatio, 0.01);
    }

    [Fact]
    public void Where_nothing_is_shared_the_years_are_those_between_the_incidents()
    {
        LinkItem? apart = Apart(new MadeIncident("a").Shell("203.0.113.77"), new MadeIncident("b").Later(731).Logon("198.51.100.2"));

        Assert.Equal("No event shows anything that they share, and they lie 2.0 years apart; campaigns seldom last that long.", apart!.Note);
        Assert.Equal(-0.5, apart.LogLikelihoodRatio, 0.01);
    }

    [Theory]
    [InlineData("+03:00", "+03:00", 0.2)]
    [InlineData("+03:00", "+04:00", 0.2)]
    [InlineData("+05:30", "+04:30", 0.2)]
    [InlineData("-03:30", "-04:15", 0.2)]
    [InlineData("+00:30", "-00:30", 0.2)]
    [InlineData("+05:45", "+07:00", 0)]
    [InlineData("+05:45", "+09:15", 0)]
    [InlineData("+03:00", "+06:45", 0)]
    [InlineData("+05:30", "+09:30", -0.3)]
    [InlineData("+08:00", "-05:00", -0.3)]
    [InlineData("-11:00", "+13:00", 0.2)]
    [InlineData("+12:00", "-11:15", 0.2)]
    [InlineData("-10:00", "+12:00", 0)]
    [InlineData("-10:00", "+10:00", -0.3)]
    [InlineData("+08:00", "late at night", 0)]
    public void Hours_of_work_speak_for_a_link_within_one_hour_and_against_it_from_four_on(string one, string other, double weight)
    {
        IncidentLink link = Link(new MadeIncident("a").Observes(ObservationKind.WorkingHours, one), new MadeIncident("b").Observes(ObservationKind.WorkingHours, other));

        LinkItem? hours = link.Items.FirstOrDefault(static i => i.Line == LinkLine.Hours);
        Assert.Equal(weight, hours?.LogLikelihoodRatio ?? 0);
        Assert.Equal(weight > 0 ? "hours of work" : weight < 0 ? "different hours of work" : "", hours?.Kind ?? "");
        Assert.Equal(weight != 0 ? $"UTC{one} and UTC{other}." : "", hours?.Note ?? "");
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.9)]
    public void The_base_rate_that_would_change_the_word_does_change_it(double rate)
    {
        bool low = rate < 0.5;
        IncidentLink link = AtRate(rate);
        string told = Assert.Single(link.WouldChange, static c => c.StartsWith("A base rate ", StringComparison.Ordinal));

        double percent = double.Parse(told.Split(' ')[4].TrimEnd('%', ':'), CultureInfo.InvariantCulture);
        IncidentLink changed = AtRate((percent / 100) + (low ? 1e-9 : -1e-9));
        Assert.Equal(low, link.Likelihood < Likelihood.Likely);
        Assert.Equal(low, changed.Likelihood >= Likelihood.Likely);

        static IncidentLink AtRate(double rate) => new CampaignLinker(KnowledgeBase.Embedded)
            .Link([One("a").Make(), One("b").Make()], rate).Pairs[0];

        static MadeIncident One(string name) => new MadeIncident(name).Asks("qzx-update.duckdns.org").Asks("kwo-update.duckdns.org");
    }

    [Theory]
    [InlineData("corp")]
    [InlineData("home")]
    [InlineData("lan")]
    [InlineData("lab")]
    [InlineData("localdomain")]
    [InlineData("home.arpa")]
    [InlineData("intern")]
    [InlineData("localhost")]
    public void Names_inside_a_network_are_no_domains_of_an_intruder_and_no_institution(string end)
    {
        IncidentLink elsewhere = Link(new MadeIncident("a").Asks("files." + end), new MadeIncident("b").Asks("files." + end));
        IncidentLink both = Link(new MadeIncident("a", "web01." + end).Asks("files." + end), new MadeIncident("b", "dc01." + end).Asks("files." + end));

        Assert.Empty(elsewhere.Items);
        Assert.Empty(both.Items);
        Assert.Equal("", both.SameVictim);
    }

    // What machines without a domain call themselves adds nothing to one short name that two networks may have; what a network calls itself does.
    [Theory]
    [InlineData("anna-pc.corp", false)]
    [InlineData("anna-pc.home.arpa", false)]
    [InlineData("anna-pc.corp.local", true)]
    public void A_short_name_needs_a_domain_to_show_one_victim(string host, bool isSame) =>
        Assert.Equal(isSame, Link(new MadeIncident("a", host).Logon("203.0.113.77"), new MadeIncident("b", host).Logon("203.0.113.77")).SameVictim.Length > 0);

    [Theory]
    [InlineData("No technique is shared.", "T1490")]
    [InlineData("One technique is shared: Ingress Tool Transfer (T1105).", "T1105")]
    public void So_few_techniques_are_counted_in_words(string note, string technique)
    {
        LinkItem unlike = Find(new MadeIncident("a").Shows("T1486", "T1082", "T1105", "T1033"), new MadeIncident("b").Shows(technique, "T1566.001", "T1204.002", "T1140"), "unlike techniques")!;

        Assert.Equal(note, unlike.Note);
    }

    // Who shows a part shows the whole; where the parts differ, the whole alone is shared.
    [Theory]
    [InlineData("3 techniques are shared, the rarest being ", "T1059.001 T1003.001 T1560.001", "T1059.001 T1003.001 T1560.001")]
    [InlineData("3 techniques are shared, the rarest being ", "T1059.001 T1059 T1003.001 T1560.001", "T1059.001 T1059 T1003.001 T1560.001")]
    [InlineData("3 techniques are shared, the rarest being ", "T1059.001 T1003.001 T1560.001", "T1059.003 T1003.001 T1560.001")]
    [InlineData("4 techniques are shared, the rarest being ", "T1059.001 T1059.003 T1003.001 T1560.001", "T1059.001 T1059.003 T1003.001 T1560.001")]
    public void A_technique_of_which_a_part_is_shared_is_not_counted_beside_it(string note, string ofA, string ofB)
    {
        LinkItem alike = Find(new MadeIncident("a").Shows(ofA.Split(' ')), new MadeIncident("b").Shows(ofB.Split(' ')), "alike techniques")!;

        Assert.StartsWith(note, alike.Note, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "1 of the incidents has no events, so that of it only techniques, software, vulnerabilities and what lists ascribe could be compared.")]
    [InlineData(2, "2 of the incidents have no events, so that of them only techniques, software, vulnerabilities and what lists ascribe could be compared.")]
    public void Incidents_without_events_are_counted(int bare, string limit)
    {
        MadeIncident[] all = [new MadeIncident("with events").Logon("203.0.113.77"), .. Enumerable.Range(0, bare).Select(static i => new MadeIncident($"bare {i}"))];

        Assert.Contains(limit, new CampaignLinker(KnowledgeBase.Embedded).Link(all.Select(static i => i.Make())).Limits);
    }

    [Theory]
    [InlineData(17, "1 is not.")]
    [InlineData(18, "2 are not.")]
    public void Urls_that_are_not_compared_are_counted(int urls, string end)
    {
        string script = string.Join(' ', Enumerable.Range(0, urls).Select(static i => $"http://name{i}.example.org/x"));
        MadeIncident a = new MadeIncident("a").Add(RecordKind.WindowsEvent, "Microsoft-Windows-PowerShell/Operational", 4104, "", ("ScriptBlockText", script));

        Assert.Contains(
            new CampaignLinker(KnowledgeBase.Embedded).Link([a.Make(), new MadeIncident("b").Make()]).Limits, l => l.EndsWith("only the first are compared; " + end, StringComparison.Ordinal));
    }

    [Fact]
    public void Malware_of_different_groups_speaks_against_a_link_and_malware_of_one_does_not()
    {
        var rarities = new Rarities(KnowledgeBase.Embedded);
        ILookup<string, string> owned = Enumerable.Range(0, rarities.Index.Features.Length).Where(f => rarities.Index.IsClosedMalware(f) && rarities.OnlyUser(f) >= 0)
            .ToLookup(f => rarities.Index.Groups[rarities.OnlyUser(f)].Name, f => rarities.Index.Features[f]);
        IGrouping<string, string>[] groups = [.. owned.Where(static g => g.Count() > 1).OrderBy(static g => g.Key, StringComparer.Ordinal)];
        (string one, string sibling, string foreign) = (groups[0].First(), groups[0].Last(), groups[1].First());

        LinkItem? Foreign(string[] ofA, string[] ofB) => Find(new MadeIncident("a").Uses(ofA), new MadeIncident("b").Uses(ofB), "malware of different groups");

        LinkItem against = Foreign([one], [foreign])!;
        Assert.Equal(-1, against.LogLikelihoodRatio);
        Assert.Equal($"On one side is malware of {groups[0].Key} alone, on the other of {groups[1].Key} alone.", against.Note);
        Assert.Null(Foreign([one], [sibling]));
        Assert.Null(Foreign([one], [foreign, sibling]));
        Assert.Null(Foreign([one], []));
        Assert.Equal("different malware", Assert.Single(Link(new MadeIncident("a").Uses(one), new MadeIncident("b").Uses(sibling)).Items).Kind);
        Assert.Equal(Spoofability.Hard, Find(new MadeIncident("a").Uses(one), new MadeIncident("b").Uses(one), "malware")!.Spoofability);
    }

    // What several groups have speaks for none of them.
    [Fact]
    public void Malware_of_several_groups_says_of_nobody_that_it_is_another()
    {
        var rarities = new Rarities(KnowledgeBase.Embedded);
        string[] several = [.. Enumerable.Range(0, rarities.Index.Features.Length).Where(f => rarities.Index.IsClosedMalware(f) && rarities.Users(f) > 1).Select(f => rarities.Index.Features[f])];
        string owned = rarities.Index.Features[Enumerable.Range(0, rarities.Index.Features.Length).First(f => rarities.Index.IsClosedMalware(f) && rarities.OnlyUser(f) >= 0)];

        Assert.Null(Find(new MadeIncident("a").Uses(several[0]), new MadeIncident("b").Uses(owned), "malware of different groups"));
        Assert.Null(Find(new MadeIncident("a").Uses(several[0]), new MadeIncident("b").Uses(several[1]), "malware of different groups"));
    }

    [Theory]
    [InlineData("malware", "Raspberry Robin (S1130)", 2.302585)]
    [InlineData("tool", "PsExec (S0029)", 0.7)]
    public void Software_that_rules_and_names_alone_claim_on_one_side_is_a_rule_for_it_and_easily_forged(string kind, string value, double most)
    {
        string software = value.Split('(')[1].TrimEnd(')');
        MadeIncident One(string name, bool isByName) => isByName ? new MadeIncident(name).Named(software) : new MadeIncident(name).Uses(software);

        foreach ((bool first, bool second) in new[] { (true, true), (true, false), (false, true) })
        {
            LinkItem named = Assert.Single(Link(One("a", first), One("b", second)).Items);
            Assert.Equal(("rule for " + kind, value, Spoofability.Easy, true), (named.Kind, named.Value, named.Spoofability, named.ByName));
            Assert.InRange(named.LogLikelihoodRatio, 0.1, most + 1e-6);
            Assert.EndsWith(" On one side at least rules and names of files alone say so, which whoever types a command can bring about.", named.Note, StringComparison.Ordinal);
        }

        LinkItem known = Assert.Single(Link(One("a", isByName: false), One("b", isByName: false)).Items);
        Assert.Equal((kind, value, false), (known.Kind, known.Value, known.ByName));
        LinkItem both = Assert.Single(Link(One("a", isByName: false).Named(software), One("b", isByName: false)).Items);
        Assert.Equal(kind, both.Kind);
    }

    // Whatever its figure: the same software is to be had by unrelated intruders.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Techniques_malware_and_tools_alone_are_never_likely(bool isByName)
    {
        MadeIncident One(string name)
        {
            MadeIncident one = new MadeIncident(name).Shows("T1059.001", "T1003.001", "T1021.002", "T1087.002", "T1053.005", "T1070.001", "T1105", "T1560.001");
            return isByName ? one.Named("S1130", "S0020", "S0029") : one.Uses("S1130", "S0020", "S0029");
        }

        IncidentLink link = Link(0.5, One("a"), One("b"));

        Assert.True(link.Probability > 0.8);
        Assert.Equal((Likelihood.RealisticPossibility, AnalyticConfidence.Low), (link.Likelihood, link.Confidence));
        Assert.Contains(link.Caps, static c => c.StartsWith("Techniques, malware and tools, ", StringComparison.Ordinal));
        Assert.DoesNotContain(link.WouldChange, static c => c.Contains("base rate", StringComparison.Ordinal));
    }

    [Fact]
    public void A_rule_for_malware_is_no_line_of_its_own_beside_another()
    {
        IncidentLink Pair(bool isByName)
        {
            MadeIncident One(string name) => (isByName ? new MadeIncident(name).Named("S1130") : new MadeIncident(name).Uses("S1130")).Shell("203.0.113.77");
            return Link(0.6, One("a"), One("b"));
        }

        // Malware that is known by the thing itself bears the address out; alone it would not do, so that no more than likely is said.
        Assert.Equal(Likelihood.Likely, Pair(isByName: false).Likelihood);
        Assert.Equal(Likelihood.RealisticPossibility, Pair(isByName: true).Likelihood);
        Assert.Contains(Pair(isByName: true).Caps, static c => c.Contains("nothing else that both have bears it out", StringComparison.Ordinal));
    }

    [Fact]
    public void Different_malware_that_rules_alone_claim_is_told_as_that()
    {
        LinkItem Different(MadeIncident a, MadeIncident b) => Find(a, b, "different malware")!;

        Assert.Equal("Both show malware, and share none.", Different(new MadeIncident("a").Uses("S1130"), new MadeIncident("b").Uses("S0020")).Note);
        Assert.Equal(
            "Both show malware, and share none. On one side at least rules and names of files alone say so.",
            Different(new MadeIncident("a").Uses("S1130"), new MadeIncident("b").Named("S0020")).Note);
    }

    private static LinkItem? Apart(MadeIncident a, MadeIncident b) => Find(a, b, "far apart in time");

    private static LinkItem? Find(MadeIncident a, MadeIncident b, string kind) => Link(a, b).Items.FirstOrDefault(i => i.Kind == kind);

    private static IncidentLink Link(MadeIncident a, MadeIncident b) => Link(CampaignLinker.DefaultBaseRate, a, b);

    private static IncidentLink Link(double rate, MadeIncident a, MadeIncident b) => new CampaignLinker(KnowledgeBase.Embedded).Link([a.Make(), b.Make()], rate).Pairs[0];
}
