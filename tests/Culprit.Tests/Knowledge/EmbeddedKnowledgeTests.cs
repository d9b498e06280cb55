using System.Text;
using System.Text.Json;
using Culprit.Knowledge;
using Culprit.TestSupport;

namespace Culprit.Tests.Knowledge;

/// <summary>The knowledge that ships, held against facts that anybody can look up, and against the files that it was made of.</summary>
public sealed class EmbeddedKnowledgeTests
{
    private static KnowledgeBase Knowledge => KnowledgeBase.Embedded;

    [Fact]
    public void What_is_embedded_are_the_committed_bytes()
    {
        byte[] committed = File.ReadAllBytes(Path.Combine(RepositoryRoot.Path, "knowledge", "attack.facts"));

        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(committed)), Knowledge.Sha256);
        Assert.Equal(Knowledge.Sha256, KnowledgeBase.Of(Knowledge.ToDraft()).Sha256);
        Assert.True(committed.Length < 2_000_000, $"{committed.Length} bytes");
    }

    // The British and American governments, 15 April 2021, on APT29; the indictments of GRU officers of 2018 and 2020.
    [Theory]
    [InlineData("APT29", "RU", "Foreign Intelligence Service (SVR)")]
    [InlineData("APT28", "RU", "Main Intelligence Directorate (GRU), Unit 26165")]
    [InlineData("Sandworm Team", "RU", "Main Intelligence Directorate (GRU), Unit 74455")]
    [InlineData("APT1", "CN", "People's Liberation Army (PLA), Unit 61398")]
    [InlineData("Lazarus Group", "KP", "Reconnaissance General Bureau (RGB)")]
    [InlineData("MuddyWater", "IR", "Ministry of Intelligence and Security (MOIS)")]
    public void Who_was_publicly_accused_is_known(string name, string country, string sponsor)
    {
        KnownGroup group = Knowledge.Group(Assert.Single(Knowledge.Find(name), n => n.Kind is KnownKind.Group).Id)!;

        Assert.Contains(group.Countries, c => c.Country == country && c.Origin is ClaimOrigin.Attack);
        Assert.Contains(group.Sponsors, s => s.Sponsor == sponsor && s.Country == country);
    }

    // What ATT&CK says speaks of victims, of languages or of doubts alone.
    [Theory]
    [InlineData("G0017")]
    [InlineData("G0021")]
    [InlineData("G0033")]
    [InlineData("G0041")]
    [InlineData("G0055")]
    [InlineData("G0099")]
    [InlineData("G1014")]
    [InlineData("G1019")]
    public void Victims_and_languages_are_no_origin(string id) =>
        Assert.DoesNotContain(Knowledge.Group(id)!.Countries, c => c.Origin is ClaimOrigin.Attack);

    [Fact]
    public void Claims_of_both_origins_agree_where_a_group_is_certainly_an_actor()
    {
        // Two collections that were made apart: where they differ on many groups, one of them is read wrongly.
        (string Id, string[] Attack, string[] Misp)[] both = [.. Knowledge.Groups
            .Select(g => (g.Id, Of(g, ClaimOrigin.Attack), Of(g, ClaimOrigin.MispGalaxy)))
            .Where(g => g.Item2.Length > 0 && g.Item3.Length > 0)];

        string[] different = [.. both.Where(g => !g.Attack.Contains(g.Misp[0])).Select(g => $"{g.Id}: {string.Join(',', g.Attack)} and {g.Misp[0]}")];
        Assert.True(both.Length > 40, $"{both.Length} groups");
        Assert.True(different.Length <= both.Length / 20, string.Join("; ", different));

        static string[] Of(KnownGroup group, ClaimOrigin origin) => [.. group.Countries.Where(c => c.Origin == origin).Select(c => c.Country)];
    }

    [Fact]
    public void Old_identifiers_lead_to_new_ones()
    {
        Assert.Equal("T1059.001", Knowledge.Technique("T1086")!.Id);
        Assert.Equal("T1003", Knowledge.Technique("T1003.001")!.Parent);
        Assert.False(Knowledge.Technique("T1595")!.Detectable);
        Assert.True(Knowledge.Technique("T1505.003")!.Detectable);
    }

    [Theory]
    [InlineData("cozy bear")]
    [InlineData("CozyBear")]
    [InlineData("COZY-BEAR")]
    [InlineData("g0016")]
    public void A_name_is_found_however_it_is_spelt(string text) => Assert.Contains(Knowledge.Find(text), n => n.Id == "G0016");

    [Fact]
    public void A_name_that_is_wrong_is_answered_with_the_nearest()
    {
        Assert.Empty(Knowledge.Find("Cozy Bare"));
        Assert.Equal("G0016", Knowledge.Nearest("Cozy Bare")[0].Id);
        Assert.Equal("G0032", Knowledge.Nearest("Lazarus")[0].Id);
        Assert.Empty(Knowledge.Nearest(""));
        Assert.All(new[] { "T1064", "TA0001", "CVE-2021-44229", "G9999" }, static id => Assert.DoesNotContain(Knowledge.Nearest(id), static near => near.Matched == near.Id || Knowledge.Successors.ContainsKey(near.Matched)));
    }

    [Theory]
    [InlineData("Medusa", "S1244")]
    [InlineData("Industroyer", "S1072")]
    [InlineData("Net", "S0033", "S0037", "S0056")]
    [InlineData("China Chopper")]
    public void Names_that_go_on_with_another_word_are_found(string name, params string[] ids)
    {
        KnownName own = Assert.Single(Knowledge.Find(name), static one => one.Kind is KnownKind.Software);

        Assert.Equal(ids, Knowledge.BeginningWith(own).Where(static one => one.Kind is KnownKind.Software).Select(static one => one.Id));
    }

    [Fact]
    public void Sources_are_dated()
    {
        Assert.True(Knowledge.Sources.Count(s => s.Published is not null) >= Knowledge.Sources.Count * 9 / 10);
        Assert.All(Knowledge.Sources, s => Assert.True(s.Publisher is null || s.Publisher.Length <= 80, s.Publisher));
        Assert.All(Knowledge.Sources, s => Assert.InRange(s.Published?.Year ?? 2020, 1995, 2025));
    }

    [Fact]
    [Trait("needs", "corpus")]
    public void Building_from_the_published_files_gives_the_committed_bytes()
    {
        Assert.SkipUnless(RepositoryRoot.HasShared, "the published files lie in ../shared, which is absent");
        var builder = new KnowledgeBuilder();
        foreach (string file in new[] { "enterprise-attack-18.1.json", "misp-threat-actor.json" })
        {
            using FileStream stream = File.OpenRead(Path.Combine(RepositoryRoot.Shared, "knowledge", file));
            builder.Add(file, stream);
        }

        Assert.Equal(Knowledge.Sha256, builder.Build().Sha256);
    }

    // Counted in the bundle by its own fields, without our reader.
    [Fact]
    [Trait("needs", "corpus")]
    public void Nothing_of_the_bundle_is_lost()
    {
        Assert.SkipUnless(RepositoryRoot.HasShared, "the published files lie in ../shared, which is absent");
        using JsonDocument bundle = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(RepositoryRoot.Shared, "knowledge", "enterprise-attack-18.1.json")));
        JsonElement[] live = [.. bundle.RootElement.GetProperty("objects").EnumerateArray().Where(o => !Flag(o, "revoked") && !Flag(o, "x_mitre_deprecated"))];
        JsonElement[] uses = [.. live.Where(o => Is(o, "relationship") && o.GetProperty("relationship_type").ValueEquals("uses")
            && o.GetProperty("source_ref").GetString()!.StartsWith("intrusion-set--", StringComparison.Ordinal))];

        Assert.Equal((172, 691, 784, 52), (Knowledge.Groups.Count, Knowledge.Techniques.Count, Knowledge.Software.Count, Knowledge.Campaigns.Count));
        Assert.Equal(live.Count(o => Is(o, "intrusion-set")), Knowledge.Groups.Count);
        Assert.Equal(live.Count(o => Is(o, "malware") || Is(o, "tool")), Knowledge.Software.Count);
        Assert.Equal(5466, uses.Length);
        Assert.Equal(uses.Length, Knowledge.Groups.Sum(g => g.Techniques.Length + g.Software.Length));

        // One source is spelt with and without a space at its end: 968 spellings of 967 sources.
        HashSet<string> cited = [.. uses.Where(o => o.TryGetProperty("external_references", out _))
            .SelectMany(o => o.GetProperty("external_references").EnumerateArray()).Select(r => r.GetProperty("source_name").GetString()!)];
        Assert.Equal(968, cited.Count);
        Assert.Equal(cited.Select(name => string.Join(' ', name.Split(' ', StringSplitOptions.RemoveEmptyEntries))).Distinct().Order(StringComparer.Ordinal), Knowledge.Groups.SelectMany(g => g.Techniques.Concat(g.Software))
            .SelectMany(r => r.Sources).Select(s => s.Name).Distinct().Order(StringComparer.Ordinal));

        static bool Flag(JsonElement o, string name) => o.TryGetProperty(name, out JsonElement value) && value.ValueKind is JsonValueKind.True;
        static bool Is(JsonElement o, string type) => o.GetProperty("type").ValueEquals(type);
    }

    [Fact]
    public void Groups_with_several_actors_stay_questions()
    {
        Assert.Equal(27, Knowledge.Questions.Count(q => q.Kind is QuestionKind.SeveralActors));
        Assert.Equal(112, Knowledge.Groups.Count(g => !g.ActorIds.IsEmpty));
        Assert.All(Knowledge.Questions, q => Assert.Empty(Knowledge.Group(q.GroupId)!.ActorIds));
    }

    [Fact]
    public void The_notice_that_the_licence_asks_for_is_kept()
    {
        Assert.Contains("The MITRE Corporation", Assert.Single(Knowledge.Origins, o => o.Origin is ClaimOrigin.Attack).Notice, StringComparison.Ordinal);
        foreach (string file in new[] { "NOTICE", "knowledge/README.md" })
        {
            string text = string.Join(' ', File.ReadAllText(Path.Combine(RepositoryRoot.Path, file), Encoding.UTF8).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
            Assert.Contains("2025 The MITRE Corporation. This work is reproduced and distributed with the permission of The MITRE Corporation.", text, StringComparison.Ordinal);
        }
    }
}
