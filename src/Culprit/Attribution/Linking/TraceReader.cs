using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Net;
using System.Text.RegularExpressions;
using Culprit.Attribution.Observing;
using Culprit.Events;
using Culprit.Evidence;
using Culprit.Findings;
using Culprit.Incidents;
using Culprit.Knowledge;
using Culprit.Primitives;

namespace Culprit.Attribution.Linking;

/// <summary>Reads from an incident's events what another incident may have too. Values are bounded in length and number: evidence is hostile.</summary>
internal sealed partial class TraceReader
{
    internal const int MaxTraces = 20_000, MaxUrls = 16;
    private const int MaxValue = 256, MaxAnswers = 32, MaxNames = 8, MaxHashes = 8;

    private static readonly string[] Origins = ["c-ip", "IpAddress", "ClientAddress", "Address", "Param3"];
    private static readonly FrozenSet<string> Endings = FrozenSet.ToFrozenSet(
        [
            ".exe", ".dll", ".sys", ".scr", ".com", ".cpl", ".msi", ".ocx", ".ps1", ".psm1", ".bat", ".cmd", ".vbs", ".vbe", ".js", ".jse", ".wsf", ".hta", ".py", ".jar",
            ".asp", ".aspx", ".ashx", ".asmx", ".php", ".jsp", ".jspx", ".war", ".rar", ".7z", ".zip", ".cab", ".iso",
        ], StringComparer.Ordinal);

    private static readonly string[] Ends = ["SourceIp", "SourceAddress", "DestinationIp", "DestAddress"];

    private readonly Dictionary<(TraceKind, string), Trace> _traces = [];
    private readonly HashSet<string> _ownAddresses = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedSet<string>> _answerOf = new(StringComparer.Ordinal);
    private readonly HashSet<string> _manyHave = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedSet<string>> _hashesOf = new(StringComparer.Ordinal);
    private readonly OwnNames _own;

    private long _urlsLeftOut;

    private TraceReader(OwnNames own) => _own = own;

    /// <summary>Reads the traces.</summary>
    /// <param name="linked">The incident.</param>
    /// <param name="own">The names that its institution has.</param>
    /// <param name="stop">Ends it before all are read.</param>
    /// <exception cref="OperationCanceledException">It was to stop.</exception>
    public static ReadTraces Read(LinkedIncident linked, OwnNames own, CancellationToken stop)
    {
        var reader = new TraceReader(own);
        foreach (IncidentEvent one in linked.Incident.Events)
        {
            stop.ThrowIfCancellationRequested();
            reader.Event(one);
        }

        reader.Settle(linked.Observations);
        return reader.Chosen();
    }

    // What one record says of a trace holds for all of it, and lists know more than the tables here.
    private void Settle(ImmutableArray<Observation> observations)
    {
        Dictionary<string, Listed> listed = Listed.In(observations);
        foreach (Trace trace in _traces.Values)
        {
            if (trace.Kind == TraceKind.Hash)
            {
                trace.OtherHashes = _hashesOf.TryGetValue(trace.Value, out SortedSet<string>? others) ? others : [];
            }

            Listed[] known = listed.Count == 0 ? [] : [.. trace.Names.Select(listed.GetValueOrDefault).OfType<Listed>()];
            trace.IsPublished = Array.Exists(known, static l => l.IsPublished);
            trace.IsOfGroup = Array.Exists(known, static l => l.IsOfGroup);

            // A hash is one file whatever it is called: where one record shows that anybody may have it, the others are of the same file. What a service's
            // name was answered with is the service's.
            if (Array.Exists(known, static l => l.IsShared) || trace is { Kind: TraceKind.Hash, Least: TraceGrade.Common } || (trace.Kind == TraceKind.Address && _manyHave.Contains(trace.Value)))
            {
                trace.MakeCommon();
            }

            if (trace.Kind == TraceKind.Address)
            {
                trace.AnswerOf = _answerOf.TryGetValue(trace.Value, out SortedSet<string>? names) ? names : [];
            }
        }
    }

