using Culprit.Attribution;
using Culprit.Knowledge;

namespace Culprit.Tests.Attribution;

/// <summary>What a list that holds the shared values takes from them: much where others can read it, nothing where it is the investigator's own.</summary>
public sealed class LinkingListsTests
{
    private static readonly IndicatorClaim Own = new("values of the first case", [], Source: null, Year: null, IndicatorKind.Address, Shared: false, ListCount: 1);

    public static TheoryData<string> Published => ["a group", "a report", "a list of the program"];

    [Fact]
    public void A_list_of_ones_own_takes_nothing_from_what_it_found()
    {
        IncidentLink unlisted = Link(null), listed = Link(Own);

        Assert.Equal((Likelihood.HighlyLikely, unlisted.Confidence, unlisted.Probability), (listed.Likelihood, listed.Confidence, listed.Probability));
        Assert.Equal(unlisted.ConfidenceSentence, listed.ConfidenceSentence);
        Assert.Equal(unlisted.Items.Select(static i => (i.Kind, i.Spoofability, i.Note)), listed.Items.Select(static i => (i.Kind, i.Spoofability, i.Note)));
    }

    [Theory]
    [MemberData(nameof(Published))]
    public void What_others_can_read_is_not_hard_to_forge(string by)
    {
        IncidentLink link = Link(by switch
        {
            "a group" => Own with { GroupIds = ["G0016"] },
            "a report" => Own with { Source = "https://reports.example/one" },
            _ => Own with { List = IndicatorSet.BuiltIn.Lists[0].Name },
        });

        Assert.Equal(Likelihood.Likely, link.Likelihood);
        Assert.DoesNotContain(link.Items, static i => i.Spoofability == Spoofability.Hard);
        Assert.Contains(link.Items, static i => i.Note.Contains("A list publishes it", StringComparison.Ordinal));
    }

    private static IncidentLink Link(IndicatorClaim? claim) => new CampaignLinker(KnowledgeBase.Embedded).Link([One("a", claim), One("b", claim)]).Pairs[0];

    private static LinkedIncident One(string name, IndicatorClaim? claim)
    {
        MadeIncident one = new MadeIncident(name).Shell("203.0.113.77").Asks("kqzone.example.net").Runs($"{name}qx.exe", "implant");
        return (claim is null ? one : one.Listed("203.0.113.77", claim).Listed("kqzone.example.net", claim).Listed(MadeIncident.HashOf("implant"), claim)).Make();
    }
}
