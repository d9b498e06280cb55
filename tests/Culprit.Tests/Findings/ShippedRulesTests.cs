using System.Text.Json;
using System.Text.RegularExpressions;
using Culprit.Sigma;
using Culprit.TestSupport;

namespace Culprit.Tests.Findings;

/// <summary>The rules that ship: each loads cleanly, says where its fact comes from, and does what its test says.</summary>
public sealed partial class ShippedRulesTests
{
    private static readonly string RuleFolder = Path.Combine(RepositoryRoot.Path, "rules");
    private static readonly string CaseFolder = Path.Combine(RepositoryRoot.Path, "tests", "Data", "Rules");
    private static readonly Lazy<SigmaRuleSet> LazyRules = new(() => SigmaRuleSet.Load(
        Files(RuleFolder).Select(file => new SigmaSource(file, File.ReadAllBytes(Path.Combine(RuleFolder, file))))));

    private static readonly Lazy<SigmaEngine> LazyEngine = new(() => SigmaEngine.Compile(Rules, LogSourceMap.Default));

    // A tag is what every match shows, and counts as an observation of its own when it is asked who did it. What malware does is not told by its
    // being found, which of many commands ran each record tells by itself, and some things are grave whichever of several techniques they are.
    private static readonly string[] WithoutTechnique =
    [
        "windows/antivirus/malware_found_by_other_maker.yml", "windows/correlation/burst_of_discovery_commands.yml", "windows/network_connection/program_without_network_task_connects_outside.yml", "windows/process_creation/built_in_discovery_command.yml",
        "windows/process_creation/directory_searched_with_adfind.yml", "windows/process_creation/ftp_with_script_of_commands.yml", "windows/process_creation/mimikatz_command_words.yml",
        "windows/process_creation/program_of_a_person_runs_as_system.yml",
        "windows/windefend/intruder_tool_found.yml", "windows/windefend/malware_found.yml", "windows/windefend/threat_found_in_server_folder.yml",
    ];

    public static TheoryData<string> RuleFiles => [.. Files(RuleFolder)];

    private static SigmaRuleSet Rules => LazyRules.Value;

    private static IEnumerable<SigmaDocument> Documents => [.. Rules.Rules, .. Rules.Correlations];

    [Fact]
    public void EveryRuleLoadsWithoutAnyDiagnostic() => Assert.Empty(Rules.Diagnostics);

    [Fact]
    public void ThereAreEnoughOfThem() => Assert.True(Documents.Count(IsMain) >= 80, $"{Documents.Count(IsMain)} rules");

    [Fact]
    public void IdsAndTitlesAreUnique()
    {
        Assert.Empty(Repeated(Documents.Select(d => d.Id)));
        Assert.Empty(Repeated(Documents.Select(d => d.Title)));
        Assert.All(Documents, d => Assert.True(Guid.TryParse(d.Id, out _), $"{d.Location.Path}: {d.Id}"));
    }

    [Fact]
    public void EveryRuleSaysWhatAReaderNeeds() => Assert.All(Documents, d =>
    {
        Assert.NotEmpty(d.References);
        Assert.All(d.References, r => Assert.True(Uri.TryCreate(r, UriKind.Absolute, out _), r));
        Assert.NotEmpty(d.FalsePositives);
        Assert.Equal("The Culprit developers", d.Author);
        Assert.Equal(!WithoutTechnique.Contains(d.Location.Path), d.Tags.Any(t => TechniqueTag().IsMatch(t)));
        Assert.True(IsMain(d) ? d.Description.Length >= 80 : d.Description.Length > 0, $"{d.Location.Path}: {d.Description}");
        Assert.Matches(FileName(), Path.GetFileName(d.Location.Path));
    });

    [Fact]
    public void EveryRuleHasATestAndEveryTestARule() => Assert.Equal(Files(RuleFolder), Files(CaseFolder));

    [Fact]
    [Trait("needs", "corpus")]
    public void TagsNameTechniquesAndTacticsThatAttackKnows()
    {
        Assert.SkipUnless(RepositoryRoot.HasShared, "ATT&CK is not beside the repository");
        Dictionary<string, IReadOnlyList<string>> attack = Attack();
        Assert.All(Documents, d =>
        {
            string[] ids = [.. d.Tags.Where(t => IdTag().IsMatch(t)).Select(t => t["attack.".Length..].ToUpperInvariant())];
            Assert.All(ids, id => Assert.True(attack.ContainsKey(id), $"{d.Location.Path}: {id} is not in ATT&CK, or is no longer"));
            string[] tactics = [.. d.Tags.Where(t => t.StartsWith("attack.", StringComparison.Ordinal) && !IdTag().IsMatch(t)).Select(t => t["attack.".Length..])];
            Assert.All(WithoutTechnique.Contains(d.Location.Path) ? [] : tactics, tactic => Assert.True(ids.Any(id => attack[id].Contains(tactic, StringComparer.Ordinal)), $"{d.Location.Path}: no technique of {tactic}"));
            Assert.All(ids.Where(id => id[0] == 'T'), id => Assert.True(attack[id].Intersect(tactics, StringComparer.Ordinal).Any(), $"{d.Location.Path}: no tactic of {id}"));
        });
    }

