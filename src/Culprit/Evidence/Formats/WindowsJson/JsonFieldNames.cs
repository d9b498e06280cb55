using System.Collections.Frozen;

namespace Culprit.Evidence.Formats.WindowsJson;

/// <summary>Where in an event a JSON value belongs.</summary>
internal enum JsonSection
{
    /// <summary>A header field, under the EVTX reader's name for it.</summary>
    System,

    /// <summary>The event's own data.</summary>
    Content,

    /// <summary>What a shipper or the rendering added.</summary>
    Other,

    /// <summary>The tree's own: namespaces, and elements that hold attributes alone.</summary>
    Ignored,
}

/// <summary>What a path in JSON means.</summary>
/// <param name="Name">The field's name.</param>
/// <param name="Section">Where it belongs.</param>
/// <param name="Rank">Among paths that mean the same header field the lowest has the name; the others keep their path.</param>
internal readonly record struct JsonField(string Name, JsonSection Section, int Rank);

/// <summary>
/// What the paths of Windows events in JSON mean. Shapes: evtx_dump and its kind (<c>Event.System...</c>), Winlogbeat
/// from version 7 (<c>winlog...</c>) and before (<c>event_data...</c>), NXLog and other flat forms (<c>EventID</c>,
/// <c>Hostname</c>, ...), <c>Get-WinEvent | ConvertTo-Json</c>; any of them below <c>_source</c> or <c>fields</c>.
/// </summary>
internal static class JsonFieldNames
{
    /// <summary>The name that EvtxECmd and Velociraptor have for the provider, and others for anything: by it alone nothing is a Windows event.</summary>
    public const string AnyProvider = "Provider";

    /// <summary>The header fields, in the order of the EVTX reader.</summary>
    public static readonly string[] SystemOrder =
    [
        "Provider_Name", "Provider_Guid", "Provider_EventSourceName", "EventID", "EventID_Qualifiers", "Version", "Level",
        "Task", "Opcode", "Keywords", "TimeCreated", "EventRecordID", "Correlation_ActivityID",
        "Correlation_RelatedActivityID", "Execution_ProcessID", "Execution_ThreadID", "Channel", "Computer",
        "Security_UserID",
    ];

    // Paths as they stand at the top, with the header field that they mean; of two that mean the same the first wins.
    private static readonly FrozenDictionary<string, (string Name, int Rank)> Headers = new (string Path, string Name)[]
    {
        ("winlog.channel", "Channel"), ("Channel", "Channel"), ("log_name", "Channel"), ("LogName", "Channel"),
        ("winlog.computer_name", "Computer"), ("Computer", "Computer"), ("computer_name", "Computer"),
        ("Hostname", "Computer"), ("HostName", "Computer"), ("MachineName", "Computer"), ("ComputerName", "Computer"), ("host.name", "Computer"),
        ("winlog.provider_name", "Provider_Name"), ("Provider_Name", "Provider_Name"), ("SourceName", "Provider_Name"),
        ("source_name", "Provider_Name"), ("ProviderName", "Provider_Name"), ("event.provider", "Provider_Name"), (AnyProvider, "Provider_Name"),
        ("winlog.provider_guid", "Provider_Guid"), ("Provider_Guid", "Provider_Guid"), ("ProviderGuid", "Provider_Guid"),
        ("provider_guid", "Provider_Guid"), ("ProviderId", "Provider_Guid"),
        ("winlog.event_id", "EventID"), ("EventID", "EventID"), ("event_id", "EventID"), ("EventId", "EventID"),
        ("event.code", "EventID"), ("Id", "EventID"),
        ("winlog.record_id", "EventRecordID"), ("EventRecordID", "EventRecordID"), ("EventRecordId", "EventRecordID"), ("record_number", "EventRecordID"),
        ("record_id", "EventRecordID"), ("RecordNumber", "EventRecordID"), ("RecordId", "EventRecordID"), ("RecordID", "EventRecordID"),
        ("TimeCreated", "TimeCreated"), ("winlog.time_created", "TimeCreated"), ("@timestamp", "TimeCreated"),
        ("winlog.version", "Version"), ("Version", "Version"), ("version", "Version"),
        ("Level", "Level"), ("LevelValue", "Level"), ("level", "Level"),
        ("winlog.task", "Task"), ("TaskValue", "Task"), ("Task", "Task"), ("task", "Task"),
        ("OpcodeValue", "Opcode"), ("winlog.opcode", "Opcode"), ("Opcode", "Opcode"), ("opcode", "Opcode"),
        ("winlog.keywords", "Keywords"), ("Keywords", "Keywords"), ("keywords", "Keywords"),
        ("Qualifiers", "EventID_Qualifiers"),
        ("winlog.process.pid", "Execution_ProcessID"), ("Execution_ProcessID", "Execution_ProcessID"),
        ("ExecutionProcessID", "Execution_ProcessID"), ("process_id", "Execution_ProcessID"),
        ("winlog.process.thread.id", "Execution_ThreadID"), ("Execution_ThreadID", "Execution_ThreadID"),
        ("ExecutionThreadID", "Execution_ThreadID"), ("ThreadID", "Execution_ThreadID"), ("thread_id", "Execution_ThreadID"),
        ("winlog.activity_id", "Correlation_ActivityID"), ("ActivityID", "Correlation_ActivityID"), ("activity_id", "Correlation_ActivityID"),
        ("winlog.related_activity_id", "Correlation_RelatedActivityID"), ("RelatedActivityID", "Correlation_RelatedActivityID"),
        ("related_activity_id", "Correlation_RelatedActivityID"),
        ("winlog.user.identifier", "Security_UserID"), ("Security_UserID", "Security_UserID"), ("UserID", "Security_UserID"),
        ("user.identifier", "Security_UserID"),
    }
    .Select(static (entry, rank) => (entry.Path, entry.Name, Rank: rank + 1))
    .ToFrozenDictionary(static e => e.Path, static e => (e.Name, e.Rank), StringComparer.Ordinal);

