using System.Text;
using System.Text.Json;
using Culprit.Evidence;
using Culprit.Findings;

namespace Culprit.Tests.Findings;

public sealed class InvestigationTests : IDisposable
{
    private const string Rule = """
        title: {0} process
        id: {1}
        level: {2}
        logsource:
            category: process_creation
            product: windows
        detection:
            selection:
                CommandLine|contains: '{0}'
            condition: selection
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("culprit-findings-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Findings_that_are_spilled_are_the_same_findings()
    {
        string log = Log(Enumerable.Range(0, 3000).Select(static i => ("PC-" + (i % 7), i, $"evil {new string('x', i % 300)}")));
        RuleCatalog rules = Catalog(("evil", "high"), ("xxx", "low"));

        Finding[] kept = Run(log, rules, budget: 1 << 30, spills: []);
        List<MemoryStream> spills = [];
        Finding[] spilled = Run(log, rules, budget: 1, spills);

        Assert.Single(spills);
        Assert.NotEmpty(spills[0].ToArray());
        Assert.Equal(kept.Select(Text), spilled.Select(Text));
        Assert.InRange(kept.Length, 3001, 6000);
        Assert.Equal(kept.Select(Text), kept.OrderBy(static f => f.Time.UtcTicks).ThenBy(static f => f.Host, StringComparer.Ordinal).ThenBy(static f => f.RecordId).Select(Text));
    }

    [Fact]
    public void The_summary_adds_up_to_the_findings()
    {
        string log = Log([("PC-1", 1, "evil"), ("PC-1", 2, "evil worse"), ("PC-2", 3, "worse")]);
        RuleCatalog rules = Catalog(("evil", "high"), ("worse", "critical"));
        var builder = new FindingsSummaryBuilder();
        foreach (Finding finding in Run(log, rules, budget: 1 << 20, spills: []))
        {
            builder.Add(finding);
        }

        FindingsSummary summary = builder.ToSummary();

        Assert.Equal(4, summary.Count);
        Assert.Equal([0, 0, 0, 2, 2], summary.CountByLevel);
        Assert.Equal([("worse process", 2), ("evil process", 2)], summary.Rules.Select(static r => (r.Rule.Title, r.Count)));
        Assert.Equal(["PC-1", "PC-2"], summary.Rules[0].Hosts);
        Assert.Equal([("PC-1", 3), ("PC-2", 1)], summary.Hosts.Select(static h => (h.Host, h.Count)));
        Assert.Equal(["worse process", "evil process"], summary.LookAtFirst(5, static _ => false).Select(static f => f.Rule.Title));
        Assert.Equal(1, summary.First.Utc.Minute);
        Assert.Equal(3, summary.Last.Utc.Minute);
    }

    // One rule for whatever antivirus names: an old alert of no interest is the first of its findings.
    [Fact]
    public void Each_name_that_antivirus_gives_is_told_and_those_that_tell_who_come_first()
    {
        string log = Log([("PC-1", 1, "evil a"), ("PC-1", 2, "evil worse"), ("PC-2", 3, "evil b"), ("PC-2", 4, "evil c"), ("PC-2", 5, "evil d"), ("PC-2", 6, "evil e"), ("PC-3", 7, "evil e")]);
        var builder = new FindingsSummaryBuilder();
        foreach (Finding finding in Run(log, Catalog(("evil", "high"), ("worse", "high")), budget: 1 << 20, spills: []))
        {
            string command = finding.Matched[0].Value;
            builder.Add(finding.Rule.Title == "evil process" && command != "evil worse" ? finding with { Matched = [new MatchedValue("name", "Threat Name", command, "is any")] } : finding);
        }

        FindingsSummary summary = builder.ToSummary();

        Assert.Equal([("evil e", 2), ("", 1), ("evil a", 1), ("evil b", 1), ("evil c", 1), ("evil d", 1), ("", 1)], summary.Rules.Select(static r => (r.Threat, r.Count)));
        Assert.Equal(
            ["evil e", "evil a", "evil worse", "evil worse", "evil b"],
            summary.LookAtFirst(8, static name => name == "evil e").Select(static f => f.Matched[0].Value));
    }

    [Fact]
    public void A_value_that_is_very_long_is_cut_and_says_so()
    {
        string log = Log([("PC-1", 1, "evil " + new string('y', 10_000))]);

        Finding finding = Assert.Single(Run(log, Catalog(("evil", "high")), budget: 1 << 20, spills: []));

        Assert.Equal("evil " + new string('y', MatchedValue.MaxLength - 5) + $"... [{10_005 - MatchedValue.MaxLength} more characters]", finding.Matched[0].Value);
    }

    [Fact]
    public void Rules_below_the_level_are_judged_only_where_a_correlation_needs_them()
    {
        string correlation = """
            title: Twice evil
            id: 99999999-0000-4000-8000-000000000000
            level: critical
            correlation:
                type: event_count
                rules: [evil]
                timespan: 1h
                condition:
                    gte: 2
            """;
        string evil = string.Format(Rule, "evil", Guid.NewGuid(), "low") + "\nname: evil\n";
        RuleCatalog rules = RuleCatalog.Load(
            [File("a", evil), File("b", correlation), File("c", string.Format(Rule, "other", Guid.NewGuid(), "low"))], logSources: null, "test", cache: null);
        string log = Log([("PC-1", 1, "evil other"), ("PC-1", 2, "evil")]);

        Finding finding = Assert.Single(Run(log, rules.AtLeast(FindingLevel.High), budget: 1 << 20, spills: []));

        Assert.Equal("Twice evil", finding.Rule.Title);
        Assert.Equal([1L, 2L], finding.Events.Select(static e => e.RecordId));
    }

    [Fact]
    public void The_content_hash_names_the_rules_whatever_their_paths()
    {
        RuleFile a = File("a.yml", string.Format(Rule, "a", Guid.Empty, "low")), b = File("b.yml", string.Format(Rule, "b", Guid.Empty, "low"));

        string hash = Hash(a, b);

        Assert.Equal(hash, Hash(b with { Path = "elsewhere/1.yml" }, a));
        Assert.NotEqual(hash, Hash(a));
        Assert.NotEqual(hash, Hash(a, b with { Content = a.Content }));
    }

    private static string Hash(params RuleFile[] files) => RuleCatalog.Load(files, logSources: null, "test", cache: null).ContentHash;

    private static RuleCatalog Catalog(params (string Word, string Level)[] rules) => RuleCatalog.Load(
        [.. rules.Select(static r => File(r.Word, string.Format(Rule, r.Word, Guid.NewGuid(), r.Level)))], logSources: null, "test", cache: null);

    private static RuleFile File(string path, string text) => new(path, Encoding.UTF8.GetBytes(text));

    private static Finding[] Run(string log, RuleCatalog rules, long budget, List<MemoryStream> spills)
    {
        using InvestigationResult result = Investigation.Run(
            new InvestigationRequest
            {
                Files = EvidenceFiles.Find([log], new EvidenceOptions(), CancellationToken.None),
                Rules = rules,
                Evidence = new EvidenceOptions { Threads = 2 },
                MemoryBudget = budget,
                CreateSpill = () =>
                {
                    var spill = new MemoryStream();
                    spills.Add(spill);
                    return spill;
                },
            },
            progress: null,
            CancellationToken.None);
        return [.. result.Findings()];
    }

    private static string Text(Finding f) =>
        string.Join('|', f.Time.UtcTicks, f.Host, f.RecordId, f.Rule.Title, f.PlaceCount, f.Places[0].Offset, string.Join(';', f.Matched));

    private string Log(IEnumerable<(string Host, int Number, string CommandLine)> events)
    {
        string path = Path.Combine(_folder, "log.jsonl");
        System.IO.File.WriteAllLines(path, events.Select(static e => JsonSerializer.Serialize(new
        {
            Event = new
            {
                System = new
                {
                    Provider = new Dictionary<string, object> { ["#attributes"] = new { Name = "Microsoft-Windows-Sysmon" } },
                    EventID = 1,
                    TimeCreated = new Dictionary<string, object> { ["#attributes"] = new { SystemTime = new DateTime(2024, 3, 1, 12, 0, 0, DateTimeKind.Utc).AddMinutes(e.Number % 60) } },
                    EventRecordID = e.Number,
                    Channel = "Microsoft-Windows-Sysmon/Operational",
                    Computer = e.Host,
                },
                EventData = new { Image = "C:\\x.exe", e.CommandLine },
            },
        })));
        return path;
    }
}
