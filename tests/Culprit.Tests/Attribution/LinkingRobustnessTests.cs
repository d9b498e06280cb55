using Culprit.Attribution;
using Culprit.Knowledge;

namespace Culprit.Tests.Attribution;

/// <summary>What remains of a link without one thing.</summary>
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

    private static CampaignLinks Link(MadeIncident a, MadeIncident b) => new CampaignLinker(KnowledgeBase.Embedded).Link([a.Make(), b.Make()]);
}
