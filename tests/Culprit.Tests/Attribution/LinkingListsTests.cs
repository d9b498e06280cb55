using Culprit.Attribution;
using Culprit.Knowledge;

namespace Culprit.Tests.Attribution;

/// <summary>What a list that holds the shared values takes from them: much where others can read it, nothing where it is the investigator's own.</summary>
public sealed class LinkingListsTests
{
    private const string Md5 = "0f343b0931126a20f133d67c2b018a3b", Imphash = "f34d5f2d4577ed6d9ceec516c1f5a744", Sha1 = "da39a3ee5e6b4b0d3255bfef95601890afd80701",
        Sha256 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

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

    // What a list calls otherwise than the records do is the same thing.
    [Theory]
    [InlineData(IndicatorKind.Address, "203.0.113.77")]
    [InlineData(IndicatorKind.Address, "203.0.113.77:443")]
    [InlineData(IndicatorKind.Url, "203.0.113.77/a/b.php")]
    [InlineData(IndicatorKind.Address, "2001:db8:77::1")]
    [InlineData(IndicatorKind.Address, "[2001:db8:77::1]:443")]
    [InlineData(IndicatorKind.Url, "[2001:db8:77::1]/a/b.php")]
    [InlineData(IndicatorKind.Hash, Md5)]
    [InlineData(IndicatorKind.Hash, Sha1)]
    [InlineData(IndicatorKind.Hash, Sha256)]
    public void What_others_can_read_by_another_spelling_is_not_hard_to_forge(IndicatorKind kind, string value)
    {
        IncidentLink link = Spelled(kind, value, isPublished: true), unlisted = Spelled(kind, value, isPublished: false);

        string traced = kind == IndicatorKind.Hash ? Sha256 : value.Contains("db8", StringComparison.Ordinal) ? "2001:db8:77::1" : "203.0.113.77";
        LinkItem item = link.Items.Single(i => i.Value == traced);
        Assert.Equal(Spoofability.Moderate, item.Spoofability);
        Assert.Contains("A list publishes it", item.Note, StringComparison.Ordinal);
        Assert.Equal(Spoofability.Hard, unlisted.Items.Single(i => i.Value == traced).Spoofability);
    }

    // Both have it, so that it is weighed as itself.
    [Theory]
    [InlineData(IndicatorKind.Address, "203.0.113.77", false)]
    [InlineData(IndicatorKind.Address, "203.0.113.77:443", false)]
    [InlineData(IndicatorKind.Url, "203.0.113.77/a/b.php", false)]
    [InlineData(IndicatorKind.Domain, "kqzone.example.net", false)]
    [InlineData(IndicatorKind.Domain, "example.net", false)]
    [InlineData(IndicatorKind.Url, "kqzone.example.net/a/b.php", false)]
    [InlineData(IndicatorKind.Hash, Md5, false)]
    [InlineData(IndicatorKind.Domain, "zone.example.net", true)]
    [InlineData(IndicatorKind.Address, "203.0.113.7", true)]
    public void What_both_have_counts_once_whatever_a_list_calls_it(IndicatorKind kind, string value, bool isToldBesides) =>
        Assert.Equal(isToldBesides, Spelled(kind, value, isPublished: true).Items.Any(static i => i.Kind == "ascribed to one group"));

    // An imphash is that of many programs.
    [Fact]
    public void What_many_files_have_is_no_other_name_of_one() =>
        Assert.Equal(Spoofability.Hard, Spelled(IndicatorKind.Hash, Imphash, isPublished: true).Items.Single(static i => i.Value == Sha256).Spoofability);

    // Of a page it is known whose it is, and of its host it is not.
    [Theory]
    [InlineData(IndicatorKind.Domain, "kqzone.example.net", Likelihood.Likely)]
    [InlineData(IndicatorKind.Url, "kqzone.example.net/a/b.php", Likelihood.RealisticPossibility)]
    public void A_url_of_a_group_makes_its_host_no_indicator_of_it(IndicatorKind kind, string value, Likelihood likelihood)
    {
        MadeIncident One(string name) => new MadeIncident(name).Asks("kqzone.example.net").Listed(value, Own with { Kind = kind, GroupIds = ["G0016"] });

        Assert.Equal(likelihood, new CampaignLinker(KnowledgeBase.Embedded).Link([One("a").Make(), One("b").Make()]).Pairs[0].Likelihood);
    }

    private static IncidentLink Spelled(IndicatorKind kind, string value, bool isPublished)
    {
        MadeIncident One(string name)
        {
            MadeIncident one = new MadeIncident(name).Shell("203.0.113.77").Logon("2001:db8:77::1").Asks("kqzone.example.net").RunsHashed($"{name}qx.exe", $"SHA1={Sha1},MD5={Md5.ToUpperInvariant()},SHA256={Sha256},IMPHASH={Imphash}");
            return one.Listed(value, Own with { Kind = kind, GroupIds = isPublished ? ["G0016"] : [] });
        }

        return new CampaignLinker(KnowledgeBase.Embedded).Link([One("a").Make(), One("b").Make()]).Pairs[0];
    }

    private static IncidentLink Link(IndicatorClaim? claim) => new CampaignLinker(KnowledgeBase.Embedded).Link([One("a", claim), One("b", claim)]).Pairs[0];

    private static LinkedIncident One(string name, IndicatorClaim? claim)
    {
        MadeIncident one = new MadeIncident(name).Shell("203.0.113.77").Asks("kqzone.example.net").Runs($"{name}qx.exe", "implant");
        return (claim is null ? one : one.Listed("203.0.113.77", claim).Listed("kqzone.example.net", claim).Listed(MadeIncident.HashOf("implant"), claim)).Make();
    }
}
