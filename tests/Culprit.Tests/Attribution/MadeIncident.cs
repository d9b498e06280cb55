using System.Collections.Immutable;
using Culprit.Attribution;
using Culprit.Events;
using Culprit.Evidence;
using Culprit.Findings;
using Culprit.Incidents;
using Culprit.Knowledge;
using Culprit.Primitives;

namespace Culprit.Tests.Attribution;

/// <summary>An incident made event by event, as linking sees it.</summary>
internal sealed class MadeIncident(string name, string host = "")
{
    private const string Sysmon = "Microsoft-Windows-Sysmon/Operational";

    private static readonly DateTime Start = new(2024, 3, 1, 0, 0, 0, DateTimeKind.Utc);

    private string _host = host.Length > 0 ? host : $"pc-1.{name}.example";
    private readonly List<IncidentEvent> _events = [];
    private readonly List<Observation> _observations = [];
    private DateTime _time = Start;
    private TimeCertainty _certainty = TimeCertainty.Exact;
    private string _source = "";

    /// <summary>What follows happens so much later.</summary>
    public MadeIncident Later(double days)
    {
        _time = _time.AddDays(days);
        return this;
    }

    /// <summary>What follows happens a minute after this time (UTC), and so on.</summary>
    public MadeIncident At(DateTime time)
    {
        _time = time;
        return this;
    }

    /// <summary>Of what follows no time is known.</summary>
    public MadeIncident Timeless()
    {
        _certainty = TimeCertainty.Unknown;
        return this;
    }

    /// <summary>What follows happens on this host.</summary>
    public MadeIncident On(string host)
    {
        _host = host;
        return this;
    }

    /// <summary>What follows stands in the source of this hash.</summary>
    public MadeIncident From(string sha256)
    {
        _source = sha256;
        return this;
    }

    /// <summary>A request that a web shell answered.</summary>
    public MadeIncident Shell(string address, string path = "/images/qzx.aspx", string agent = "Mozilla/4.0 (compatible; MSIE 6.0; Windows NT 5.1)") =>
        Request(address, path, agent, "200", "T1505.003");

    /// <summary>A request that a web server refused.</summary>
    public MadeIncident Refused(string address, string path = "/wp-login.php") => Request(address, path, "Mozilla/5.0 zgrab/0.x", "404", "");

    /// <summary>A remote logon that was granted.</summary>
    public MadeIncident Logon(string address) => Add(RecordKind.WindowsEvent, "Security", 4624, "", ("IpAddress", address), ("LogonType", "10"));

    /// <summary>A remote logon that was refused.</summary>
    public MadeIncident FailedLogon(string address) => Add(RecordKind.WindowsEvent, "Security", 4625, "", ("IpAddress", address));

    /// <summary>A connection of a program.</summary>
    public MadeIncident Connects(string address) =>
        Add(RecordKind.WindowsEvent, Sysmon, 3, "", ("Initiated", "true"), ("SourceIp", "10.0.0.5"), ("DestinationIp", address));

    /// <summary>A program's question to the domain name system.</summary>
    public MadeIncident Asks(string domain) => Add(RecordKind.WindowsEvent, Sysmon, 22, "", ("QueryName", domain));

