using System.Globalization;
using Culprit.Attribution;
using Culprit.Evidence;
using Culprit.Knowledge;

namespace Culprit.Tests.Attribution;

/// <summary>Which incidents are taken for one campaign, and how strongly.</summary>
public sealed class CampaignLinkerTests
{
    private static readonly string[] Common = ["T1059.001", "T1003.001", "T1021.002", "T1087.002", "T1053.005", "T1070.001", "T1105", "T1560.001"];

    [Fact]
    public void The_same_infrastructure_and_the_same_unpublished_file_link_two_institutions()
    {
        CampaignLinks links = Link(
            new MadeIncident("a").Shell("203.0.113.77").Runs("qwzx.exe", "implant"), new MadeIncident("b").Shell("203.0.113.77").Runs("other.exe", "implant"),
            new MadeIncident("c").Shell("198.51.100.4").Runs("third.exe", "something else"));

        CampaignCluster campaign = Assert.Single(links.Campaigns);
        Assert.Equal([0, 1], campaign.Members);
        Assert.Equal(Likelihood.HighlyLikely, links.Pairs[0].Likelihood);
        LinkItem address = links.Pairs[0].Items.First(static i => i.Kind == "address");
        Assert.Equal(("203.0.113.77", 0, 0), (address.Value, address.FirstEvents[0], address.SecondEvents[0]));
        Assert.All(links.Pairs.Skip(1), static p => Assert.True(p.Likelihood <= Likelihood.HighlyUnlikely));
    }

    [Theory]
    [InlineData("8.8.8.8", "raw.githubusercontent.com")]
    [InlineData("104.16.99.1", "discord.com")]
    [InlineData("185.199.108.133", "www.dropbox.com")]
    [InlineData("2606:4700:4700::1111", "bit.ly")]
    [InlineData("104.16.99.1", "webhook.site")]
    [InlineData("151.101.1.1", "files.catbox.moe")]
    [InlineData("13.107.42.14", "rentry.co")]
    [InlineData("172.67.1.1", "duckdns.org")]
    [InlineData("142.250.1.1", "tunnel.eu.ngrok.io")]
    public void What_many_unrelated_people_use_links_nothing(string address, string domain) =>
        AssertApart(Link(new MadeIncident("a").Connects(address).Asks(domain), new MadeIncident("b").Connects(address).Asks(domain)));

    // Somebody has it, and somebody else later: less than a domain of one's own, more than a service that all use.
    [Theory]
    [InlineData("qzx-update.duckdns.org")]
    [InlineData("qzx-update.000webhostapp.com")]
    public void A_name_that_a_service_gives_to_anybody_says_little(string domain)
    {
        IncidentLink link = Link(new MadeIncident("a").Asks(domain), new MadeIncident("b").Asks(domain)).Pairs[0];

        Assert.Equal(1.5, link.Items.First(static i => i.Kind == "domain").LogLikelihoodRatio, 6);
        Assert.Equal(Likelihood.Unlikely, link.Likelihood);
    }

    [Fact]
    public void A_scanner_that_knocks_everywhere_links_nothing()
    {
        MadeIncident[] all = [.. Enumerable.Range(0, 6).Select(static i => new MadeIncident($"case{i}"))];
        foreach (MadeIncident one in all)
        {
            one.Refused("203.0.113.9").Refused("203.0.113.9", "/phpmyadmin/index.php").FailedLogon("203.0.113.9").FailedLogon("203.0.113.9");
        }

        AssertApart(Link(all));
    }

    [Fact]
    public void Private_addresses_and_programs_with_a_publisher_link_nothing() => AssertApart(Link(
        new MadeIncident("a").Logon("10.1.2.3").Connects("192.168.1.9").Logon("100.64.0.1").Logon("fd00::1").Runs("procdump64.exe", "procdump", "Sysinternals - www.sysinternals.com"),
        new MadeIncident("b").Logon("10.1.2.3").Connects("192.168.1.9").Logon("100.64.0.1").Logon("fd00::1").Runs("procdump64.exe", "procdump", "Sysinternals - www.sysinternals.com")));

