using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Culprit.Evidence;
using Culprit.Findings;
using Culprit.Incidents;
using Culprit.Tests.Evidence;

namespace Culprit.Tests.Incidents;

/// <summary>Logs that a test writes down event by event, judged by one rule: a command line that holds <c>evil</c>.</summary>
internal sealed class LoggedWorld : IDisposable
{
    private const string EvilRule = """
        title: Evil command
        id: 7f3c1b2e-0000-4000-8000-000000000001
        status: test
        level: high
        logsource:
          product: windows
          category: process_creation
        detection:
          selection:
            CommandLine|contains: evil
          condition: selection
        tags:
          - attack.execution
          - attack.t1059
        """;

    private readonly EvidenceFolder _folder = new();
    private readonly StringBuilder _lines = new();
    private readonly List<RuleFile> _rules = [new RuleFile("evil.yml", Encoding.UTF8.GetBytes(EvilRule))];

    // Records that were collected elsewhere keep their numbers, which are not those of the lines here.
    private int _records = 1000;

    /// <summary>The day on which it begins.</summary>
    public static DateTime Start { get; } = new(2020, 2, 3, 8, 0, 0, DateTimeKind.Utc);

    /// <summary>Writes an event.</summary>
    /// <param name="minutes">After <see cref="Start"/>.</param>
    /// <param name="host">The computer.</param>
    /// <param name="channel"><c>Sysmon</c> or a channel's name.</param>
    /// <param name="eventId">The event's id.</param>
    /// <param name="data">Its data.</param>
    public LoggedWorld Log(double minutes, string host, string channel, int eventId, params (string Name, string Value)[] data)
    {
        bool isSysmon = channel == "Sysmon";
        var fields = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["EventID"] = eventId,
            ["Channel"] = isSysmon ? "Microsoft-Windows-Sysmon/Operational" : channel,
            ["SourceName"] = isSysmon ? "Microsoft-Windows-Sysmon" : channel == "Security" ? "Microsoft-Windows-Security-Auditing" : "Microsoft-Windows-Eventlog",
            ["Hostname"] = host,
            ["RecordNumber"] = ++_records,
            ["@timestamp"] = Start.AddMinutes(minutes).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        };
        if (isSysmon)
        {
            fields["UtcTime"] = Start.AddMinutes(minutes).ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);
        }

        foreach ((string name, string value) in data)
        {
            fields[name] = value;
        }

        _lines.Append(JsonSerializer.Serialize(fields)).Append('\n');
        return this;
    }

    /// <summary>A process starts, by Sysmon.</summary>
    public LoggedWorld Starts(double minutes, string host, string guid, string parent, string command, string user = @"LAB\anna", string logon = "0x500") => Log(
        minutes, host, "Sysmon", 1,
        ("ProcessGuid", Guid(guid)), ("ParentProcessGuid", Guid(parent)), ("Image", $@"C:\Users\anna\{guid}.exe"), ("ParentImage", $@"C:\Users\anna\{parent}.exe"),
        ("CommandLine", command), ("User", user), ("LogonId", logon));

    /// <summary>A logon over the network.</summary>
    public LoggedWorld LogsOn(double minutes, string host, string account, string address, string logon = "0x900") => Log(
        minutes, host, "Security", 4624,
        ("TargetUserName", account), ("TargetDomainName", "LAB"), ("TargetLogonId", logon), ("LogonType", "3"), ("IpAddress", address), ("WorkstationName", "-"));

    /// <summary>A file of the evidence beside the events.</summary>
    public LoggedWorld File(string name, string content)
    {
        _folder.Add(name, content);
        return this;
    }

    /// <summary>A further rule, which finds programs started with a word in their command.</summary>
    public LoggedWorld Rule(string title, string word)
    {
        _rules.Add(new RuleFile($"{_rules.Count}.yml", Encoding.UTF8.GetBytes(
            EvilRule.Replace("Evil command", title, StringComparison.Ordinal).Replace("contains: evil", $"contains: {word}", StringComparison.Ordinal).Replace("000000000001", $"00000000001{_rules.Count}", StringComparison.Ordinal))));
        return this;
    }

    /// <summary>A further rule, which finds whatever antivirus calls <c>Evil</c>.</summary>
    public LoggedWorld FindsThreats()
    {
        _rules.Add(new RuleFile("threat.yml", Encoding.UTF8.GetBytes("""
            title: Evil file
            id: 7f3c1b2e-0000-4000-8000-000000000099
            status: test
            level: high
            logsource:
              product: windows
            detection:
              selection:
                Threat Name|contains: Evil
              condition: selection
            """)));
        return this;
    }

    /// <summary>Judges everything.</summary>
    public ImmutableArray<Incident> Incidents(int threads = 2)
    {
        _folder.Add("events.json", _lines.ToString());
        RuleCatalog rules = RuleCatalog.Load(_rules, logSources: null, "test", cache: null);
        return IncidentEvidence.Investigate(rules, [_folder.Path], threads).Incidents;
    }

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    /// <summary>A process by its name.</summary>
    public static string Guid(string name) => $"{{{Convert.ToHexStringLower(Encoding.UTF8.GetBytes(name)).PadRight(8, '0')[..8]}-0000-0000-0000-000000000000}}";
}