    /// <summary>A program that was started; its hash is drawn from <paramref name="content"/>.</summary>
    public MadeIncident Runs(string file, string content, string company = "-", string? original = null) =>
        Add(RecordKind.WindowsEvent, Sysmon, 1, "", ("Image", @"C:\Users\Public\" + file), ("Company", company), ("OriginalFileName", original ?? file), ("Hashes", "SHA256=" + HashOf(content)));

    /// <summary>A program that was started, with whatever hashes the record has of it.</summary>
    public MadeIncident RunsHashed(string file, string hashes) =>
        Add(RecordKind.WindowsEvent, Sysmon, 1, "", ("Image", @"C:\Users\Public\" + file), ("Company", "-"), ("OriginalFileName", file), ("Hashes", hashes));

    /// <summary>A program that was started, by a record that has no field for its publisher.</summary>
    public MadeIncident RunsUntold(string file, string content) =>
        Add(RecordKind.WindowsEvent, Sysmon, 1, "", ("Image", @"C:\Users\Public\" + file), ("Hashes", "SHA256=" + HashOf(content)));

    /// <summary>A service that was installed.</summary>
    public MadeIncident Installs(string service) => Add(RecordKind.WindowsEvent, "System", 7045, "", ("ServiceName", service));

    /// <summary>An account that was created.</summary>
    public MadeIncident Creates(string account) => Add(RecordKind.WindowsEvent, "Security", 4720, "", ("TargetUserName", account));

    /// <summary>Techniques that were observed, each by an event of its own, in this order.</summary>
    public MadeIncident Shows(params string[] techniques) => Observe(ObservationKind.Technique, techniques);

    /// <summary>Software that the last event shows, by a rule that found it.</summary>
    public MadeIncident Shown(string software)
    {
        _observations.Add(new Observation { Kind = ObservationKind.Software, Value = software, Name = software, Bases = [Observed.Basis("the rule for " + software, _events.Count - 1)], Events = [_events.Count - 1] });
        return this;
    }

    /// <summary>Whatever was observed.</summary>
    public MadeIncident Observes(Observation observation)
    {
        _observations.Add(observation);
        return this;
    }

    /// <summary>Software that antivirus calls by its name, by an event of its own.</summary>
    public MadeIncident Detected(string software) => Observe(ObservationKind.Software, [software], "antivirus: ");

    /// <summary>What was observed last is shown by a finding too, as everything is that a rule finds.</summary>
    public MadeIncident Found(int finding)
    {
        Observation last = _observations[^1];
        _observations[^1] = last with { Findings = [finding], Bases = [.. last.Bases.Select(b => b with { Findings = [finding] })] };
        return this;
    }

    /// <summary>Techniques with which one rule tags one event.</summary>
    public MadeIncident ShowsAtOnce(params string[] techniques)
    {
        Add(RecordKind.WindowsEvent, "Security", 1, "");
        _observations.AddRange(techniques.Select(t => new Observation
        {
            Kind = ObservationKind.Technique,
            Value = t,
            Name = t,
            Bases = [Observed.Basis("one rule", _events.Count - 1)],
            Events = [_events.Count - 1],
            Together = techniques.Length,
        }));
        return this;
    }

    /// <summary>Software that was observed.</summary>
    public MadeIncident Uses(params string[] software) => Observe(ObservationKind.Software, software);

    /// <summary>Software that rules or names of files alone claim, each by an event of its own.</summary>
    public MadeIncident Named(params string[] software)
    {
        int before = _observations.Count;
        Observe(ObservationKind.Software, software, "rule: the rule for ");
        for (int i = before; i < _observations.Count; i++)
        {
            _observations[i] = _observations[i] with { ByName = true };
        }

        return this;
    }

    /// <summary>An observation without an event.</summary>
    public MadeIncident Observes(ObservationKind kind, string value)
    {
        _observations.Add(new Observation { Kind = kind, Value = value, Name = value, Bases = [ObservationBasis.Of("the test")] });
        return this;
    }

    /// <summary>A list ascribes a value to a group.</summary>
    public MadeIncident Listed(string value, bool shared) => Listed(value, new IndicatorClaim("list", ["G0016"], Source: null, Year: null, IndicatorKind.Address, shared, ListCount: 1));

    /// <summary>A list holds a value.</summary>
    public MadeIncident Listed(string value, IndicatorClaim claim)
    {
        _observations.Add(new Observation
        {
            Kind = ObservationKind.Indicator,
            Value = value,
            Name = value,
            Bases = [ObservationBasis.Of("the test")],
            Indicators = [claim],
        });
        return this;
    }

    /// <summary>Any event.</summary>
    public MadeIncident Add(RecordKind kind, string channel, int id, string technique, params (string Name, string Value)[] fields)
    {
        _time = _time.AddMinutes(1);
        _events.Add(new IncidentEvent
        {
            Number = _events.Count,
            Kind = kind,
            Time = _certainty == TimeCertainty.Unknown ? EventTime.Unknown : new EventTime(_time.Ticks, _certainty),
            Host = _host,
            Account = "",
            Channel = channel,
            Provider = "",
            EventId = id,
            RecordId = _events.Count,
            Recovered = false,
            Fields = [.. fields.Select(static f => new EventField(f.Name, f.Value))],
            Places = _source.Length > 0 ? [new CitedPlace(name + "/log.evtx", _source, _events.Count * 100L, 100, _events.Count)] : [],
            Identity = "",
            Findings = [],
            Rules = [],
            Level = null,
            Techniques = technique.Length > 0 ? [new EventTechnique("", technique, "")] : [],
            Why = "",
            Summary = "",
        });
        return this;
    }

    /// <summary>The incident.</summary>
    public LinkedIncident Make(int number = 1) => new()
    {
        Case = name,
        Observations = [.. _observations],
        Incident = new Incident
        {
            Number = number,
            Severity = IncidentSeverity.High,
            Score = 50,
            Reasons = [],
            First = _events.Count > 0 ? _events[0].Time : EventTime.Unknown,
            Last = _events.Count > 0 ? _events[^1].Time : EventTime.Unknown,
            Hosts = [],
            Accounts = [],
            Addresses = [],
            Phases = [],
            Rules = [],
            Joins = [],
            Findings = [],
            Events = [.. _events],
        },
    };

    /// <summary>The hash that a program of that content has.</summary>
    public static string HashOf(string content) => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(content)));

    private MadeIncident Request(string address, string path, string agent, string status, string technique) =>
        Add(RecordKind.WebRequest, "", 0, technique, ("s-computername", _host), ("c-ip", address), ("cs-method", "POST"), ("cs-uri-stem", path), ("cs-user-agent", agent), ("sc-status", status));

    private MadeIncident Observe(ObservationKind kind, string[] values, string by = "the rule for ")
    {
        foreach (string value in values)
        {
            Add(RecordKind.WindowsEvent, "Security", 1, "");
            _observations.Add(new Observation { Kind = kind, Value = value, Name = value, Bases = [Observed.Basis(by + value, _events.Count - 1)], Events = [_events.Count - 1] });
        }

        return this;
    }
}
