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
            string from = fields["c-ip"] is { Length: > 0 } client ? $" from {client}" : "", answer = fields["sc-status"] is { Length: > 0 } status ? $", answered {status}" : "";
            return $"{fields.Told("cs-method")} {fields.Told("cs-uri-stem")}{from}{answer}{Bytes(fields)}";
        }

        return fields.IsSysmon ? Sysmon(one, fields) : fields.IsSecurity ? Security(one, fields) : Other(one, fields);
    }

    private static string Bytes(EventFacts fields) => fields["sc-bytes"] is { Length: > 0 } sent ? $", {sent} bytes sent" : "";

    private static string Sysmon(Event one, EventFacts fields) => one.Route.EventId switch
    {
        1 => $"Process started: {fields.CutOr("CommandLine", "Image")}",
        2 => $"Creation time of {fields.Told("TargetFilename")} changed from {fields.Told("PreviousCreationUtcTime")} to {fields.Told("CreationUtcTime")}",
        3 => Connection(fields),
        5 => $"Process ended: {fields.Told("Image")}",
        6 => $"Driver loaded: {fields.Told("ImageLoaded")}",
        7 => $"{fields.Program("Image")} loaded {fields.Told("ImageLoaded")}",
        8 => $"{fields.Program("SourceImage")} started a thread in {fields.Program("TargetImage", "a program")}",
        10 => $"{fields.Program("SourceImage")} opened {fields.Program("TargetImage", "a program")} with access {fields.Told("GrantedAccess")}",
        11 => $"{fields.Program("Image")} created {fields.Told("TargetFilename")}",
        12 or 13 or 14 => $"{fields.Program("Image")} changed {fields.Told("TargetObject")}",
        15 => $"{fields.Program("Image")} wrote a stream of {fields.Told("TargetFilename")}",
        17 or 18 => $"{fields.Program("Image")} used the pipe {fields.Told("PipeName")}",
        22 => $"{fields.Program("Image")} asked for the name {fields.Told("QueryName")}",
        23 or 26 => $"{fields.Program("Image")} deleted {fields.Told("TargetFilename")}",
        _ => Other(one, fields),
    };

    private static string Security(Event one, EventFacts fields) => one.Route.EventId switch
    {
        1102 => $"The Security log was cleared by {fields.Told("SubjectUserName")}",
        4624 => $"Logon of {fields.Told("TargetUserName")} (type {fields.Told("LogonType")}){From(fields)}",
        4625 => $"Failed logon of {fields.Told("TargetUserName")} (type {fields.Told("LogonType")}){From(fields)}",
        4634 or 4647 => $"Logoff of {fields.Told("TargetUserName")}",
        4648 => $"{fields.Told("SubjectUserName")} gave the password of {fields.Told("TargetUserName")} for {fields.Told("TargetServerName")}",
        4672 => $"Special privileges for the session of {fields.Told("SubjectUserName")}",
        4688 => $"Process started: {fields.CutOr("CommandLine", "NewProcessName")}",
        4697 => $"Service installed: {fields.Told("ServiceName")}, {fields.Told("ServiceFileName")}",
        4698 or 4699 or 4700 or 4701 or 4702 => $"Scheduled task {TaskVerb(one.Route.EventId)}: {fields.Told("TaskName")}",
        4768 => $"Kerberos ticket for {fields.Told("TargetUserName")}{From(fields)}",
        4769 => $"Kerberos service ticket for {fields.Told("TargetUserName")} to {fields.Told("ServiceName")}{From(fields)}",
        4776 => $"Password of {fields.Told("TargetUserName")} checked for {fields.Told("Workstation")}, status {fields.Told("Status")}",
        5140 => $"Share {fields.Told("ShareName")} opened by {fields.Told("SubjectUserName")}{From(fields)}",
        5145 => $"{fields.Told("RelativeTargetName")} on {fields.Told("ShareName")} reached by {fields.Told("SubjectUserName")}{From(fields)}",
        _ => Other(one, fields),
    };

    // Which end began it is told where the record says so; an end that it does not name is left out.
    private static string Connection(EventFacts fields)
    {
        string program = fields.Program("Image"), here = fields["SourceIp"];
        string there = fields["DestinationIp"] is { Length: > 0 } destination ? destination + (fields["DestinationPort"] is { Length: > 0 } port ? ":" + port : "") : "";
        string from = here.Length > 0 ? $" from {here}" : "";
        return (there.Length > 0, bool.TryParse(fields["Initiated"], out bool outward)) switch
        {
            (false, _) when here.Length == 0 => $"{program} had a connection, of which the record names neither end",
            (true, true) => $"{program} {(outward ? "connected to" : "was reached at")} {there}{from}",
            (false, true) => $"{program} {(outward ? "connected" : "was reached")}{from}",
            (true, false) => here.Length > 0 ? $"{program} had a connection between {here} and {there}" : $"{program} had a connection with {there}",
            (false, false) => $"{program} had a connection{from}",
        };
    }

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

    private static string CutOr(this EventFacts facts, string name, string other) => facts[name].Length > 0 ? facts.Cut(name) : facts.Told(other);

    // Records that other tools wrote may lack fields that Windows gives: a gap in a sentence says nothing.
    private static string Told(this EventFacts facts, string name) => facts.Cut(name) is { Length: > 0 } value ? value : "(not recorded)";

    private static string Program(this EventFacts facts, string name, string unknown = "A program") => EventFacts.FileName(facts[name]) is { Length: > 0 } file ? file : unknown;
}
