using Culprit.Attribution;
using Culprit.Attribution.Linking;
using Culprit.Knowledge;

namespace Culprit.Tests.Attribution;

/// <summary>What one and the same file in two cases says: much where somebody made it for himself, little where anybody can fetch it.</summary>
public sealed class LinkingFilesTests
{
    private const string Content = "one and the same file";

    private static readonly string[] Techniques = ["T1059.001", "T1003.001", "T1021.002", "T1087.002", "T1053.005", "T1070.001", "T1105", "T1560.001"];

    [Theory]
    [InlineData("chisel.exe", "chisel.exe")]
    [InlineData("chisel_1.9.1_windows_amd64.exe", "-")]
    [InlineData("chisel (2).exe", "-")]
    [InlineData("rclone-v1.65.0-windows-amd64.exe", "-")]
    [InlineData("advanced_port_scanner_2.5.3869.exe", "-")]
    [InlineData("7z2301-x64.exe", "-")]
    [InlineData("ncat-portable-5.59beta1.exe", "-")]
    [InlineData("Mimikatz.exe", "-")]
    [InlineData("mimikatz-x64.exe", "-")]
    [InlineData("rclone.exe", "-")]
    [InlineData("nc64.exe", "-")]
    [InlineData("qkzone.exe", "mimikatz.exe")]
    [InlineData("qkzone.exe", "AdFind.exe")]
    public void A_program_that_anybody_can_fetch_links_nothing_by_its_hash(string file, string original)
    {
        string elsewhere = file == "qkzone.exe" ? "brintal.exe" : file;
        LinkItem hash = Hash(new MadeIncident("a").Runs(file, Content, original: original), new MadeIncident("b").Runs(elsewhere, Content, original: original));

        Assert.Equal((0.5, Spoofability.Easy), (hash.LogLikelihoodRatio, hash.Spoofability));
        Assert.Contains("anybody can fetch", hash.Note, StringComparison.Ordinal);
    }

    // Whoever renames it does not make it his own.
    [Fact]
    public void It_is_enough_that_one_record_of_either_side_calls_the_file_so()
    {
        MadeIncident Renamed(string name) => new MadeIncident(name).Runs($"{name}kzone.exe", Content);

        Assert.Equal(0.5, Hash(Renamed("a"), new MadeIncident("b").Runs("chisel.exe", Content)).LogLikelihoodRatio);
        Assert.Equal(0.5, Hash(Renamed("a").Runs("chisel.exe", Content), Renamed("b")).LogLikelihoodRatio);
        Assert.Equal((6, Spoofability.Hard), (Hash(Renamed("a"), Renamed("b")).LogLikelihoodRatio, Hash(Renamed("a"), Renamed("b")).Spoofability));
    }

    // Whoever writes a program may call it after another.
    [Theory]
    [InlineData("responder_kzimplant.exe")]
    [InlineData("mimikatz-ours-x64.exe")]
    [InlineData("chisel_a.exe")]
    public void A_name_that_begins_as_that_of_a_tool_is_not_the_tools(string file) =>
        Assert.Equal(6, Hash(new MadeIncident("a").Runs(file, Content), new MadeIncident("b").Runs(file, Content)).LogLikelihoodRatio);