    private static readonly FrozenSet<string> Shippers = FrozenSet.Create(
        StringComparer.Ordinal,
        "EventTime", "EventReceivedTime", "SourceModuleName", "SourceModuleType", "Severity", "SeverityValue", "Category",
        "EventTypeOrignal", "host", "port", "tags", "type", "offset", "_id", "_index", "_score", "_type", "_version", "sort");

    // What Get-WinEvent, remote PowerShell, NXLog and Winlogbeat say of an event beside its data. A ProcessID is no header: it is the program's own
    // where events name programs so, and stands among more of their data then.
    private static readonly FrozenSet<string> AboutTheEvent = FrozenSet.Create(
        StringComparer.Ordinal,
        "ProcessId", "ProcessID", "ThreadId", "UserId", "ActivityId", "RelatedActivityId", "ContainerLog", "MatchedQueryIds", "Bookmark", "LevelDisplayName", "OpcodeDisplayName", "TaskDisplayName",
        "KeywordsDisplayNames", "PSComputerName", "PSShowComputerName", "PSSourceJobInstanceId", "RunspaceId", "EventType", "AccountName", "AccountType", "Domain", "message_error", "xml");

    private static readonly string[] DataPrefixes = ["winlog.event_data.", "winlog.user_data.", "event_data.", "user_data."];

    /// <summary>The meaning of a path; segments are joined by '.'.</summary>
    public static JsonField Resolve(string path)
    {
        path = WithoutWrapper(path, "_source.");
        path = WithoutWrapper(path, "fields.");
        if (path.StartsWith("Event.", StringComparison.Ordinal) || path.StartsWith("System.", StringComparison.Ordinal)
            || path.StartsWith("EventData.", StringComparison.Ordinal) || path.StartsWith("UserData.", StringComparison.Ordinal))
        {
            return FromTree(WithoutWrapper(path, "Event."));
        }

        if (Headers.TryGetValue(path, out (string Name, int Rank) header))
        {
            return new JsonField(header.Name, JsonSection.System, header.Rank);
        }

        if (path is "message" or "Message")
        {
            return new JsonField("Message", JsonSection.Other, 0);
        }

        foreach (string prefix in DataPrefixes)
        {
            if (path.StartsWith(prefix, StringComparison.Ordinal))
            {
                return new JsonField(path[prefix.Length..], JsonSection.Content, 0);
            }
        }

        // A flat shape puts the event's data beside the header; what a shipper adds is nested, or is known here.
        bool isContent = !path.Contains('.') && !path.StartsWith('@') && !Shippers.Contains(path);
        return new JsonField(path, isContent ? JsonSection.Content : JsonSection.Other, 0);
    }

    /// <summary>Whether a flat field is one that exporters write beside an event's data, and none of the data.</summary>
    public static bool IsAboutTheEvent(string name) => AboutTheEvent.Contains(name);

    /// <summary>Whether a path outside of the data is that of the rendered message, or of values without names, as Get-WinEvent has them.</summary>
    public static bool IsRendering(string path)
    {
        path = WithoutWrapper(WithoutWrapper(path, "_source."), "fields.");
        return path is "message" or "Message" or "Event.RenderingInfo.Message" or "RenderingInfo.Message" or "Properties.Value";
    }

    /// <summary>Whether this is the path of an event's data that some exports pack into one text, as JSON or XML: EvtxECmd's <c>Payload</c>, Splunk's <c>EventData_Xml</c>.</summary>
    public static bool IsPacked(string path)
    {
        path = WithoutWrapper(WithoutWrapper(path, "_source."), "fields.");
        return path is "Payload" or "EventData" or "UserData" or "Event.EventData" or "Event.UserData" or "EventData_Xml" or "UserData_Xml";
    }