    // Of too many those are kept that say most, so that knocking addresses crowd out nothing.
    private ReadTraces Chosen()
    {
        Trace[] all = [.. _traces.Values.Where(t => t.Kind != TraceKind.Address || !_ownAddresses.Contains(t.Value))];
        return new ReadTraces(
            [
                .. all.OrderByDescending(static t => t.Grade).ThenByDescending(static t => t.Level).ThenBy(static t => t.Kind).ThenBy(static t => t.Value, StringComparer.Ordinal).Take(MaxTraces)
                    .OrderBy(static t => t.Kind).ThenBy(static t => t.Value, StringComparer.Ordinal),
            ],
            Math.Max(0, all.Length - MaxTraces), _urlsLeftOut);
    }

    private void Event(IncidentEvent one)
    {
        EventWriter writer = EventWriters.Of(one);
        TraceGrade grade = one.Kind == RecordKind.WebRequest ? OfRequest(one) : OfRecord(writer, one.EventId);
        foreach (string field in Origins)
        {
            Address(one.Value(field), grade, one);
        }

        if (one.Kind == RecordKind.WebRequest || writer == EventWriter.WebServer)
        {
            _ownAddresses.Add(AddressText(one.Value("s-ip"), out _));
        }

        foreach (string field in Ends)
        {
            ConnectionEnd? end = NetworkPeers.EndOf(writer, field, one);
            if (end == ConnectionEnd.Own)
            {
                _ownAddresses.Add(AddressText(one.Value(field), out _));
            }
            else
            {
                Address(one.Value(field), end == ConnectionEnd.Called ? TraceGrade.Reached : grade, one);
            }
        }

        if (writer == EventWriter.Sysmon && one.EventId == 22)
        {
            Domain(one.Value("QueryName"), TraceGrade.Reached, one);
            Answers(one.Value("QueryName"), one.Value("QueryResults"));
        }

        Urls(Ran(writer, one), one);
        Files(writer, one);
        Names(writer, one);
        if (one.Kind == RecordKind.WebRequest && grade == TraceGrade.Worked)
        {
            Request(one);
        }
    }

    private static TraceGrade OfRequest(IncidentEvent one)
    {
        bool succeeded = one.Value("sc-status") is ['2' or '3', _, _];
        bool isWork = one.Level >= FindingLevel.High || one.Techniques.Any(static t => t.Technique.StartsWith("T1505.003", StringComparison.Ordinal));
        return !succeeded ? TraceGrade.Knocked : isWork ? TraceGrade.Worked : TraceGrade.Present;
    }

    // Logons that were granted and those that were refused; Windows numbers them apart. That one was refused says so little that anybody may say it.
    private static TraceGrade OfRecord(EventWriter writer, int eventId) => (writer, eventId) switch
    {
        (EventWriter.Security, 4624 or 4648) or (EventWriter.RemoteDesktop, 1149 or 21 or 25) => TraceGrade.Worked,
        (_, 4625 or 4771 or 4776 or 5152 or 5157) => TraceGrade.Knocked,
        _ => TraceGrade.Present,
    };

    // What somebody ran, by those who have events of it: others call their fields as they like.
    private static string Ran(EventWriter writer, IncidentEvent one) => (writer, one.EventId) switch
    {
        (EventWriter.Sysmon, 1) or (EventWriter.Security, 4688) => one.Value("CommandLine"),
        (EventWriter.PowerShell, 4104) => one.Value("ScriptBlockText"),
        _ => "",
    };

    private void Address(string text, TraceGrade grade, IncidentEvent one)
    {
        string value = AddressText(text, out IPAddress? address);
        if (address is not null && !AddressRange.IsPrivate(value))
        {
            Add(TraceKind.Address, value, CommonThings.IsSharedAddress(address) ? TraceGrade.Common : grade, one);
        }
    }