    // Whoever holds the address sends the user agent and chooses the path: they are one thing, not three.
    [Fact]
    public void One_planted_address_is_never_more_than_a_realistic_possibility()
    {
        MadeIncident a = new("a"), b = new("b");
        for (int i = 0; i < 200; i++)
        {
            a.Shell("203.0.113.77");
            b.Shell("203.0.113.77");
        }

        a.Shows(Common);
        b.Shows(Common);
        IncidentLink link = Link(0.9, a, b).Pairs[0];

        Assert.Equal((Likelihood.RealisticPossibility, AnalyticConfidence.Low), (link.Likelihood, link.Confidence));
        Assert.Contains(link.Caps, static c => c.Contains("nothing else that both have bears it out", StringComparison.Ordinal));
        Assert.All(link.Items.Where(static i => i.Line == LinkLine.Requests), static i => Assert.True(i.Dependent));
    }

    [Fact]
    public void What_lists_publish_is_not_hard_to_forge_and_what_they_know_as_shared_says_nothing()
    {
        MadeIncident[] Pair(bool shared) =>
        [
            .. new[] { "a", "b" }.Select(name => new MadeIncident(name).Shell("203.0.113.77").Asks("bad.example.net").Runs($"{name}qx.exe", "implant")
                .Listed("203.0.113.77", shared).Listed("bad.example.net", shared).Listed(MadeIncident.HashOf("implant"), shared)),
        ];

        IncidentLink published = Link(Pair(shared: false)).Pairs[0];
        Assert.Equal(Likelihood.Likely, published.Likelihood);
        Assert.DoesNotContain(published.Items, static i => i.Spoofability == Spoofability.Hard);
        Assert.InRange(Link(Pair(shared: true)).Pairs[0].Probability, 0, 0.40);
    }

    [Fact]
    public void Techniques_and_hours_alone_are_at_most_a_realistic_possibility()
    {
        MadeIncident a = new MadeIncident("a").Shows(Common).Observes(ObservationKind.WorkingHours, "+03:00").Observes(ObservationKind.VictimSector, "health");
        MadeIncident b = new MadeIncident("b").Shows(Common).Observes(ObservationKind.WorkingHours, "+03:00").Observes(ObservationKind.VictimSector, "health");

        IncidentLink link = Link(0.9, a, b).Pairs[0];

        Assert.Equal((Likelihood.RealisticPossibility, AnalyticConfidence.Low), (link.Likelihood, link.Confidence));
        foreach (IncidentLink any in new[] { link, Link(0.1, a, b).Pairs[0], Link(0.3, a, b).Pairs[0] })
        {
            Assert.DoesNotContain(any.WouldChange, static c => c.Contains("base rate", StringComparison.Ordinal));
            Assert.Contains("An address, domain or file of the intruder found in both.", any.WouldChange);
        }
    }

    [Theory]
    [InlineData(0.1, "A base rate above ", ": then it would be likely.")]
    [InlineData(0.9, "A base rate below ", ": then it would be less than likely.")]
    public void Where_likely_may_be_said_the_base_rate_at_which_it_would_be_is_told(double rate, string from, string to)
    {
        MadeIncident One(string name) => new MadeIncident(name).Asks("qzx-update.duckdns.org").Asks("kwo-update.duckdns.org");
        IncidentLink link = Link(rate, One("a"), One("b")).Pairs[0];

        Assert.Contains(link.WouldChange, c => c.StartsWith(from, StringComparison.Ordinal) && c.EndsWith(to, StringComparison.Ordinal));
    }

    [Fact]
    public void Techniques_that_one_rule_shows_in_one_event_are_one_thing_that_happened()
    {
        IncidentLink tagged = Link(0.9, new MadeIncident("a").ShowsAtOnce(Common), new MadeIncident("b").ShowsAtOnce(Common)).Pairs[0];
        IncidentLink seen = Link(0.9, new MadeIncident("a").Shows(Common), new MadeIncident("b").Shows(Common)).Pairs[0];

        Assert.DoesNotContain(tagged.Items, static i => i.Kind is "alike techniques" or "order of techniques");
        Assert.Equal(["alike techniques", "order of techniques"], seen.Items.Select(static i => i.Kind).Order(StringComparer.Ordinal));

        // Beside others they count as one of them, whichever side they are on.
        MadeIncident Few(string name) => new MadeIncident(name).Shows("T1566.001", "T1204.002", "T1027", "T1113");
        double without = Alike(Few("a"), new MadeIncident("b").Shows("T1566.001", "T1204.002", "T1070.001", "T1123"));
        double with = Alike(Few("a").ShowsAtOnce(Common), new MadeIncident("b").Shows("T1566.001", "T1204.002", "T1070.001", "T1123").ShowsAtOnce(Common));
        double all = Alike(Few("a").Shows(Common), new MadeIncident("b").Shows("T1566.001", "T1204.002", "T1070.001", "T1123").Shows(Common));
        Assert.True(without < with && with < all, $"{without} {with} {all}");

        static double Alike(MadeIncident a, MadeIncident b) =>
            Link(0.9, a, b).Pairs[0].Items.Where(static i => i.Kind is "alike techniques" or "unlike techniques").Sum(static i => i.LogLikelihoodRatio);
    }

