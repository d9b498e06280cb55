using Culprit.Attribution;
using Culprit.Evidence;
using Culprit.Knowledge;

namespace Culprit.Tests.Attribution;

/// <summary>What remains of a link without one thing, and how sure one may be where it is weak.</summary>
public sealed class LinkingRobustnessTests
{
    private const double Nothing = CampaignLinker.DefaultBaseRate;

    // A rule on the start of the file says which malware it is: without the file nobody would know.
    [Fact]
    public void Without_a_file_the_malware_that_it_was_recognised_as_is_gone_too()
    {
        CampaignLinks links = Link(new MadeIncident("a").Runs("qkzone.exe", "implant").Shown("S1190"), new MadeIncident("b").Runs("brintal.exe", "implant").Shown("S1190"));

        IncidentLink link = links.Pairs[0];
        Assert.Equal(["file hash", "malware"], link.Items.Select(static i => i.Kind));
        Assert.True(link.Items[1].Dependent);
        Assert.Equal(Nothing, link.ProbabilityWithoutStrongest, 6);
        Assert.Contains(link.WouldChange, static c => c.EndsWith("without it the probability is 10%.", StringComparison.Ordinal));
        Assert.Empty(Assert.Single(links.Campaigns).WithoutStrongest);
    }

    [Fact]
    public void Without_a_file_its_name_is_gone_too()
    {
        IncidentLink link = Link(new MadeIncident("a").Runs("qkzone.exe", "implant"), new MadeIncident("b").Runs("qkzone.exe", "implant")).Pairs[0];

        Assert.Equal(["file hash", "file name"], link.Items.Select(static i => i.Kind));
        Assert.Equal(Nothing, link.ProbabilityWithoutStrongest, 6);
    }

    [Fact]
    public void Without_an_address_what_only_its_requests_show_is_gone_too()
    {
        MadeIncident Web(string name) => new MadeIncident(name).Shell("203.0.113.77", "/qzx/kwpanel.aspx", "own agent of theirs");

        Assert.Equal(Nothing, Link(Web("a"), Web("b")).Pairs[0].ProbabilityWithoutStrongest, 6);
        Assert.InRange(Link(Web("a").Shell("198.51.100.1", "/qzx/kwpanel.aspx"), Web("b").Shell("198.51.100.2", "/qzx/kwpanel.aspx")).Pairs[0].ProbabilityWithoutStrongest, 0.4, 0.5);
    }

    // Two files show it, one event each: neither alone, but no line of its own either.
    [Fact]
    public void What_comes_from_several_things_stays_and_is_no_line_of_its_own_without_one_of_them()
    {
        MadeIncident One(string name) => new MadeIncident(name).Runs($"{name}qx.exe", "implant").Shown("S1190").Runs($"{name}qy.exe", "second").Shown("S1190");

        IncidentLink link = Link(One("a"), One("b")).Pairs[0];
        LinkItem left = link.Items.Where(static i => i.Kind == "file hash").MinBy(static i => i.LogLikelihoodRatio)!;

        // The other file counts in full then (6), and the malware a third as before (1).
        Assert.True(left.LogLikelihoodRatio < 3);
        Assert.Equal(1 / (1 + (9 * Math.Exp(-7))), link.ProbabilityWithoutStrongest, 4);
        Assert.Equal(Likelihood.Likely, link.Likelihood);
    }

    [Fact]
    public void Highly_likely_needs_more_than_one_file_and_what_it_was_recognised_as()
    {
        MadeIncident One(string name) => new MadeIncident(name).Runs($"{name}qx.exe", "implant").Shown("S1190").Shell($"198.51.100.{name[0] - 'a'}");

        IncidentLink link = Link(One("a"), One("b")).Pairs[0];

        Assert.True(link.ProbabilityWithoutStrongest < 0.5);
        Assert.Equal((Likelihood.Likely, AnalyticConfidence.Low), (link.Likelihood, link.Confidence));
        Assert.Contains(link.Caps, static c => c.StartsWith("Without the strongest", StringComparison.Ordinal));
    }

    // What is left is one domain with its address, of which no more than a realistic possibility is said at any figure.
    [Fact]
    public void What_the_caps_would_not_let_be_said_does_not_hold_without_the_strongest_thing()
    {
        MadeIncident One(string name) => new MadeIncident(name).Runs($"{name}qx.exe", "implant").Connects("203.0.113.77")
            .Add(RecordKind.WindowsEvent, "Microsoft-Windows-Sysmon/Operational", 22, "", ("QueryName", "cdn.kqzone.example.net"), ("QueryResults", "::ffff:203.0.113.77;"));

        CampaignLinks links = Link(One("a"), One("b"));
        IncidentLink link = links.Pairs[0];

        Assert.True(link.ProbabilityWithoutStrongest > 0.9, "the figure without the file is high");
        Assert.Equal((Likelihood.RealisticPossibility, Likelihood.Likely, AnalyticConfidence.Low), (link.LikelihoodWithoutStrongest, link.Likelihood, link.Confidence));
        Assert.Equal("Confidence in this is low: without the strongest thing that they share no more than a realistic possibility would be said.", link.ConfidenceSentence);
        Assert.Equal("Without the strongest thing that they share no more than a realistic possibility would be said, so that no more than \"likely\" is said.", Assert.Single(link.Caps));
        Assert.Contains(link.WouldChange, static c => c.StartsWith("If the file hash ", StringComparison.Ordinal) && c.EndsWith(", as one domain or address would be all that both have.", StringComparison.Ordinal));
        CampaignCluster campaign = Assert.Single(links.Campaigns);
        Assert.Empty(campaign.WithoutStrongest);
        Assert.StartsWith("One domain, with all names below it", Assert.Single(campaign.WithoutStrongestCaps), StringComparison.Ordinal);
    }

    // The low figure comes from the base rate, not from what the two show.
    [Fact]
    public void Where_more_is_shared_than_keeps_two_apart_they_are_not_called_unlike()
    {
        MadeIncident One(string name, string domain, params string[] techniques) => new MadeIncident(name).Shows(techniques).Runs("kzrunner.exe", "of " + name).Asks(domain);
        string[] first = ["T1059.001", "T1033", "T1482", "T1003.001", "T1021.002"], second = ["T1070.001", "T1490", "T1003.002", "T1560.001", "T1105"];

        IncidentLink shared = Link(One("a", "alpha-kz.example", first), One("b", "beta-kz.example", second)).Pairs[0];
        IncidentLink none = Link(new MadeIncident("a").Shows(first).Asks("alpha-kz.example"), new MadeIncident("b").Shows(second).Asks("beta-kz.example")).Pairs[0];

        Assert.True(shared.Likelihood < Likelihood.RealisticPossibility);
        Assert.True(shared.Items.Sum(static i => i.LogLikelihoodRatio) > 0);
        Assert.Equal((AnalyticConfidence.Low, "Confidence in this is low: what they share does not suffice."), (shared.Confidence, shared.ConfidenceSentence));
        Assert.Equal((AnalyticConfidence.Moderate, "Confidence in this is moderate: both show techniques and infrastructure of the intruder, and these are unlike."), (none.Confidence, none.ConfidenceSentence));
    }

    private static CampaignLinks Link(MadeIncident a, MadeIncident b) => new CampaignLinker(KnowledgeBase.Embedded).Link([a.Make(), b.Make()]);
}
