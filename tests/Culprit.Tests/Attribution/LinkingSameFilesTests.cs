using Culprit.Attribution;
using Culprit.Knowledge;

namespace Culprit.Tests.Attribution;

/// <summary>One file in several cases whose machines log different hashes of it.</summary>
public sealed class LinkingSameFilesTests
{
    private const string Md5 = "0123456789abcdef0123456789abcdef", Sha1 = "89abcdef0123456789abcdef0123456789abcdef";
    private const string Sha256 = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", Other = "f123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    private const string Imports = "IMPHASH=fedcba9876543210fedcba9876543210";

    [Theory]
    [InlineData("SHA256=" + Sha256 + ",MD5=" + Md5, "MD5=" + Md5, Md5)]
    [InlineData("SHA1=" + Sha1 + ",MD5=" + Md5, "SHA1=" + Sha1, Sha1)]
    [InlineData("SHA1=" + Sha1 + ",MD5=" + Md5 + ",SHA256=" + Sha256 + "," + Imports, "md5=0123456789ABCDEF0123456789ABCDEF,SHA1=" + Sha1, Sha1)]
    [InlineData("SHA256=" + Sha256 + ",MD5=" + Md5, "SHA1=" + Sha1 + ",MD5=" + Md5, Md5)]
    [InlineData("SHA1=" + Sha1, "SHA1=" + Sha1, Sha1)]
    public void A_file_is_met_by_any_hash_that_both_know_and_told_by_the_strongest(string one, string other, string told)
    {
        LinkItem file = Assert.Single(Files(Link(Of("a", one), Of("b", other))));

        Assert.Equal((told, 6, Spoofability.Hard, ""), (file.Value, file.LogLikelihoodRatio, file.Spoofability, file.Note));
    }

    // Two files of one MD5 can be made; what imports a program has, many have; and a file that could not be read has zeros.
    [Theory]
    [InlineData("SHA256=" + Sha256 + ",MD5=" + Md5, "SHA256=" + Other + ",MD5=" + Md5)]
    [InlineData("SHA256=" + Sha256 + "," + Imports, "MD5=" + Md5 + "," + Imports)]
    [InlineData("MD5=00000000000000000000000000000000", "MD5=00000000000000000000000000000000")]
    [InlineData("SHA256=" + Sha256, "MD5=" + Md5)]
    public void Different_files_are_none(string one, string other) => Assert.Empty(Files(Link(Of("a", one), Of("b", other))));

    [Fact]
    public void An_md5_that_two_different_files_have_tells_neither()
    {
        CampaignLinks links = All(Of("a", $"SHA256={Sha256},MD5={Md5}"), Of("b", $"SHA256={Other},MD5={Md5}"), Of("c", $"MD5={Md5}"));

        Assert.All(links.Pairs, static p => Assert.Empty(Files(p)));
    }

    // Two machines of one incident, of which each logs other hashes.
    [Fact]
    public void Within_one_incident_it_is_one_file()
    {
        MadeIncident both = new MadeIncident("a").RunsHashed("aqx.exe", $"SHA256={Sha256},MD5={Md5}").RunsHashed("aqx.exe", $"MD5={Md5}");
        LinkItem file = Assert.Single(Files(Link(both, Of("b", $"SHA256={Sha256},MD5={Md5}").RunsHashed("bqx.exe", $"MD5={Md5}"))));

        Assert.Equal((Sha256, 2, 2), (file.Value, file.FirstEvents.Length, file.SecondEvents.Length));
    }

    // In several cases a file has one name, so that leaving it out leaves it out everywhere.
    [Fact]
    public void A_campaign_names_a_file_alike_in_all_pairs_and_says_who_knows_it_otherwise()
    {
        CampaignLinks links = All(
            Of("a", $"MD5={Md5}").Asks("kqzone.example.net"), Of("b", $"SHA1={Sha1},MD5={Md5}").Asks("kqzone.example.net"), Of("c", $"SHA256={Sha256},SHA1={Sha1}").Asks("kqzone.example.net"));

        Assert.All(links.Pairs, static p => Assert.Equal(Sha1, Assert.Single(Files(p)).Value));
        Assert.Contains(links.Pairs.SelectMany(Files), static i => i.Note.Contains($"the hash {Md5} alone", StringComparison.Ordinal));
        Assert.Equal(3, Assert.Single(links.Campaigns).Members.Length);
    }

    [Fact]
    public void A_name_that_anybody_can_fetch_makes_the_file_common_whatever_its_hash_is_called()
    {
        LinkItem file = Assert.Single(Files(Link(Of("a", $"SHA256={Sha256},MD5={Md5}"), new MadeIncident("b").RunsHashed("chisel.exe", $"MD5={Md5}"))));

        Assert.Equal((0.5, Spoofability.Easy), (file.LogLikelihoodRatio, file.Spoofability));
    }

    private static MadeIncident Of(string name, string hashes) => new MadeIncident(name).RunsHashed($"{name}qx.exe", hashes);

    private static LinkItem[] Files(IncidentLink link) => [.. link.Items.Where(static i => i.Kind == "file hash")];

    private static IncidentLink Link(MadeIncident a, MadeIncident b) => All(a, b).Pairs[0];

    private static CampaignLinks All(params MadeIncident[] incidents) => new CampaignLinker(KnowledgeBase.Embedded).Link(incidents.Select(static i => i.Make()));
}
