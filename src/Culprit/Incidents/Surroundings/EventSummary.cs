using Culprit.Events;
using Culprit.Evidence;

namespace Culprit.Incidents.Surroundings;

/// <summary>Says in one line what an event is about. The text holds values of the record as they are.</summary>
internal static class EventSummary
{
    private const int MaxValue = 300;

    /// <summary>The line.</summary>
    public static string Of(Event one)
    {
        var fields = new EventFacts(one.Route.Channel, one.Route.Provider, one.Route.EventId, one.Fields);
        if (one.Kind == RecordKind.WebRequest)
        {
            return $"{fields["cs-method"]} {fields.Cut("cs-uri-stem")} from {fields["c-ip"]}, answered {fields["sc-status"]}{Bytes(fields)}";
        }

        return fields.IsSysmon ? Sysmon(one, fields) : fields.IsSecurity ? Security(one, fields) : Other(one, fields);
    }

    private static string Bytes(EventFacts fields) => fields["sc-bytes"] is { Length: > 0 } sent ? $", {sent} bytes sent" : "";

    private static string Sysmon(Event one, EventFacts fields) => one.Route.EventId switch
    {
        1 => $"Process started: {fields.CutOr("CommandLine", "Image")}",
        2 => $"Creation time of {fields.Cut("TargetFilename")} changed from {fields["PreviousCreationUtcTime"]} to {fields["CreationUtcTime"]}",
        3 => $"{EventFacts.FileName(fields["Image"])} {(fields["Initiated"] == "true" ? "connected to" : "was reached at")} {fields["DestinationIp"]}:{fields["DestinationPort"]} from {fields["SourceIp"]}",
        5 => $"Process ended: {fields.Cut("Image")}",
        6 => $"Driver loaded: {fields.Cut("ImageLoaded")}",
        7 => $"{EventFacts.FileName(fields["Image"])} loaded {fields.Cut("ImageLoaded")}",
        8 => $"{EventFacts.FileName(fields["SourceImage"])} started a thread in {EventFacts.FileName(fields["TargetImage"])}",
        10 => $"{EventFacts.FileName(fields["SourceImage"])} opened {EventFacts.FileName(fields["TargetImage"])} with access {fields["GrantedAccess"]}",
        11 => $"{EventFacts.FileName(fields["Image"])} created {fields.Cut("TargetFilename")}",
        12 or 13 or 14 => $"{EventFacts.FileName(fields["Image"])} changed {fields.Cut("TargetObject")}",
        15 => $"{EventFacts.FileName(fields["Image"])} wrote a stream of {fields.Cut("TargetFilename")}",
        17 or 18 => $"{EventFacts.FileName(fields["Image"])} used the pipe {fields.Cut("PipeName")}",
        22 => $"{EventFacts.FileName(fields["Image"])} asked for the name {fields.Cut("QueryName")}",
        23 or 26 => $"{EventFacts.FileName(fields["Image"])} deleted {fields.Cut("TargetFilename")}",
        _ => Other(one, fields),
    };

    private static string Security(Event one, EventFacts fields) => one.Route.EventId switch
    {
        1102 => $"The Security log was cleared by {fields["SubjectUserName"]}",
        4624 => $"Logon of {fields["TargetUserName"]} (type {fields["LogonType"]}){From(fields)}",
        4625 => $"Failed logon of {fields["TargetUserName"]} (type {fields["LogonType"]}){From(fields)}",
        4634 or 4647 => $"Logoff of {fields["TargetUserName"]}",
        4648 => $"{fields["SubjectUserName"]} gave the password of {fields["TargetUserName"]} for {fields["TargetServerName"]}",
        4672 => $"Special privileges for the session of {fields["SubjectUserName"]}",
        4688 => $"Process started: {fields.CutOr("CommandLine", "NewProcessName")}",
        4697 => $"Service installed: {fields.Cut("ServiceName")}, {fields.Cut("ServiceFileName")}",
        4698 or 4699 or 4700 or 4701 or 4702 => $"Scheduled task {TaskVerb(one.Route.EventId)}: {fields.Cut("TaskName")}",
        4768 => $"Kerberos ticket for {fields["TargetUserName"]}{From(fields)}",
        4769 => $"Kerberos service ticket for {fields["TargetUserName"]} to {fields["ServiceName"]}{From(fields)}",
        4776 => $"Password of {fields["TargetUserName"]} checked for {fields["Workstation"]}, status {fields["Status"]}",
        5140 => $"Share {fields.Cut("ShareName")} opened by {fields["SubjectUserName"]}{From(fields)}",
        5145 => $"{fields.Cut("RelativeTargetName")} on {fields.Cut("ShareName")} reached by {fields["SubjectUserName"]}{From(fields)}",
        _ => Other(one, fields),
    };

    private static string TaskVerb(int eventId) => eventId switch
    {
        4698 => "created",
        4699 => "deleted",
        4700 => "enabled",
        4701 => "disabled",
        _ => "changed",
    };

    // What is not known here is told by its number and its most telling values.
    private static string Other(Event one, EventFacts fields)
    {
        if (one.Route.EventId == 104 && one.Route.Channel.Equals("System", StringComparison.OrdinalIgnoreCase))
        {
            return $"The {fields["Channel#data"]} log was cleared";
        }

        if (fields["ScriptBlockText"].Length > 0)
        {
            return $"PowerShell ran: {fields.Cut("ScriptBlockText")}";
        }

        if (one.Route.EventId == 7045 && fields["ServiceName"].Length > 0)
        {
            return $"Service installed: {fields.Cut("ServiceName")}, {fields.Cut("ImagePath")}";
        }

        string[] telling = [.. new[] { "Threat Name", "TaskName", "ServiceName", "Path", "User", "Address", "TargetUserName", "param1", "param2" }
            .Where(name => fields[name].Length > 0).Take(3).Select(name => $"{name} {fields.Cut(name)}")];
        string id = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Short(one.Route.Provider)} event {one.Route.EventId}");
        return telling.Length == 0 ? id : $"{id}: {string.Join(", ", telling)}";
    }

    private static string From(EventFacts fields) =>
        fields["IpAddress"] is { Length: > 1 } address ? $" from {address}" : fields["WorkstationName"] is { Length: > 1 } station ? $" from {station}" : "";

    private static string Short(string provider) => provider.StartsWith("Microsoft-Windows-", StringComparison.OrdinalIgnoreCase) ? provider["Microsoft-Windows-".Length..] : provider;

    private static string Cut(this EventFacts facts, string name) => facts[name] is { Length: > MaxValue } value ? value[..MaxValue] + "..." : facts[name];

    private static string CutOr(this EventFacts facts, string name, string other) => facts[name].Length > 0 ? facts.Cut(name) : facts.Cut(other);
}
