using Culprit.Knowledge;
using static Culprit.Tests.Knowledge.Bundles;

namespace Culprit.Tests.Knowledge;

public sealed class AttackBundleTests
{
    private static readonly string Report = Reference("Vendor Report June 2021", "Author, A. (2021, June 7). A report. Retrieved July 1, 2022.", "https://vendor.example/report");
    private static readonly string Advisory = Reference("Agency Advisory", "Agency. (n.d.). An advisory. Retrieved May 5, 2020.", "https://agency.example/advisory");

    [Fact]
    public void A_relation_keeps_its_sources_and_their_dates()
    {
        KnowledgeBase knowledge = Build(Bundle(
            Group("G0001", "First"),
            Technique("T1003", "OS Credential Dumping", "credential-access"),
            Relation("uses", "intrusion-set--G0001", "attack-pattern--T1003", "It dumps.", Report + "," + Advisory)));

        Relation relation = Assert.Single(knowledge.Group("G0001")!.Techniques);
        Assert.Equal("T1003", relation.Target);
        Assert.Equal(["Agency Advisory", "Vendor Report June 2021"], relation.Sources.Select(s => s.Name));
        Assert.Null(relation.Sources[0].Published);
        Assert.Equal(new SourceDate(2021, 6, 7), relation.Sources[1].Published);
        Assert.Equal("Author, A", relation.Sources[1].Publisher);
        Assert.Equal("https://vendor.example/report", relation.Sources[1].Url);
    }

    [Fact]
    public void The_same_relation_twice_is_one_with_all_sources()
    {
        KnowledgeBase knowledge = Build(
            Bundle(Group("G0001", "First"), Technique("T1003", "Dumping"),
                Relation("uses", "intrusion-set--G0001", "attack-pattern--T1003", "", Report),
                Relation("uses", "intrusion-set--G0001", "attack-pattern--T1003", "", Advisory).Replace("relationship--uses", "relationship--again", StringComparison.Ordinal)));

        Assert.Equal(2, Assert.Single(knowledge.Group("G0001")!.Techniques).Sources.Length);
    }

    [Fact]
    public void Revoked_and_deprecated_objects_and_relations_are_dropped()
    {
        KnowledgeBase knowledge = Build(Bundle(
            Group("G0001", "First"),
            Group("G0002", "Revoked", more: ""","revoked":true"""),
            Group("G0003", "Deprecated", more: ""","x_mitre_deprecated":true"""),
            Technique("T1003", "Dumping"),
            Relation("uses", "intrusion-set--G0002", "attack-pattern--T1003"),
            Relation("uses", "intrusion-set--G0001", "attack-pattern--T1003", more: ""","revoked":true""")));

        Assert.Equal("G0001", Assert.Single(knowledge.Groups).Id);
        Assert.Empty(knowledge.Groups[0].Techniques);
    }

    [Fact]
    public void A_revoked_identifier_leads_to_its_successor_over_several_steps()
    {
        KnowledgeBase knowledge = Build(Bundle(
            Entity("attack-pattern", "T1086", "PowerShell", ""","revoked":true"""),
            Entity("attack-pattern", "T1087", "PowerShell again", ""","revoked":true"""),
            Technique("T1059", "Interpreter", "execution"),
            Technique("T1059.001", "PowerShell", "execution"),
            Relation("revoked-by", "attack-pattern--T1086", "attack-pattern--T1087"),
            Relation("revoked-by", "attack-pattern--T1087", "attack-pattern--T1059.001")));

        Assert.Equal("T1059.001", knowledge.Technique("T1086")!.Id);
        Assert.Equal("T1059.001", knowledge.Technique("t1087")!.Id);
        Assert.Equal("T1059", knowledge.Technique("T1059.001")!.Parent);
        Assert.Equal(new KnownName(KnownKind.Technique, "T1059.001", "PowerShell", "T1086"), Assert.Single(knowledge.Find("T1086")));
    }

    [Fact]
    public void Revocations_in_a_circle_end()
    {
        KnowledgeBase knowledge = Build(out IReadOnlyList<KnowledgeWarning> warnings, Bundle(
            Group("G0001", "First"),
            Entity("attack-pattern", "T1086", "A", ""","revoked":true"""),
            Entity("attack-pattern", "T1087", "B", ""","revoked":true"""),
            Relation("revoked-by", "attack-pattern--T1086", "attack-pattern--T1087"),
            Relation("revoked-by", "attack-pattern--T1087", "attack-pattern--T1086")));

        Assert.Null(knowledge.Technique("T1086"));
        Assert.Equal(2, warnings.Count(w => w.What.Contains("no successor", StringComparison.Ordinal)));
    }

