using System.Collections.Immutable;
using Culprit.Attribution;
using Culprit.Events;
using Culprit.Evidence;
using Culprit.Findings;
using Culprit.Incidents;
using Culprit.Knowledge;
using Culprit.Primitives;

namespace Culprit.Tests.Attribution;

/// <summary>A small incident, made event by event.</summary>
internal sealed class ObservedIncident
{
    private readonly List<IncidentEvent> _events = [];
    private readonly Dictionary<int, Finding> _findings = [];
    private string? _host;

    /// <summary>Monday, 6 January 2020, at midnight UTC.</summary>
    public static DateTime Monday { get; } = new(2020, 1, 6, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>What follows is recorded by this computer.</summary>
    public ObservedIncident On(string host)
    {
        _host = host;
        return this;
    }

    /// <summary>A rule's finding without an event: of an incident whose evidence was not read.</summary>
    public int Find(string title, params string[] tags) => Find(title, FindingLevel.High, tags);

    /// <summary>A rule's finding without an event.</summary>
    public int Find(string title, FindingLevel level, params string[] tags)
    {
        int position = _findings.Count;
        _findings.Add(position, new Finding
        {
            Rule = Rule(title, level, tags),
            Time = EventTime.Unknown,
            LastTime = EventTime.Unknown,
            Host = _host ?? "",
            Account = "",
            Channel = "",
            Provider = "",
            EventId = 0,
            RecordId = -1,
            Matched = [],
            Places = [],
            PlaceCount = 0,
        });
        return position;
    }

    /// <summary>A finding of an indicator that a list ascribes to G0034, in a field of a Windows event, or of a request where no provider is given.</summary>
    public int FindIndicator(string value, string kind, string field, string provider = "", int eventId = 0, string channel = "", string list = "apt_sandworm")
    {
        int finding = Find($"Known indicator: {kind} {value} (list {list})");
        RuleInfo rule = _findings[finding].Rule with { Indicator = new IndicatorInfo(Enum.Parse<IndicatorKind>(kind, ignoreCase: true), value, list, ["G0034"], [], null, 2020, null, 1) };
        _findings[finding] = _findings[finding] with
        {
            Rule = rule,
            Channel = channel,
            Provider = provider,
            EventId = eventId,
            Matched = [new MatchedValue("", field, $"{value} and more", "is known")],
        };
        return finding;
    }

    /// <summary>The values that satisfied a finding's rule.</summary>
    public ObservedIncident Matched(int finding, params string[] values)
    {
        _findings[finding] = _findings[finding] with { Matched = [.. values.Select(static v => new MatchedValue("selection", "CommandLine", v, "contains"))] };
        return this;
    }

    /// <summary>An event, found by rules or not.</summary>
    public IncidentEvent Happen(int[] findings, string provider, int eventId, DateTime time, params (string Name, string Value)[] fields) =>
        Happen(findings, [], provider, eventId, time, fields);

    /// <summary>An event that shows techniques by what it is.</summary>
    public IncidentEvent Happen(int[] findings, string[] techniques, string provider, int eventId, DateTime time, params (string Name, string Value)[] fields)
    {
        var one = new IncidentEvent
        {
            Number = _events.Count,
            Kind = provider.Length == 0 && eventId == 0 ? RecordKind.WebRequest : RecordKind.WindowsEvent,
            Time = new EventTime(time.Ticks, TimeCertainty.Exact),
            Host = _host ?? "PC",
            Account = "anna",
            Channel = provider is "Microsoft-Windows-Security-Auditing" ? "Security" : provider + "/Operational",
            Provider = provider,
            EventId = eventId,
            RecordId = _events.Count + 1,
            Recovered = false,
            Fields = [.. fields.Select(static f => new EventField(f.Name, f.Value))],
            Places = [new CitedPlace("a.evtx", "00", 0, 1, 1)],
            Identity = new string('a', 32),
            Findings = [.. findings],
            Rules = [.. findings.Select(f => _findings[f].Rule.Title)],
            Level = findings.Length == 0 ? null : findings.Max(f => _findings[f].Rule.Level),
            Techniques = [.. techniques.Select(static t => new EventTechnique("", t, ""))],
            Why = "",
            Summary = "",
        };
        _events.Add(one);
        return one;
    }

    /// <summary>What is observed of it.</summary>
    public ImmutableArray<Observation> Observe(CancellationToken stop = default) => [.. new IncidentObservations([Incident], _findings, KnowledgeBase.Embedded).Of(Incident, stop)];

    /// <summary>What is said of what does not count as observed.</summary>
    public ImmutableArray<string> Remarks() => new IncidentObservations([Incident], _findings, KnowledgeBase.Embedded).Read(Incident, CancellationToken.None).Remarks;

    /// <summary>The computers that its findings name.</summary>
    public IEnumerable<string> Computers() => new IncidentObservations([Incident], _findings, KnowledgeBase.Embedded).ComputersOf(Incident);

    /// <summary>What is observed of it in a case that has others too.</summary>
    public ImmutableArray<Observation> ObserveBeside(params IEnumerable<Incident> others) =>
        [.. new IncidentObservations([Incident, .. others], _findings, KnowledgeBase.Embedded).Of(Incident, CancellationToken.None)];

    /// <summary>The incident.</summary>
    public Incident Incident => new()
    {
        Number = 1,
        Severity = IncidentSeverity.High,
        Score = 1,
        Reasons = [],
        First = EventTime.Unknown,
        Last = EventTime.Unknown,
        Hosts = [],
        Accounts = [],
        Addresses = [],
        Phases = [],
        Rules = [],
        Joins = [],
        Findings = [.. _findings.Keys],
        Events = [.. _events],
    };

    private static RuleInfo Rule(string title, FindingLevel level, string[] tags) => new()
    {
        Id = title,
        Name = "",
        Title = title,
        Level = level,
        IsCorrelation = false,
        Status = "",
        Description = "",
        Author = "",
        LogSource = "",
        Attack = AttackReferences.Parse(tags),
        Vulnerabilities = VulnerabilityReferences.Parse(tags, title),
        References = [],
        FalsePositives = [],
        Path = "",
        Line = 1,
    };
}
