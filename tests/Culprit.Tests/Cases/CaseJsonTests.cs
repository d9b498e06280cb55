using System.Text.Json;
using Culprit.Cases.Storage;
using Culprit.Evidence;
using Culprit.Events;
using Culprit.Findings;
using Culprit.Incidents;
using Culprit.Knowledge;
using Culprit.Primitives;

namespace Culprit.Tests.Cases;

public sealed class CaseJsonTests
{
    private static readonly EventTime Time = new(637291872030000001, TimeCertainty.ZoneAssumed);

    [Fact]
    public void An_incident_comes_back_with_its_events_and_its_story()
    {
        var rule = new RuleInfo
        {
            Id = "id",
            Name = "name",
            Title = "title",
            Level = FindingLevel.High,
            IsCorrelation = false,
            Status = "test",
            Description = "d",
            Author = "a",
            LogSource = "windows/process_creation",
            Attack = AttackReferences.Parse(["attack.execution", "attack.t1059.001", "attack.g0096"]),
            References = ["r"],
            FalsePositives = ["f"],
            Path = "p.yml",
            Line = 3,
        };
        var statement = new Statement("It began. \u202e<b>\u0000", IsJudgement: true, [0]);
        ProcessTree tree = Tree(statement, depth: 300);
        var incident = new Incident
        {
            Number = 1,
            Severity = IncidentSeverity.Critical,
            Score = 31.25,
            Reasons = [new IncidentReason("why", -0.1)],
            First = Time,
            Last = EventTime.Unknown,
            Hosts = [new IncidentHost("PC", Time, Time, 2)],
            Accounts = [new IncidentName("anna", Time, 1)],
            Addresses = [],
            Phases = [new IncidentPhase("execution", Time, Time, ["T1059"], 2)],
            Rules = [new IncidentRule(rule, Time, 2)],
            Joins = [new IncidentJoin("the same process", 1)],
            Findings = [0, 7],
            Events =
            [
                new IncidentEvent
                {
                    Number = 0, Kind = RecordKind.WebRequest, Time = Time, Host = "PC", Account = "anna", Channel = "c", Provider = "p", EventId = 1, RecordId = -1,
                    Recovered = true, Fields = [new EventField("a", null), new EventField("a", "b\"\\\n")], Places = [new CitedPlace("x", "00", 1L << 40, 2, 3)],
                    Identity = new string('a', 32), Findings = [0], Machine = "PC.example", Why = "why", Summary = "what",
                    Rules = ["r"], Level = FindingLevel.High, Techniques = [new EventTechnique("execution", "T1059", "r")],
                },
            ],
            Story = new IncidentStory
            {
                Entry = [statement],
                Told = [statement],
                HostsFallen = [new HostFall("PC", Time, statement)],
                AccountsUsed = [new AccountUse("anna", Time, statement)],
                Movements = [new Movement("a", "b", "anna", "SMB", Time, [0])],
                Processes = [tree],
                Tools = [new NamedTool("t", "tool", statement)],
                Channels = [new CommandChannel("1.2.3.4", statement, Time, Time)],
                Taken = [new TakenData("x", "PC", TakenState.Taken, Time, 5, null, statement)],
                Hidden = [],
                Returned = [statement],
                Limits = [new Limit("q", "w")],
                Benign = [new BenignExplanation("e", [statement], [], statement)],
                Indicators = [new IncidentIndicator("ipv4", "1.2.3.4", [0])],
            },
        };

        string json = JsonSerializer.Serialize(incident, CaseJson.Lines.Incident);
        Incident back = JsonSerializer.Deserialize(json, CaseJson.Default.Incident)!;

        Assert.Equal(json, JsonSerializer.Serialize(back, CaseJson.Lines.Incident));
        Assert.Equivalent(incident with { Story = null }, back with { Story = null }, strict: true);
        Assert.Equivalent(incident.Story with { Processes = [] }, back.Story! with { Processes = [] }, strict: true);
        Assert.Equal(300, Depth(back.Story!.Processes[0]));
        Assert.DoesNotContain('\n', json);
    }

    [Fact]
    public void Sources_of_findings_come_back_with_their_archives()
    {
        var outer = new EvidenceSource("a.zip", container: null) { Length = 9, Format = "zip", Sha256 = "01" };
        var inner = new EvidenceSource("a.zip!/b.evtx", outer) { Length = 5, Format = "evtx", Sha256 = "02" };
        var rule = RuleCatalogOfOne().Rules[0];
        var finding = new Finding
        {
            Rule = rule,
            Time = Time,
            LastTime = Time,
            Host = "",
            Account = "",
            Channel = "",
            Provider = "",
            EventId = 0,
            RecordId = 1,
            Matched = [],
            Clues = [new EventClue(ClueKind.Session, "", ulong.MaxValue)],
            Places = [new EvidencePlace(inner, 1, 2, 3), new EvidencePlace(inner, 4, 5, 6)],
            PlaceCount = 2,
        };
        CaseJson json = CaseJson.WithSources(_ => rule);

        Finding back = JsonSerializer.Deserialize(JsonSerializer.Serialize(finding, json.Finding), json.Finding)!;

        Assert.Same(rule, back.Rule);
        Assert.Same(back.Places[0].Source, back.Places[1].Source);
        Assert.Equal(("a.zip!/b.evtx", "02", 5L, "evtx", "a.zip"), (back.Places[0].Source.Path, back.Places[0].Source.Sha256, back.Places[0].Source.Length, back.Places[0].Source.Format, back.Places[0].Source.Container?.Path));
        Assert.Equal(finding.Clues, back.Clues.AsEnumerable());
        Assert.Equal(Time, back.Time);
    }

    [Fact]
    public void Kinds_of_indicators_are_kept_in_the_words_of_findings()
    {
        foreach (IndicatorKind kind in Enum.GetValues<IndicatorKind>())
        {
            RuleInfo rule = RuleCatalogOfOne().Rules[0] with { Indicator = new IndicatorInfo(kind, "v", "l", [], [], null, null, null, 1) };
            string json = JsonSerializer.Serialize(rule, CaseJson.Lines.RuleInfo), word = $"\"kind\":\"{IndicatorWords.Of(kind)}\"";

            Assert.Contains(word, json, StringComparison.Ordinal);
            Assert.Equal(kind, JsonSerializer.Deserialize(json, CaseJson.Default.RuleInfo)!.Indicator!.Kind);
            foreach (string other in new[] { "\"kind\":\"host\"", "\"kind\":1" })
            {
                Assert.Throws<JsonException>(() => JsonSerializer.Deserialize(json.Replace(word, other, StringComparison.Ordinal), CaseJson.Default.RuleInfo));
            }
        }
    }

    private static RuleCatalog RuleCatalogOfOne() => CaseFolder.Rules();

    private static ProcessTree Tree(Statement statement, int depth)
    {
        var tree = new ProcessTree("PC", "cmd.exe", statement.Text, "anna", Time, [0], []);
        for (int i = 1; i < depth; i++)
        {
            tree = tree with { Children = [tree] };
        }

        return tree;
    }

    private static int Depth(ProcessTree tree)
    {
        int depth = 1;
        for (; !tree.Children.IsEmpty; tree = tree.Children[0])
        {
            depth++;
        }

        return depth;
    }
}