    [Fact]
    public void What_was_withdrawn_without_a_successor_is_known_as_that()
    {
        KnowledgeBase knowledge = Build(Bundle(
            Entity("attack-pattern", "T1043", "Commonly Used Port", ""","x_mitre_deprecated":true"""),
            Entity("attack-pattern", "T1086", "PowerShell", ""","revoked":true"""),
            Entity("attack-pattern", "T1064", "Scripting", ""","x_mitre_deprecated":true"""),
            Entity("attack-pattern", "T1099", "Gone twice", ""","revoked":true"""),
            Technique("T1059.001", "PowerShell", "execution"),
            Relation("revoked-by", "attack-pattern--T1086", "attack-pattern--T1059.001"),
            Relation("revoked-by", "attack-pattern--T1099", "attack-pattern--T1064")));

        Assert.Equal(["T1043 Commonly Used Port", "T1064 Scripting", "T1099 Gone twice"], knowledge.Retired.Select(static p => $"{p.Key} {p.Value}").Order(StringComparer.Ordinal));
        Assert.Equal("T1086", Assert.Single(knowledge.Successors).Key);
        Assert.Null(knowledge.Technique("T1043"));
        Assert.Empty(knowledge.Find("T1043"));
    }

    [Fact]
    public void Techniques_whose_tactics_all_lie_elsewhere_are_not_detectable()
    {
        KnowledgeBase knowledge = Build(Bundle(
            Technique("T1595", "Active Scanning", "reconnaissance"),
            Technique("T1583", "Acquire Infrastructure", "resource-development", "reconnaissance"),
            Technique("T1078", "Valid Accounts", "initial-access", "resource-development"),
            Technique("T1000", "Without tactics")));

        Assert.Equal(["T1000", "T1078"], knowledge.Techniques.Where(t => t.Detectable).Select(t => t.Id));
    }

    [Fact]
    public void Vulnerabilities_are_read_from_what_a_relation_says()
    {
        KnowledgeBase knowledge = Build(Bundle(
            Group("G0001", "First"), Entity("campaign", "C0001", "Raid", ""","first_seen":"2019-08-01T05:00:00.000Z","last_seen":"2021-01-01T06:00:00.000Z" """),
            Entity("malware", "S0001", "Worm"), Technique("T1190", "Exploit"),
            Relation("uses", "intrusion-set--G0001", "attack-pattern--T1190", "It exploited CVE-2019-19781, cve-2020-0688, CVE-2019-19781 and CVE-2020-\u0660\u0666\u0668\u0668.", Report),
            Relation("uses", "campaign--C0001", "attack-pattern--T1190", "CVE-2021-44228."),
            Relation("attributed-to", "campaign--C0001", "intrusion-set--G0001", "", Report),
            Relation("uses", "malware--S0001", "attack-pattern--T1190", "CVE-2017-0144.")));

        Assert.Equal(["CVE-2019-19781", "CVE-2020-0688"], knowledge.Group("G0001")!.Vulnerabilities.Select(v => v.Target));
        Assert.Equal("Vendor Report June 2021", Assert.Single(knowledge.Group("G0001")!.Vulnerabilities[0].Sources).Name);
        KnownCampaign campaign = knowledge.Campaign("C0001")!;
        Assert.Equal(["CVE-2021-44228"], campaign.Vulnerabilities.Select(v => v.Target));
        Assert.Equal("G0001", Assert.Single(campaign.AttributedTo).Target);
        Assert.Equal((new DateOnly(2019, 8, 1), new DateOnly(2021, 1, 1)), (campaign.FirstSeen, campaign.LastSeen));
        Assert.Equal(KnownKind.Vulnerability, Assert.Single(knowledge.Find("cve-2019-19781")).Kind);
    }

    [Fact]
    public void ATTACK_of_2017_is_read_with_its_citations_and_its_turned_relations()
    {
        KnowledgeBase knowledge = Build(out IReadOnlyList<KnowledgeWarning> warnings, Bundle(
            Group("G0001", "Quiet Owl", "Quiet Owl is a threat group that has been attributed to Russia's Foreign Intelligence Service (SVR).[[Citation: Vendor Report June 2021]]", references: "," + Report),
            Entity("malware", "S0001", "Worm"), Technique("T1190", "Exploit"),
            Relation("uses", "attack-pattern--T1190", "malware--S0001")));

        Assert.Empty(warnings);
        Assert.Equal("T1190", Assert.Single(Assert.Single(knowledge.Software).Techniques).Target);
        SponsorClaim sponsor = Assert.Single(knowledge.Group("G0001")!.Sponsors);
        Assert.Equal("Vendor Report June 2021", Assert.Single(sponsor.Sources).Name);
    }