    /// <summary>Whether packed data stands beside the header under a name of its own, and not where data has its place.</summary>
    public static bool IsPackedElsewhere(string path) => path.EndsWith("Payload", StringComparison.Ordinal) || path.EndsWith("_Xml", StringComparison.Ordinal);

    /// <summary>Whether this is the path of objects that hold one value each, by their position: Get-WinEvent's <c>Properties</c>.</summary>
    public static bool IsPositionList(string path) => path == "Properties";

    /// <summary>Whether a value at this path, or below it, is known by its position alone: those of <c>Properties</c>, and Fluent Bit's <c>StringInserts</c>.</summary>
    public static bool IsPosition(string path) => path is "Properties.Value" or "StringInserts" || path.StartsWith("Properties.Value.", StringComparison.Ordinal);

    /// <summary>Whether a field of an event's data has a name that says nothing, as events of old programs have it, and exports that know no better.</summary>
    public static bool IsNameless(string name) => name is "Data" or "EventData" or "StringInserts" or "Payload"
        || (name.StartsWith("param", StringComparison.Ordinal) && name.Length > 5 && name.AsSpan(5).IndexOfAnyExceptInRange('0', '9') < 0);

    /// <summary>Whether this is the path of the list that holds data as pairs of name and text.</summary>
    public static bool IsNamedDataList(string path)
    {
        path = WithoutWrapper(path, "_source.");
        return path is "Event.EventData.Data" or "EventData.Data";
    }

    /// <summary>For a path within a tree that ends in a count, such as <c>LogonGuid_1</c>, the path without it.</summary>
    public static bool TryUncount(string path, out string first)
    {
        int mark = path.LastIndexOf('_');
        bool counts = mark > 0 && mark < path.Length - 1 && path.AsSpan(mark + 1).IndexOfAnyExceptInRange('0', '9') < 0
            && (path.Contains("EventData.", StringComparison.Ordinal) || path.Contains("UserData.", StringComparison.Ordinal));
        first = counts ? path[..mark] : path;
        return counts;
    }

    // The XML tree as JSON, below Event. Attributes stand under #attributes, in NAME_attributes, or behind @ or -.
    private static JsonField FromTree(string path)
    {
        string[] parts = path.Split('.');
        var names = new List<string>();
        string attribute = "";
        for (int i = 0; i < parts.Length; i++)
        {
            string part = parts[i];
            if (i == parts.Length - 1 && part is "#text" or "$t" or "#" && i > 0)
            {
                break;
            }

            if (part == "#attributes" && i + 1 < parts.Length)
            {
                attribute = string.Join('.', parts[(i + 1)..]);
                break;
            }

            if (part.EndsWith("_attributes", StringComparison.Ordinal) && i + 1 < parts.Length)
            {
                names.Add(part[..^"_attributes".Length]);
                attribute = string.Join('.', parts[(i + 1)..]);
                break;
            }

            if (i > 0 && i == parts.Length - 1 && part.Length > 1 && part[0] is '@' or '-')
            {
                attribute = part[1..];
                break;
            }

            names.Add(part);
        }

        if (attribute == "xmlns" || attribute.StartsWith("xmlns:", StringComparison.Ordinal))
        {
            return new JsonField(path, JsonSection.Ignored, 0);
        }

        return names.FirstOrDefault() switch
        {
            null => new JsonField(path, JsonSection.Ignored, 0),
            "System" => System(names, attribute),
            "EventData" or "UserData" when names.Count == 1 && attribute.Length == 0 => new JsonField(names[0], JsonSection.Other, 0),
            "EventData" => new JsonField(DataName(names, attribute), JsonSection.Content, 0),
            "UserData" => new JsonField(Leaf(names, attribute), JsonSection.Content, 0),
            _ => new JsonField(Leaf(names, attribute), JsonSection.Other, 0),
        };
    }

    private static JsonField System(List<string> names, string attribute)
    {
        string element = names.Count > 1 ? names[1] : "";
        string child = names.Count > 2 ? names[2] : attribute;
        string name = (element, child) switch
        {
            ("TimeCreated", "SystemTime") => "TimeCreated",
            (_, "" or "Value") => element,
            _ => element + "_" + child,
        };
        return Array.IndexOf(SystemOrder, name) >= 0
            ? new JsonField(name, JsonSection.System, 0)
            : new JsonField(name, name is "" or "Provider" or "TimeCreated" or "Correlation" or "Execution" or "Security" ? JsonSection.Ignored : JsonSection.Other, 0);
    }

    private static string DataName(List<string> names, string attribute)
    {
        string name = names.Count > 1 ? string.Join('.', names.Skip(1)) : "EventData";
        return attribute.Length > 0 ? name + "_" + attribute : name;
    }

    private static string Leaf(List<string> names, string attribute) =>
        attribute.Length > 0 ? names[^1] + "_" + attribute : names[^1];

    private static string WithoutWrapper(string path, string wrapper) =>
        path.StartsWith(wrapper, StringComparison.Ordinal) ? path[wrapper.Length..] : path;
}