    // Which name an address was the answer to: both are then one thing. Sysmon writes "type:  5 name.example;::ffff:203.0.113.7;".
    private void Answers(string asked, string results)
    {
        string name = DomainText(asked);
        bool isOfMany = CommonThings.ServesMany(NameText(asked)) ?? false;
        if (name.Length == 0 && !isOfMany)
        {
            return;
        }

        string registered = RegisteredDomains.OfHolder(name);
        foreach (string part in results[..Math.Min(results.Length, MaxAnswers * MaxValue)].Split(';', MaxAnswers))
        {
            // A name that stands for another one (type 5) is asked for on the way: what follows is its address.
            if (part.AsSpan().Trim() is var alias && alias.StartsWith("type:", StringComparison.Ordinal))
            {
                isOfMany = CommonThings.ServesMany(NameText(alias[(alias.LastIndexOf(' ') + 1)..].ToString())) ?? isOfMany;
                continue;
            }

            string address = AddressText(part.Trim(), out _);
            if (address.Length == 0 || (!_answerOf.TryGetValue(address, out SortedSet<string>? names) && _answerOf.Count >= MaxTraces))
            {
                continue;
            }

            names ??= _answerOf[address] = new SortedSet<string>(StringComparer.Ordinal);
            _ = name.Length > 0 && names.Count < MaxNames && names.Add(registered);
            _ = isOfMany && _manyHave.Add(address);
        }
    }

    // A name whatever it is: what joins nothing, such as that of a large service, is no domain of DomainText.
    private static string NameText(string text) => text.Length > MaxValue ? "" : text.Trim().TrimEnd('.').ToLowerInvariant();

    private static string DomainText(string text)
    {
        Span<char> room = stackalloc char[MaxValue];
        return text.Length > MaxValue ? "" : ClueText.Domain(text, room).ToString();
    }

    // What it says by itself is the most that it says, however it was met.
    private void Domain(string text, TraceGrade met, IncidentEvent one)
    {
        string name = DomainText(text);
        if (name.Length > 3 && Uri.CheckHostName(name) == UriHostNameType.Dns && !PrivateNames.IsInside(name) && !_own.Has(name))
        {
            TraceGrade own = CommonThings.GradeOf(name);
            Add(TraceKind.Domain, name, met < own ? met : own, one);
        }
    }

    private void Urls(string text, IncidentEvent one)
    {
        if (text.Length < 8 || !text.Contains("://", StringComparison.Ordinal))
        {
            return;
        }

        int count = 0;
        foreach (ValueMatch match in Url().EnumerateMatches(text))
        {
            if (count == MaxUrls)
            {
                _urlsLeftOut++;
                continue;
            }

            count++;
            string url = text.Substring(match.Index, match.Length), host = RegisteredDomains.HostOf(url[(url.IndexOf("//", StringComparison.Ordinal) + 2)..]);
            if (AddressText(host, out _).Length > 0)
            {
                Address(host, TraceGrade.Written, one);
            }
            else
            {
                Domain(host, TraceGrade.Written, one);
            }
        }
    }

    private void Files(EventWriter writer, IncidentEvent one)
    {
        bool isStart = writer == EventWriter.Sysmon && one.EventId == 1;
        string path = (writer, one.EventId) switch
        {
            (EventWriter.Sysmon, 1) => one.Value("Image"),
            (EventWriter.Sysmon, 11) => one.Value("TargetFilename"),
            (EventWriter.Security, 4688) => one.Value("NewProcessName"),
            _ => "",
        };
        Span<char> room = stackalloc char[MaxValue];
        string file = path.Length > MaxValue ? "" : ClueText.File(path, room).ToString();
        if (file.Length == 0)
        {
            return;
        }

        string name = file[(file.LastIndexOfAny(['\\', '/']) + 1)..];
        if (IsBrought(name))
        {
            Add(TraceKind.FileName, name, FileGrades.OfName(one, name), one);
        }

        if (isStart && FileHashes.Of(one.Value("Hashes")) is [var hash, .. var weaker])
        {
            Add(TraceKind.Hash, hash, FileGrades.OfHash(one, name), one);
            foreach (string other in weaker)
            {
                SortedSet<string> others = _hashesOf.TryGetValue(hash, out SortedSet<string>? known) ? known : _hashesOf[hash] = new SortedSet<string>(StringComparer.Ordinal);
                _ = others.Count < MaxHashes && others.Add(other);
            }
        }
    }