    [Fact]
    public void The_order_of_incidents_does_not_matter()
    {
        MadeIncident[] all = Several();
        string forwards = Text(Link(all));

        Assert.Equal(forwards, Text(Link([.. all.Reverse()])));
        Assert.Equal(forwards, Text(Link([all[3], all[0], all[5], all[1], all[4], all[2]])));
    }

    public static TheoryData<string> Unrelated => ["addresses", "domains", "files", "names", "techniques", "malware", "later", "requests"];

    [Theory]
    [MemberData(nameof(Unrelated))]
    public void Unrelated_evidence_never_raises_a_link(string kind)
    {
        double before = 1;
        for (int count = 0; count <= 40; count += 5)
        {
            MadeIncident a = new MadeIncident("a").Shell("203.0.113.77").Runs("x1.exe", "implant").Shows("T1059.001", "T1003.001").Uses("S0020"), b = new MadeIncident("b");
            b.Shell("203.0.113.77").Runs("x2.exe", "implant").Shows("T1059.001", "T1003.001").Uses("S0020");
            for (int i = 0; i < count; i++)
            {
                Add(b, kind, i);
                if (i % 2 == 0)
                {
                    Add(a, kind, 41 + i);
                }
            }

            double after = Link(a, b).Pairs[0].Probability;
            Assert.True(after <= before + 1e-12, string.Create(CultureInfo.InvariantCulture, $"{count} more {kind}: {before} became {after}"));
            before = after;
        }
    }

    [Fact]
    public void A_chain_of_links_makes_no_campaign()
    {
        MadeIncident[] chain = [.. Enumerable.Range(0, 5).Select(static i => new MadeIncident($"case{i}"))];
        for (int i = 0; i < chain.Length - 1; i++)
        {
            chain[i].Shell($"203.0.113.{i + 1}").Runs($"left{i}.exe", $"implant {i}");
            chain[i + 1].Shell($"203.0.113.{i + 1}").Runs($"right{i}.exe", $"implant {i}");
        }

        CampaignLinks links = Link(0.5, chain);

        Assert.Equal(4, links.Pairs.Count(static p => p.Likelihood >= Likelihood.Likely));
        Assert.All(links.Campaigns, static c => Assert.Equal(2, c.Members.Length));
    }

    [Fact]
    public void Many_cases_of_one_campaign_are_found_among_unrelated_ones()
    {
        MadeIncident[] all = [.. Enumerable.Range(0, 40).Select(static i => new MadeIncident($"case{i:00}"))];
        for (int i = 0; i < all.Length; i++)
        {
            bool ours = i % 2 == 0;
            all[i].Shell(ours ? "203.0.113.77" : $"198.51.100.{i}").Runs($"f{i}.exe", ours ? "implant" : $"implant {i}").Refused("192.0.2.1").Asks("github.com").Shows(Common);
        }

        CampaignLinks links = Link(all);

        Assert.Equal(780, links.Pairs.Length);
        Assert.Equal(Enumerable.Range(0, 20).Select(static i => 2 * i), Assert.Single(links.Campaigns).Members);
        Assert.Equal("address 203.0.113.77", links.Campaigns[0].StrongestShared);
    }

    [Fact]
    public void The_more_pairs_there_are_the_less_one_match_says()
    {
        MadeIncident[] pair = [new MadeIncident("a").Shell("203.0.113.77"), new MadeIncident("b").Shell("203.0.113.77")];
        MadeIncident[] many = [.. pair, .. Enumerable.Range(0, 38).Select(static i => new MadeIncident($"other{i}").Shell($"198.51.100.{i}"))];

        Assert.InRange(Link(pair).Pairs[0].Probability, 0.95, 1);
        Assert.InRange(Link(many).Pairs[0].Probability, 0, 0.75);
    }