    [Fact]
    public void An_alias_keeps_who_uses_it()
    {
        KnowledgeBase knowledge = Build(Bundle(Group(
            "G0016", "APT29", more: ""","aliases":["APT29","Cozy Bear","The Dukes"]""",
            references: ""","""
                + Report + """,{"source_name":"Cozy Bear","description":"(Citation: Vendor Report June 2021)(Citation: Named (in) parentheses)"},""" + Reference("Named (in) parentheses", "B. (2019). X.", "https://b.example/"))));

        KnownGroup group = knowledge.Group("G0016")!;
        Assert.Equal(["Cozy Bear", "The Dukes"], group.Aliases.Select(a => a.Name));
        Assert.Equal(["Named (in) parentheses", "Vendor Report June 2021"], group.Aliases[0].Sources.Select(s => s.Name));
        Assert.Empty(group.Aliases[1].Sources);
    }

    [Fact]
    public void Software_has_a_kind_platforms_and_both_spellings_of_aliases()
    {
        KnowledgeBase knowledge = Build(Bundle(
            Entity("tool", "S0039", "Net", ""","x_mitre_platforms":["Windows"],"x_mitre_aliases":["Net","net.exe"]"""),
            Entity("malware", "S0154", "Beacon", ""","x_mitre_platforms":["Windows","Linux","Windows"]""")));

        Assert.Equal(SoftwareKind.Tool, knowledge.SoftwareOf("S0039")!.Kind);
        Assert.Equal("net.exe", Assert.Single(knowledge.SoftwareOf("S0039")!.Aliases).Name);
        Assert.Equal(["Linux", "Windows"], knowledge.SoftwareOf("S0154")!.Platforms);
    }

    [Fact]
    public void Of_several_bundles_the_newest_version_of_an_object_counts_whatever_their_order()
    {
        string old = Bundle(Group("G0001", "Old name").Replace("2025-01-22", "2020-01-01", StringComparison.Ordinal));
        string current = Bundle(Group("G0001", "New name"));

        Assert.Equal("New name", Assert.Single(Build(old, current).Groups).Name);
        Assert.Equal("New name", Assert.Single(Build(current, old).Groups).Name);
    }

    [Theory]
    [InlineData("2020-01-01T00:00:00Z", "2020-01-01T00:00:00.500Z")]
    [InlineData("2020-01-01T10:00:00.9Z", "2020-01-01T10:00:00.95Z")]
    [InlineData("2020-01-01T10:00:00.1234567891Z", "2020-01-01T10:00:00.1234567892Z")]
    [InlineData("2020-01-01T12:00:00+05:00", "2020-01-01T08:00:00Z")]
    [InlineData("2020-01-01T08:00:00Z", "2020-01-01T04:00:00.1-05:00")]
    [InlineData("2016-12-31T23:59:59.999Z", "2016-12-31T23:59:60Z")]
    [InlineData("2016-12-31T23:59:60Z", "2017-01-01t00:00:00z")]
    public void The_newest_version_counts_however_its_time_is_written(string older, string newer)
    {
        string old = Bundle(Group("G0001", "Old name").Replace("2025-01-22T21:54:11.727Z", older, StringComparison.Ordinal));
        string current = Bundle(Group("G0001", "New name").Replace("2025-01-22T21:54:11.727Z", newer, StringComparison.Ordinal));

        Assert.Equal("New name", Assert.Single(Build(out IReadOnlyList<KnowledgeWarning> warnings, old, current).Groups).Name);
        Assert.Equal("New name", Assert.Single(Build(current, old).Groups).Name);
        Assert.Empty(warnings);
    }