    private void Names(EventWriter writer, IncidentEvent one)
    {
        (TraceKind kind, string value) = (writer, one.EventId) switch
        {
            (EventWriter.Services, 7045) or (EventWriter.Security, 4697) => (TraceKind.Service, one.Value("ServiceName")),
            (EventWriter.Security, 4698) or (EventWriter.Tasks, 106) => (TraceKind.Task, one.Value("TaskName").Trim('\\')),
            (EventWriter.Security, 4720) => (TraceKind.CreatedAccount, one.Value("TargetUserName")),
            _ => (TraceKind.Service, ""),
        };
        string lower = value.ToLowerInvariant();
        if (lower.Length is > 1 and <= MaxValue)
        {
            Add(kind, lower, CommonThings.IsCommonName(FileGrades.Stem(lower)) ? TraceGrade.Common : TraceGrade.Reached, one);
        }
    }

    private void Request(IncidentEvent one)
    {
        string agent = one.Value("cs-user-agent").Replace('+', ' ').ToLowerInvariant();
        if (agent.Length is > 1 and <= 512)
        {
            Add(TraceKind.UserAgent, agent, CommonThings.IsCommonAgent(agent) ? TraceGrade.Common : TraceGrade.Worked, one);
        }

        string path = one.Value("cs-uri-stem").ToLowerInvariant();
        bool isShell = one.Techniques.Any(static t => t.Technique.StartsWith("T1505.003", StringComparison.Ordinal));
        if (isShell && path.Length is > 2 and <= MaxValue)
        {
            Add(TraceKind.WebShell, path, CommonThings.IsCommonName(FileGrades.Stem(path[(path.LastIndexOf('/') + 1)..])) ? TraceGrade.Common : TraceGrade.Worked, one);
        }
    }

    private void Add(TraceKind kind, string value, TraceGrade grade, IncidentEvent one)
    {
        if (!_traces.TryGetValue((kind, value), out Trace? trace))
        {
            _traces.Add((kind, value), trace = new Trace(kind, value));
        }

        trace.Add(one.Number, one.Time.Certainty == TimeCertainty.Unknown ? 0 : one.Time.UtcTicks, grade, one.Level);
    }

    private static string AddressText(string text, out IPAddress? address)
    {
        address = null;
        Span<char> room = stackalloc char[64];
        string value = text.Length > 64 ? "" : ClueText.Address(text, room).ToString();
        return value.Length > 0 && IPAddress.TryParse(value, out address) ? value : "";
    }

    // Programs, scripts and archives: what else lies around is the victim's own, such as its documents, or what Windows leaves everywhere.
    private static bool IsBrought(string name) =>
        Endings.Contains(name[Math.Max(0, name.LastIndexOf('.'))..]) && !name.StartsWith("__psscriptpolicytest_", StringComparison.Ordinal);

    // What stands before the last @ is a user's name, be it that of a host; addresses of IPv6 stand in brackets.
    [GeneratedRegex(@"(?:https?|ftp)://(?:[^\s/\\?#'""`<>|{}]*@)?(?:\[[0-9A-Fa-f:.]{2,45}\]|[A-Za-z0-9.\-]{4,253})", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Url();
}

/// <summary>The traces of an incident.</summary>
/// <param name="Traces">By kind and value.</param>
/// <param name="LeftOut">How many are not among them because there are too many.</param>
/// <param name="UrlsLeftOut">How many URLs were not read, as one text holds too many.</param>
internal sealed record ReadTraces(ImmutableArray<Trace> Traces, int LeftOut, long UrlsLeftOut);