    [Fact]
    public void The_same_victim_is_said_and_its_names_do_not_count()
    {
        IncidentLink link = Link(
            new MadeIncident("a", "web.corp.example").Installs("LabelPrinter").Asks("intranet.corp.example").Creates("new.colleague").Runs("labelprinter.exe", "own program"),
            new MadeIncident("b", "dc.corp.example").Installs("LabelPrinter").Asks("intranet.corp.example").Creates("new.colleague").Runs("labelprinter.exe", "own program")).Pairs[0];

        Assert.Contains("corp.example", link.SameVictim, StringComparison.Ordinal);
        Assert.DoesNotContain(link.Items, static i => i.Kind == "domain");
        Assert.All(link.Items.Where(static i => i.Kind is "service" or "created account" or "file name"), static i => Assert.Equal(0, i.LogLikelihoodRatio));
        Assert.True(link.Likelihood < Likelihood.Likely);
    }

    [Theory]
    [InlineData("WEB01")]
    [InlineData("dc01")]
    [InlineData("web-1")]
    [InlineData("mail")]
    [InlineData("SQL2")]
    [InlineData("srv03")]
    [InlineData("localhost")]
    [InlineData("DESKTOP")]
    [InlineData("workstation-07")]
    [InlineData("fileserver1")]
    [InlineData("win2016-dc1")]
    [InlineData("MSEDGEWIN10")]
    [InlineData("exchange.corp.local")]
    [InlineData("anna-pc")]
    public void A_name_that_every_network_has_shows_no_one_victim(string host)
    {
        IncidentLink same = Link(new MadeIncident("a", host).Shell("203.0.113.77"), new MadeIncident("b", host).Later(1).Shell("203.0.113.77")).Pairs[0];
        IncidentLink other = Link(new MadeIncident("a", host).Shell("203.0.113.77"), new MadeIncident("b", "qz-" + host).Later(1).Shell("203.0.113.77")).Pairs[0];

        Assert.Equal("", same.SameVictim);
        Assert.Equal(other.Probability, same.Probability);
        Assert.Contains(same.Items, static i => i.Kind == "web shell path" && i.LogLikelihoodRatio > 0);
        Assert.Contains(same.WouldChange, c => c.Contains(host, StringComparison.OrdinalIgnoreCase) && c.Contains("one institution", StringComparison.Ordinal));
        Assert.DoesNotContain(other.WouldChange, static c => c.Contains("one institution", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("DESKTOP-4G7H2K1")]
    [InlineData("WIN-7ABC8DEF9GH")]
    [InlineData("spectrometer-2")]
    [InlineData("pc-0047123")]
    [InlineData("anna-pc.acme.local")]
    [InlineData("dc01.corp.example")]
    public void A_name_that_few_would_give_shows_one_victim(string host)
    {
        IncidentLink link = Link(new MadeIncident("a", host).Shell("203.0.113.77"), new MadeIncident("b", host).Later(1).Shell("203.0.113.77")).Pairs[0];

        Assert.NotEqual("", link.SameVictim);
        Assert.True(link.Likelihood < Likelihood.Likely);
    }

    [Fact]
    public void Several_hosts_of_short_names_show_one_victim_and_several_roles_do_not()
    {
        string Same(params string[] hosts)
        {
            MadeIncident a = new("a", hosts[0]), b = new MadeIncident("b", hosts[0]).Later(1);
            foreach (string host in hosts)
            {
                a.On(host).Shell("203.0.113.77");
                b.On(host).Shell("203.0.113.77");
            }

            return Link(a, b).Pairs[0].SameVictim;
        }

        Assert.Contains("anna-pc, bob-pc", Same("anna-pc", "bob-pc", "dc01"), StringComparison.Ordinal);
        Assert.Equal("", Same("dc01", "dc02", "web01", "mail", "sql1"));
    }

    [Fact]
    public void Within_one_case_a_host_is_one_machine()
    {
        LinkedIncident[] both = [new MadeIncident("a", "WEB01").Shell("203.0.113.77").Make(1), new MadeIncident("a", "web01").Shell("203.0.113.77").Make(2)];

        Assert.Contains("web01", new CampaignLinker(KnowledgeBase.Embedded).Link(both).Pairs[0].SameVictim, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_names_at_two_institutions_count()
    {
        IncidentLink link = Link(
            new MadeIncident("a").Installs("WinHelpSvcEx").Creates("qadmin.svc7"), new MadeIncident("b").Installs("winhelpsvcex").Creates("QADMIN.SVC7")).Pairs[0];

        Assert.Equal("", link.SameVictim);
        Assert.Equal(2, link.Items.Count(static i => i.LogLikelihoodRatio > 1));
        Assert.True(link.Likelihood <= Likelihood.Likely);
    }

    [Fact]
    public void Years_make_a_shared_address_say_less()
    {
        double[] byAge = [.. new[] { 0, 400, 1500, 4000 }.Select(static days =>
            Link(new MadeIncident("a").Shell("203.0.113.77"), new MadeIncident("b").Later(days).Shell("203.0.113.77")).Pairs[0].Probability)];

        Assert.Equal(byAge.OrderDescending(), byAge);
        Assert.Equal(4, byAge.Distinct().Count());
        Assert.True(byAge[3] < 0.15);
    }

    // Addresses that only knock are many; they must not crowd out the one that was worked from, and what is left out must be told.
    [Fact]
    public void Knocking_addresses_crowd_out_nothing_and_what_is_left_out_is_told()
    {
        MadeIncident a = new("a"), b = new("b");
        for (int i = 0; i < 20_100; i++)
        {
            a.Refused($"198.{18 + (i >> 16)}.{(i >> 8) & 255}.{i & 255}");
        }

        CampaignLinks links = Link(a.Shell("203.0.113.77"), b.Shell("203.0.113.77"));

        Assert.Contains(links.Pairs[0].Items, static i => i is { Kind: "address", Value: "203.0.113.77" });
        Assert.Contains(links.Limits, static l => l.Contains("Incident 1 of a ", StringComparison.Ordinal) && l.Contains("103 are left out", StringComparison.Ordinal));
        Assert.DoesNotContain(Link(new MadeIncident("a"), b).Limits, static l => l.Contains("left out", StringComparison.Ordinal));
    }

    [Fact]
    public void Urls_that_one_text_holds_too_many_of_are_told()
    {
        string script = string.Join(' ', Enumerable.Range(0, 20).Select(static i => $"http://name{i}.example.org/x"));
        CampaignLinks links = Link(new MadeIncident("a").Add(RecordKind.WindowsEvent, "Microsoft-Windows-PowerShell/Operational", 4104, "", ("ScriptBlockText", script)), new MadeIncident("b"));

        Assert.Contains(links.Limits, static l => l.EndsWith("only the first are compared; 4 are not.", StringComparison.Ordinal));
    }

    [Fact]
    public void The_same_evidence_in_two_cases_is_said_and_is_no_campaign()
    {
        MadeIncident[] all = [.. new[] { "a", "b", "c" }.Select(static name => new MadeIncident(name, "pc-1.lab.example").From(name == "c" ? "cc" : "aa").Later(name == "c" ? 1 : 0).Shell("203.0.113.77").Runs("qwzx.exe", "implant").Shows(Common))];

        CampaignLinks links = Link(0.9, all);

        IncidentLink same = links.Pairs.Single(static p => (p.First, p.Second) == (0, 1));
        Assert.True(same.IsSameEvidence);
        Assert.Equal("10 of the 10 events of incident 1 of a and 10 of the 10 of incident 1 of b are the same records: it is the same evidence, not a campaign.", same.SameEvidence);
        Assert.Contains("same evidence", same.LikelihoodSentence, StringComparison.Ordinal);
        Assert.True(same.Likelihood <= Likelihood.RealisticPossibility);
        Assert.DoesNotContain(same.Items, static i => i.Kind is "address" or "file hash" or "no shared infrastructure");
        Assert.All(links.Pairs.Where(static p => p.Second == 2), static p => Assert.Equal((false, ""), (p.IsSameEvidence, p.SameEvidence)));
    }

    [Fact]
    public void What_two_cases_hold_in_the_same_few_records_counts_only_as_far_as_others_show_it()
    {
        IncidentLink Pair(bool others)
        {
            MadeIncident a = new("a"), b = new("b");
            foreach (MadeIncident one in new[] { a, b })
            {
                one.From("aa").Shell("203.0.113.77").From("").Runs("qwzx.exe", "implant").Shows(Common);
                _ = others ? one.Refused("203.0.113.77") : one;
            }

            return Link(a, b).Pairs[0];
        }

        Assert.DoesNotContain(Pair(others: false).Items, static i => i.Kind == "address");
        LinkItem knocked = Pair(others: true).Items.First(static i => i.Kind == "address");
        Assert.True(knocked.LogLikelihoodRatio < 0.5, "what knocked elsewhere is no more than that");
        Assert.Equal((false, true), (Pair(others: true).IsSameEvidence, Pair(others: true).SameEvidence.Contains("does not count as shared", StringComparison.Ordinal)));
        Assert.Contains(Pair(others: false).Items, static i => i.Kind == "file hash");
    }

    [Fact]
    public void Hostile_values_are_weighed_like_others_and_break_nothing()
    {
        string[] values = ["\u001b[31m", new string('x', 100_000), "\0", "\ud800", "999.1.1.1", "::ffff:203.0.113.1%eth0", "a..b", "http://" + new string('a', 500), "%s%n", ""];
        MadeIncident a = new("\u001b[2J"), b = new("b\n");
        foreach (string value in values)
        {
            foreach (MadeIncident one in new[] { a, b })
            {
                one.Shell(value, value, value).Logon(value).Connects(value).Asks(value).Runs(value, value).Installs(value).Creates(value).Observes(ObservationKind.WorkingHours, value)
                    .Add(RecordKind.WindowsEvent, "Security", 4688, "", ("CommandLine", "curl http://" + value), ("NewProcessName", value));
            }
        }

        IncidentLink link = Assert.Single(Link(a, b).Pairs);

        Assert.InRange(link.Probability, 0, 1);
        Assert.All(link.Items, static i => Assert.True(i.Value.Length <= 512));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void A_base_rate_is_a_probability(double rate) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Link(rate, new MadeIncident("a"), new MadeIncident("b")));

    [Fact]
    public void The_same_incident_twice_is_refused() =>
        Assert.Throws<ArgumentException>(() => Link(new MadeIncident("a"), new MadeIncident("a")));

    private static void Add(MadeIncident one, string kind, int i)
    {
        _ = kind switch
        {
            "addresses" => one.Logon($"198.51.100.{i}"),
            "domains" => one.Asks($"name{i}.example.org"),
            "files" => one.Runs($"unrelated{i}.exe", $"content {i}"),
            "names" => one.Installs($"Unrelated{i}X").Creates($"someone{i}x"),
            "techniques" => one.Shows(Techniques[i]),
            "malware" => one.Uses(Malware[i]),
            "later" => one.Later(9).Logon($"198.51.100.{i}"),
            _ => one.Refused($"192.0.2.{i}").Shell($"198.51.100.{i}", $"/other{i}/own{i}x.aspx", $"another agent {i}"),
        };
    }

    // Of no group alone: two that one group alone has are related.
    private static string[] Malware { get; } =
    [
        .. KnowledgeBase.Embedded.Software.Where(static s => s.Kind == SoftwareKind.Malware && s.Id != "S0020").Select(static s => s.Id)
            .Where(static id => KnowledgeBase.Embedded.Groups.Count(g => g.Software.Any(r => r.Target == id)) switch
            {
                0 => !KnowledgeBase.Embedded.Campaigns.Any(c => c.Software.Any(r => r.Target == id)),
                1 => false,
                _ => true,
            }),
    ];

    // Neither parts of others nor with parts, so that no two of them are related.
    private static string[] Techniques { get; } =
    [
        .. KnowledgeBase.Embedded.Techniques.Where(static t => t.Parent is null && KnowledgeBase.Embedded.Techniques.All(o => o.Parent != t.Id)).Select(static t => t.Id)
            .Where(static id => id is not ("T1059" or "T1003")),
    ];

    private static MadeIncident[] Several() =>
    [
        new MadeIncident("a").Shell("203.0.113.77").Runs("x.exe", "implant").Shows(Common),
        new MadeIncident("b").Shell("203.0.113.77").Runs("y.exe", "implant").Shows(Common),
        new MadeIncident("c").Connects("203.0.113.77").Asks("bad.example.net").Uses("S0020"),
        new MadeIncident("d").Asks("bad.example.net").Runs("z.exe", "implant").Uses("S0020"),
        new MadeIncident("e").Refused("203.0.113.77").Installs("OddService"),
        new MadeIncident("f").Later(900).Shell("203.0.113.77").Installs("OddService"),
    ];

    private static void AssertApart(CampaignLinks links)
    {
        Assert.Empty(links.Campaigns);
        Assert.All(links.Pairs, static p => Assert.True(p.Likelihood <= Likelihood.HighlyUnlikely, p.LikelihoodSentence));
    }

    private static CampaignLinks Link(params MadeIncident[] incidents) => Link(CampaignLinker.DefaultBaseRate, incidents);

    private static CampaignLinks Link(double rate, params MadeIncident[] incidents) =>
        new CampaignLinker(KnowledgeBase.Embedded).Link(incidents.Select(static i => i.Make()), rate);

    private static string Text(CampaignLinks links) => System.Text.Json.JsonSerializer.Serialize(links);
}
