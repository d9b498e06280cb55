using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Culprit.Events;
using Culprit.Evidence;
using Culprit.Findings;
using Culprit.Incidents;
using Culprit.Primitives;

namespace Culprit.Dossier.Tests.MadeUp;

/// <summary>Gathers made-up events and findings; times are minutes from a start, and everything else follows from what is said.</summary>
internal sealed class IncidentMaker
{
    private readonly List<IncidentEvent> _events = [];
    private readonly List<DossierFinding> _findings = [];
    private readonly DateTime _start;

    public IncidentMaker(DateTime start) => _start = start;

    public IReadOnlyList<IncidentEvent> Events => _events;

    public ImmutableArray<DossierFinding> Findings => [.. _findings];

    public EventTime At(double minutes, TimeCertainty certainty = TimeCertainty.Exact) =>
        certainty is TimeCertainty.Unknown ? EventTime.Unknown : new EventTime(_start.AddTicks((long)(minutes * TimeSpan.TicksPerMinute)).Ticks, certainty);

    /// <summary>A Windows event; its number, by which statements cite it.</summary>
    public int Windows(
        double minutes, string host, string account, int eventId, string summary, (string Rule, string Tactic, string Technique)? found = null, params (string Name, string? Value)[] fields)
    {
        (string channel, string provider) = eventId is < 100 and > 0
            ? ("Microsoft-Windows-Sysmon/Operational", "Microsoft-Windows-Sysmon")
            : eventId is 104 or 7045 ? ("System", "Microsoft-Windows-Eventlog") : ("Security", "Microsoft-Windows-Security-Auditing");
        string file = channel.Split('/')[0].Replace("Microsoft-Windows-", "", StringComparison.Ordinal);
        return Add(RecordKind.WindowsEvent, minutes, TimeCertainty.Exact, host, account, channel, provider, eventId, $"evtx/{host}/{file}.evtx", summary, found,
            [("EventID", eventId.ToString()), ("Computer", host + ".institute.example"), ("Channel", channel), .. fields]);
    }

    /// <summary>A line of the web log.</summary>
    public int Web(double minutes, string address, string method, string path, int status, string summary, (string Rule, string Tactic, string Technique)? found = null) =>
        Add(RecordKind.WebRequest, minutes, TimeCertainty.Exact, "web-01", "", "", "", 0, "iis/web-01/W3SVC1/u_ex200206.log", summary, found,
            [("s-computername", "web-01"), ("c-ip", address), ("cs-method", method), ("cs-uri-stem", path), ("sc-status", status.ToString()), ("cs-user-agent", "Mozilla/5.0+(Windows+NT+6.1)")]);

    public int Add(
        RecordKind kind, double minutes, TimeCertainty certainty, string host, string account, string channel, string provider, int eventId, string path, string summary,
        (string Rule, string Tactic, string Technique)? found, ImmutableArray<(string Name, string? Value)> fields)
    {
        int number = _events.Count;
        ImmutableArray<int> findings = [];
        if (found is var (rule, tactic, technique))
        {
            findings = [1000 + _findings.Count];
            _findings.Add(new DossierFinding(findings[0], Rule(rule, tactic, technique)));
        }

        _events.Add(new IncidentEvent
        {
            Number = number,
            Kind = kind,
            Time = At(minutes, certainty),
            Host = host,
            Account = account,
            Channel = channel,
            Provider = provider,
            EventId = eventId,
            RecordId = 5000 + (number * 7),
            Recovered = number % 97 == 96,
            Fields = [.. fields.Select(f => new EventField(f.Name, f.Value))],
            Places = [new CitedPlace(path, Hash(path), 4096 + (number * 1312L), 1000 + (number % 300), 5000 + (number * 7))],
            Identity = Hash($"{path}#{number}")[..32],
            Findings = findings,
            Rules = findings.IsEmpty ? [] : ["Made up rule"],
            Level = findings.IsEmpty ? null : FindingLevel.High,
            Techniques = [],
            Why = findings.IsEmpty ? "It happened in the same logon session as a finding." : "A rule found it.",
            Summary = summary,
        });
        return number;
    }

    public static RuleInfo Rule(string title, string tactic, string technique) => new()
    {
        Id = Hash(title)[..8],
        Name = "",
        Title = title,
        Level = FindingLevel.High,
        IsCorrelation = false,
        Status = "test",
        Description = "",
        Author = "",
        LogSource = "windows",
        Attack = new AttackReferences([tactic], [technique], [], []),
        References = [],
        FalsePositives = [],
        Path = "rules/made-up.yml",
        Line = 1,
    };

    public static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>The incident of all events so far. Events must have been told in order of time.</summary>
    public DossierIncident Make(int number, IncidentSeverity severity, IncidentStory? story, params IncidentReason[] reasons)
    {
        IEnumerable<(IncidentEvent Event, RuleInfo Rule)> found = [.. _events.SelectMany(e => e.Findings, (e, f) => (e, _findings.Single(x => x.Number == f).Rule))];
        var incident = new Incident
        {
            Number = number,
            Severity = severity,
            Score = reasons.Sum(r => r.Points),
            Reasons = [.. reasons],
            First = _events.Count == 0 ? EventTime.Unknown : _events[0].Time,
            Last = _events.Count == 0 ? EventTime.Unknown : _events[^1].Time,
            Hosts = [.. _events.Where(e => e.Host.Length > 0).GroupBy(e => e.Host).Select(g => new IncidentHost(g.Key, g.First().Time, g.Last().Time, g.Count(e => !e.Findings.IsEmpty)))],
            Accounts = [.. _events.Where(e => e.Account.Length > 0).GroupBy(e => e.Account).Select(g => new IncidentName(g.Key, g.First().Time, g.Count()))],
            Addresses = [.. _events.Select(e => (e, Ip: e.Value("c-ip"))).Where(p => p.Ip.Length > 0).GroupBy(p => p.Ip).Select(g => new IncidentName(g.Key, g.First().e.Time, g.Count()))],
            Phases = [.. found.SelectMany(f => f.Rule.Attack.Tactics, (f, tactic) => (f, tactic)).GroupBy(p => p.tactic).Select(g => new IncidentPhase(
                g.Key, g.First().f.Event.Time, g.Last().f.Event.Time, [.. g.SelectMany(p => p.f.Rule.Attack.Techniques).Distinct().Order(StringComparer.Ordinal)], g.Count()))],
            Rules = [.. found.GroupBy(f => f.Rule.Title).Select(g => new IncidentRule(g.First().Rule, g.First().Event.Time, g.Count()))],
            Joins = [new IncidentJoin("the same process", 41), new IncidentJoin("the same logon session", 17)],
            Findings = [.. _findings.Select(f => f.Number)],
            Events = [.. _events],
            Story = story,
        };
        return new DossierIncident(incident, Findings);
    }
}
