using System.Collections.Immutable;
using Culprit.Events;
using Culprit.Evidence;
using Culprit.Findings;
using Culprit.Incidents;
using Culprit.Primitives;

namespace Culprit.Dossier.Tests.MadeUp;

/// <summary>A case in which every text is hostile, each by another payload.</summary>
internal sealed class Hostile
{
    private readonly EventTime _time = new(MadeUpCases.Start.Ticks, TimeCertainty.ZoneAssumed);
    private int _next;

    /// <summary>The case; each payload stands in it at least once, as the value of a field that is shown whole.</summary>
    public DossierInput Input()
    {
        ImmutableArray<IncidentEvent> events = [.. Enumerable.Range(0, Payloads.All.Length).Select(Event)];
        RuleInfo rule = IncidentMaker.Rule(T(), T(), T());
        IncidentStory story = new()
        {
            Entry = [S()],
            Told = [.. Payloads.All.Select((payload, i) => new Statement(payload, i % 2 == 0, [i]))],
            HostsFallen = [new HostFall(T(), _time, S()), new HostFall(events[0].Host, _time, S())],
            AccountsUsed = [new AccountUse(T(), _time, S())],
            Movements = [new Movement(T(), T(), T(), T(), _time, [1]), new Movement(T(), T(), T(), T(), _time, [2])],
            Processes = [new ProcessTree(T(), T(), T(), T(), _time, [3], [new ProcessTree(T(), T(), "", T(), _time, [4], [])])],
            Tools = [new NamedTool(T(), T(), S()), new NamedTool("ntdsutil " + T(), T(), S())],
            Channels = [new CommandChannel(T(), S(), _time, _time)],
            Taken = [new TakenData(T(), T(), TakenState.Taken, _time, 1, 2, S()), new TakenData(T(), T(), TakenState.Staged, _time, null, null, S())],
            Hidden = [S()],
            Returned = [new Statement(T(), false, [5])],
            Limits = [new Limit(T(), T())],
            Benign = [new BenignExplanation(T(), [S()], [S()], S())],
            Indicators = [new IncidentIndicator(T(), T(), [6]), new IncidentIndicator("service", T(), [7]), new IncidentIndicator("url-path", T(), [8])],
        };
        var incident = new Incident
        {
            Number = 1,
            Severity = IncidentSeverity.High,
            Score = 1,
            Reasons = [new IncidentReason(T(), 1), new IncidentReason(T(), -1)],
            First = _time,
            Last = _time,
            Hosts = [new IncidentHost(T(), _time, _time, 1)],
            Accounts = [new IncidentName(T(), _time, 1)],
            Addresses = [new IncidentName(T(), _time, 1)],
            Phases = [new IncidentPhase(T(), _time, _time, [T(), "T1190", "T1505.003", "T1543.003"], 1), new IncidentPhase("persistence", _time, _time, ["T1543.003"], 1)],
            Rules = [new IncidentRule(rule, _time, 1)],
            Joins = [new IncidentJoin(T(), 1)],
            Findings = [0, 1],
            Events = events,
            Story = story,
        };
        return new DossierInput
        {
            CaseName = "</title><script>window.__ran=1</script>" + T(),
            CaseId = T(),
            Created = _time,
            ToolVersion = T(),
            RulesHash = T(),
            CustodyHead = T(),
            SignerFingerprint = T(),
            Sources = [new DossierSource { Path = T(), Format = T(), Size = 1, Sha256 = T(), Records = 1, RecordsBad = 1, RecordsRecovered = 1, Hosts = [T(), T()], First = _time, Last = _time, TimeAssumption = T(), NotReadReason = T(), Problems = [T(), T()] }],
            Incidents = [new DossierIncident(incident, [new DossierFinding(0, rule)]) { Assessment = MadeUpAssessment.Renamed(MadeUpAssessment.Named(T, 1, 2, 3), T) }, new DossierIncident(incident with { Number = 2, Story = null, Events = [] }, [])],
            Notes = [T(), T()],
            Redacted = [T()],
        };
    }

    private IncidentEvent Event(int number) => new()
    {
        Number = number,
        Kind = RecordKind.WindowsEvent,
        Time = new EventTime(_time.UtcTicks + (number * TimeSpan.TicksPerMinute), TimeCertainty.DateAssumed),
        Host = Payloads.All[number % 11],
        Account = T(),
        Channel = T(),
        Provider = T(),
        EventId = 1,
        RecordId = 1,
        Recovered = true,
        Fields = [new EventField(T(), Payloads.All[number]), new EventField("null", null)],
        Places = [new CitedPlace(T(), T(), 1, 1, 1)],
        Identity = T(),
        Machine = Payloads.All[number % 11],
        Findings = [0],
        Rules = [T()],
        Level = FindingLevel.High,
        Techniques = [new EventTechnique(T(), T(), T())],
        Why = T(),
        Summary = T(),
    };

    private string T() => Payloads.All[_next++ % Payloads.All.Length];

    private Statement S() => new(T(), IsJudgement: _next % 2 == 0, [_next % 50]);
}