    // Names that say what a file is for, and those behind which intruders hide, say nothing of the file.
    [Theory]
    [InlineData("update.exe")]
    [InlineData("svchost.exe")]
    [InlineData("loader.exe")]
    [InlineData("chrome.exe")]
    public void A_file_that_names_no_publisher_says_much_whatever_it_is_called(string file) =>
        Assert.Equal(6, Hash(new MadeIncident("a").Runs(file, Content), new MadeIncident("b").Runs(file, Content)).LogLikelihoodRatio);

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("?")]
    public void A_field_for_the_publisher_that_is_empty_says_that_none_is_named(string company) =>
        Assert.Equal(6, Hash(new MadeIncident("a").Runs("qkzone.exe", Content, company), new MadeIncident("b").Runs("qkzone.exe", Content, company)).LogLikelihoodRatio);

    [Fact]
    public void A_record_without_a_field_for_the_publisher_does_not_say_that_none_is_named()
    {
        LinkItem both = Hash(new MadeIncident("a").RunsUntold("qkzone.exe", Content), new MadeIncident("b").RunsUntold("qkzone.exe", Content));
        LinkItem one = Hash(new MadeIncident("a").RunsUntold("qkzone.exe", Content), new MadeIncident("b").Runs("qkzone.exe", Content));
        LinkItem named = Hash(new MadeIncident("a").RunsUntold("qkzone.exe", Content), new MadeIncident("b").Runs("qkzone.exe", Content, "Contoso"));

        Assert.All([both, one], static h => Assert.Equal((3, Spoofability.Moderate), (h.LogLikelihoodRatio, h.Spoofability)));
        Assert.Contains("no field for the publisher", both.Note, StringComparison.Ordinal);
        Assert.Equal(0.5, named.LogLikelihoodRatio);
    }

    // Their makers name themselves in them, which such a record cannot show.
    [Theory]
    [InlineData("chrome.exe")]
    [InlineData("OneDriveSetup.exe")]
    [InlineData("Teams.exe")]
    [InlineData("whoami.exe")]
    public void Without_such_a_field_a_program_that_everybody_has_is_taken_for_it(string file) =>
        Assert.Equal(0.5, Hash(new MadeIncident("a").RunsUntold(file, Content), new MadeIncident("b").RunsUntold(file, Content)).LogLikelihoodRatio);

    [Theory]
    [InlineData("www.7-zip.org")]
    [InlineData("the.earth.li")]
    [InlineData("winscp.net")]
    [InlineData("www.python.org")]
    [InlineData("objects.githubusercontent.com")]
    [InlineData("release-assets.githubusercontent.com")]
    [InlineData("codeload.github.com")]
    [InlineData("community.chocolatey.org")]
    [InlineData("nodejs.org")]
    [InlineData("live.sysinternals.com")]
    [InlineData("get.videolan.org")]
    [InlineData("notepad-plus-plus.org")]
    [InlineData("get.scoop.sh")]
    [InlineData("nmap.org")]
    public void Where_everybody_fetches_programs_from_links_nothing(string domain)
    {
        IncidentLink link = Link(new MadeIncident("a").Asks(domain), new MadeIncident("b").Asks(domain));

        Assert.Equal(0.2, Assert.Single(link.Items).LogLikelihoodRatio);
    }

    // Of two tables that hold the same, one is forgotten.
    [Fact]
    public void What_everybody_visits_stands_in_one_table() => Assert.DoesNotContain(CommonThings.VisitedDomains, SharedServices.IsVisited);

    [Fact]
    public void Public_programs_and_where_they_were_fetched_from_are_at_most_a_realistic_possibility()
    {
        MadeIncident One(string name) => new MadeIncident(name).Shows(Techniques).Runs("chisel.exe", "chisel").Runs("mimikatz.exe", "mimikatz").Shown("S0002").Asks("www.7-zip.org");

        IncidentLink link = Link(One("a"), One("b"));

        Assert.True(link.Likelihood <= Likelihood.RealisticPossibility, link.LikelihoodSentence);
        Assert.Equal(AnalyticConfidence.Low, link.Confidence);
    }

    private static LinkItem Hash(MadeIncident a, MadeIncident b) => Assert.Single(Link(a, b).Items, static i => i.Kind == "file hash" && i.Value == MadeIncident.HashOf(Content).ToLowerInvariant());

    private static IncidentLink Link(MadeIncident a, MadeIncident b) => new CampaignLinker(KnowledgeBase.Embedded).Link([a.Make(), b.Make()]).Pairs[0];
}
