using System.Text;
using Culprit.Sigma.Tests.Corpus;
using Culprit.Sigma.Tests.Reference;

namespace Culprit.Sigma.Tests.Semantics;

public sealed class LoadingTests
{
    private const string Good = "title: Good\nlogsource: {product: windows}\ndetection: {sel: x, condition: sel}\n";

    [Fact]
    public void A_broken_file_does_not_sink_the_others()
    {
        SigmaRuleSet loaded = SigmaRuleSet.Load(
        [
            Rules.Source("title: [", "a.yml"), Rules.Source(Good, "b.yml"), new SigmaSource("c.yml", new byte[] { 0xC3, 0x28 }), Rules.Source("detection: {}", "d.yml"),
        ]);
        Assert.Equal("b.yml", Assert.Single(loaded.Rules).Location.Path);
        Assert.Equal(3, loaded.RefusedCount);
        Assert.Equal(["a.yml", "c.yml", "d.yml"], loaded.Diagnostics.Where(d => d.Severity == SigmaSeverity.Error).Select(d => d.Location.Path).Distinct());
        Assert.Contains(loaded.Diagnostics, d => d.Code == "SIG0005");
    }

    [Fact]
    public void The_same_file_twice_is_read_once()
    {
        SigmaRuleSet loaded = SigmaRuleSet.Load([Rules.Source(Good, "b.yml"), Rules.Source(Good, "a.yml")]);
        Assert.Equal("a.yml", Assert.Single(loaded.Rules).Location.Path);
        SigmaDiagnostic remark = Assert.Single(loaded.Diagnostics);
        Assert.Equal(("SIG0101", "b.yml"), (remark.Code, remark.Location.Path));
        Assert.Equal(0, loaded.RefusedCount);
    }

    [Fact]
    public void A_byte_order_mark_and_windows_line_ends_change_nothing()
    {
        byte[] bytes = [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(Good.Replace("\n", "\r\n"))];
        SigmaRuleSet loaded = SigmaRuleSet.Load([new SigmaSource("a.yml", bytes)]);
        Assert.Equal("Good", Assert.Single(loaded.Rules).Title);
    }

    [Fact]
    public void Metadata_are_kept_as_written()
    {
        SigmaRule rule = Assert.Single(Rules.Load("""
            title: A title
            id: 11111111-1111-4111-8111-111111111111
            name: a_name
            related:
              - {id: 22222222-2222-4222-8222-222222222222, type: similar}
              - {id: 33333333-3333-4333-8333-333333333333, type: obsolete}
            status: test
            description: |
              Text.
            author: [one, two]
            references: https://example.org
            tags: [attack.t1059.001]
            falsepositives:
              - Unlikely
            fields: [CommandLine]
            level: Critical
            custom: {any: thing}
            logsource: {product: windows, service: security}
            detection: {sel: x, condition: sel}
            """).Rules);
        Assert.Equal(
            ("A title", "11111111-1111-4111-8111-111111111111", "a_name", "test", "Text.", "one, two", SigmaLevel.Critical),
            (rule.Title, rule.Id, rule.Name, rule.Status, rule.Description, rule.Author, rule.Level));
        Assert.Equal(["https://example.org"], rule.References);
        Assert.Equal(["22222222-2222-4222-8222-222222222222"], rule.Similar);
        Assert.Equal(["attack.t1059.001"], rule.Tags);
        Assert.Equal(["Unlikely"], rule.FalsePositives);
        Assert.Equal(["CommandLine"], rule.Fields);
        Assert.Equal(new SigmaLogSource("windows", "", "security"), rule.LogSource);
        Assert.Equal((1, 1), (rule.Location.Line, rule.Location.Column));
    }

    [Fact]
    public void Collections_share_what_is_global()
    {
        SigmaRuleSet loaded = Rules.Load("""
            action: global
            title: Shared
            logsource: {product: windows}
            detection: {condition: sel}
            ---
            logsource: {service: security}
            detection: {sel: {EventID: 1}}
            ---
            action: repeat
            logsource: {service: system}
            ---
            action: reset
            ---
            title: Own
            logsource: {product: linux}
            detection: {sel: x, condition: sel}
            """);
        Assert.Equal(0, loaded.RefusedCount);
        Assert.Equal(
            ["Shared windows security", "Shared windows system", "Own linux "],
            loaded.Rules.Select(r => $"{r.Title} {r.LogSource.Product} {r.LogSource.Service}"));
    }

    [Fact]
    [Trait("needs", "corpus")]
    public void The_order_of_files_changes_nothing()
    {
        PublicRules.SkipUnlessThere();
        SigmaSource[] shuffled = [.. PublicRules.Sources];
        new Random(7).Shuffle(shuffled);
        Assert.Equal(Bytes(PublicRules.Loaded), Bytes(SigmaRuleSet.Load(shuffled)));
    }

    // The specification's own examples of documents.
    [Fact]
    [Trait("needs", "corpus")]
    public void The_examples_of_the_specification_load()
    {
        PublicRules.SkipUnlessThere();
        string folder = Path.Combine(TestSupport.RepositoryRoot.Shared, "specs", "sigma", "examples");
        SigmaSource[] examples = [.. Directory.EnumerateFiles(folder, "*.yml").Select(f => new SigmaSource(Path.GetFileName(f), File.ReadAllBytes(f)))];

        // The rules that they refer to are not among them.
        string[] names = ["5638f7c0-ac70-491d-8465-2a65075e0d86", "recon_cmd_a", "recon_cmd_b", "recon_cmd_c", "rule_a_id", "process_creation", "website_access", "6f3e2987-db24-4c78-a860-b4f4095a7095", "df0841c0-9846-4e9f-ad8a-7df91571771b"];
        IEnumerable<SigmaSource> referred = names.Select(n =>
            Rules.Source($"title: {n}\nname: {n}\nlogsource: {{category: process_creation, product: windows, service: dns}}\ndetection: {{sel: x, condition: sel}}\n", $"{n}.yml"));
        SigmaRuleSet loaded = SigmaRuleSet.Load([.. examples, .. referred]);
        Assert.Equal(0, loaded.RefusedCount);
        Assert.Equal(8, loaded.Correlations.Length);
        Assert.Equal(1, loaded.FilterCount);
        Assert.Equal(names.Length + 2, loaded.Rules.Length);
    }

    private static byte[] Bytes(SigmaRuleSet rules)
    {
        var stream = new MemoryStream();
        rules.WriteCache(stream);
        return stream.ToArray();
    }
}