    [Theory]
    [MemberData(nameof(RuleFiles))]
    public void EveryRuleFindsWhatItShouldAndNothingElse(string file)
    {
        var test = ShippedRuleCase.Read(Path.Combine(CaseFolder, file));
        Assert.NotEmpty(test.Positive);
        Assert.NotEmpty(test.Negative);
        SigmaDocument rule = Assert.Single(Documents, d => string.Equals(d.Id, test.RuleId, StringComparison.OrdinalIgnoreCase));
        Assert.Equal(file, rule.Location.Path);
        Assert.True(IsMain(rule), "The test names a document that only serves another");
        if (rule is SigmaCorrelation correlation)
        {
            Assert.NotEmpty(Correlate(correlation, test.Positive));
            Assert.Empty(Correlate(correlation, test.Negative));
            return;
        }

        var detection = (SigmaRule)rule;
        Assert.All(test.Positive, e => Assert.True(Matches(detection, e), $"positive {e.Index + 1} is not found"));
        Assert.All(test.Negative, e => Assert.True(IsOfItsLogSource(detection, e), $"negative {e.Index + 1} is of another log source, so it tests nothing"));
        Assert.All(test.Negative, e => Assert.False(Matches(detection, e), $"negative {e.Index + 1} is found"));
    }

    private static bool Matches(SigmaRule rule, ShippedRuleEvent e) =>
        LazyEngine.Value.CreateSession().Match(e.Route, in e).Contains(Rules.Rules.IndexOf(rule));

    private static bool IsOfItsLogSource(SigmaRule rule, ShippedRuleEvent e) =>
        LogSourceMap.Default.Resolve(rule.LogSource).Any(b => b.Accepts(e.Route));

    private static IEnumerable<SigmaCorrelationMatch> Correlate(SigmaCorrelation correlation, IReadOnlyList<ShippedRuleEvent> events)
    {
        var correlator = new SigmaCorrelator(Rules);
        SigmaSession session = LazyEngine.Value.CreateSession();
        foreach (ShippedRuleEvent e in events)
        {
            foreach (int rule in session.Match(e.Route, in e))
            {
                string?[] values = [.. correlator.FieldsNeeded(rule).Select(field => LazyEngine.Value.FieldText(rule, e.Route, in e, field))];
                correlator.Add(rule, e.Time.UtcTicks, e.Index, values);
            }
        }

        return correlator.Complete().Where(m => Rules.Correlations[m.CorrelationIndex] == correlation);
    }

    // The first document of a file is the rule; further ones only serve a correlation.
    private static bool IsMain(SigmaDocument document) => document.Location.Line == 1;

    private static IEnumerable<string> Repeated(IEnumerable<string> values) =>
        values.GroupBy(v => v, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1).Select(g => g.Key);

    private static string[] Files(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "*.yml", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal),
    ];

    // Technique -> its tactics; groups and software -> nothing. What is revoked or deprecated is left out.
    private static Dictionary<string, IReadOnlyList<string>> Attack()
    {
        using FileStream stream = File.OpenRead(Path.Combine(RepositoryRoot.Shared, "knowledge", "enterprise-attack-18.1.json"));
        using var bundle = JsonDocument.Parse(stream);
        var known = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (JsonElement item in bundle.RootElement.GetProperty("objects").EnumerateArray())
        {
            if (IsTrue(item, "revoked") || IsTrue(item, "x_mitre_deprecated") || !item.TryGetProperty("external_references", out JsonElement references))
            {
                continue;
            }

            JsonElement first = references.EnumerateArray().FirstOrDefault();
            if (first.ValueKind == JsonValueKind.Object && first.TryGetProperty("external_id", out JsonElement id))
            {
                known[id.GetString()!] = item.TryGetProperty("kill_chain_phases", out JsonElement phases)
                    ? [.. phases.EnumerateArray().Select(p => p.GetProperty("phase_name").GetString()!)]
                    : [];
            }
        }

        return known;
    }

    private static bool IsTrue(JsonElement item, string name) => item.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.True;

    [GeneratedRegex(@"^attack\.t\d{4}(\.\d{3})?$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex TechniqueTag();

    [GeneratedRegex(@"^attack\.[tgs]\d{4}(\.\d{3})?$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex IdTag();

    [GeneratedRegex(@"^[a-z0-9_]{10,66}\.yml$", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex FileName();
}