    [Theory]
    [InlineData("2020-01-01T00:00:00.0Z", "2020-01-01T00:00:00Z")]
    [InlineData("2020-01-01T05:30:00.50+05:30", "2020-01-01T00:00:00.5Z")]
    public void Versions_of_one_moment_are_as_old_as_each_other(string one, string same)
    {
        string withdrawn = Bundle(Group("G0001", "Withdrawn", more: ",\"revoked\":true").Replace("2025-01-22T21:54:11.727Z", one, StringComparison.Ordinal), Technique("T1003", "Dumping"));
        string live = Bundle(Group("G0001", "Live").Replace("2025-01-22T21:54:11.727Z", same, StringComparison.Ordinal));

        Assert.Equal("Live", Assert.Single(Build(withdrawn, live).Groups).Name);
        Assert.Equal("Live", Assert.Single(Build(live, withdrawn).Groups).Name);
    }

    [Theory]
    [InlineData("\"yesterday\"")]
    [InlineData("\"9999-12-31\"")]
    [InlineData("\"9999-12-31T23:59:59\"")]
    [InlineData("\"9999-13-01T00:00:00Z\"")]
    [InlineData("\"9999-12-31T23:59:59-00:01\"")]
    [InlineData("99999999999")]
    public void A_version_whose_time_cannot_be_read_counts_as_the_oldest_and_is_told(string time)
    {
        string odd = Bundle(Group("G0001", "Odd").Replace("\"2025-01-22T21:54:11.727Z\"", time, StringComparison.Ordinal));
        string dated = Bundle(Group("G0001", "Dated"));

        Assert.Equal("Dated", Assert.Single(Build(out IReadOnlyList<KnowledgeWarning> warnings, dated, odd).Groups).Name);
        Assert.Equal("Odd", Assert.Single(Build(odd).Groups).Name);
        KnowledgeWarning warning = Assert.Single(warnings);
        Assert.Equal("file-1.json, object 1 (intrusion-set--G0001)", warning.Where);
        Assert.Contains("every other version counts as newer", warning.What, StringComparison.Ordinal);
    }

    // Before versions 9 and 10 the bundles of ICS and Mobile had names of their own for ATT&CK, and PRE-ATT&CK was a bundle itself.
    [Theory]
    [InlineData("mitre-ics-attack", "T0836", "impair-process-control", true)]
    [InlineData("mitre-mobile-attack", "T1424", "discovery", true)]
    [InlineData("mitre-pre-attack", "T1329", "establish-&-maintain-infrastructure", false)]
    public void Older_bundles_of_other_domains_are_read(string source, string id, string tactic, bool detectable)
    {
        string technique = Technique(id, "Older", tactic).Replace("mitre-attack", source, StringComparison.Ordinal)
            .Replace("\"external_id\"", "\"url\":\"https://attack.example/" + id + "\",\"external_id\"", StringComparison.Ordinal);

        KnowledgeBase alone = Build(out IReadOnlyList<KnowledgeWarning> none, Bundle(technique));
        KnowledgeBase both = Build(out IReadOnlyList<KnowledgeWarning> warnings, Bundle(technique, Group("G0034", "Sandworm Team"), Relation("uses", "intrusion-set--G0034", "attack-pattern--" + id)));

        Assert.Empty(none.Concat(warnings));
        Assert.Equal((id, detectable), (Assert.Single(alone.Techniques).Id, alone.Techniques[0].Detectable));
        Assert.Equal([tactic], alone.Techniques[0].Tactics);
        Assert.Equal(id, Assert.Single(both.Group("G0034")!.Techniques).Target);
        Assert.Empty(both.Sources);
    }

    [Fact]
    public void A_relation_to_what_is_not_read_does_not_say_that_it_is_in_no_file()
    {
        Build(out IReadOnlyList<KnowledgeWarning> warnings, Bundle(
            Group("G0001", "First"), """{"type":"attack-pattern","id":"attack-pattern--other","name":"Of another collection"}""", Relation("uses", "intrusion-set--G0001", "attack-pattern--other")));

        Assert.Equal("leads to attack-pattern--other, which is nothing that is read; left out", Assert.Single(warnings).What);
    }

    [Fact]
    public void The_collection_says_which_version_it_is()
    {
        KnowledgeBase knowledge = Build(Bundle(
            """{"type":"x-mitre-collection","id":"x-mitre-collection--1","name":"Enterprise ATT&CK","x_mitre_version":"16.0","modified":"2024-10-31T14:00:00.188Z"}""",
            Group("G0001", "First")));

        KnowledgeOrigin origin = Assert.Single(knowledge.Origins);
        Assert.Equal(("MITRE Enterprise ATT&CK", "16.0", new DateOnly(2025, 1, 22)), (origin.Name, origin.Version, origin.Date));
    }
}
