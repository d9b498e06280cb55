using System.Collections.Frozen;
using Culprit.Findings;
using Culprit.Incidents;
using Culprit.Knowledge;

namespace Culprit.Attribution.Observing;

/// <summary>
/// How an indicator was met, by the field that holds it and by who wrote that. What connects, asks or lies somewhere must be had, and few fields of few
/// writers show that (<see cref="EventWriters"/>); what is only written costs a word, and of what comes from outside whoever sends it chooses the words.
/// </summary>
internal static class IndicatorContacts
{
    private static readonly FrozenSet<string> OfHashes = FrozenSet.ToFrozenSet(
        ["Hashes", "Hash", "FileHash", "MD5", "SHA1", "SHA256", "SHA1 Hash", "SHA256 Hash", "SHA1 Flat Hash", "SHA256 Flat Hash"], StringComparer.OrdinalIgnoreCase);

    // Where a file lies.
    private static readonly FrozenSet<string> OfFiles = FrozenSet.ToFrozenSet(
        [
            "Image", "ParentImage", "SourceImage", "TargetImage", "ImageLoaded", "TargetFilename", "NewProcessName", "ParentProcessName", "ProcessName", "FilePath",
            "FullFilePath",
        ], StringComparer.OrdinalIgnoreCase);

    // What whoever sends a request, a mail or a logon names itself or what it asks for, whatever event holds it.
    private static readonly FrozenSet<string> Sent = FrozenSet.ToFrozenSet(
        [
            "X-Forwarded-For", "referer", "referrer", "user_agent", "userAgent", "user-agent", "query", "uri", "request", "request_uri", "raw", "HELO", "EHLO",
            "WorkstationName", "Workstation", "ClientName", "ClientAddress", "SourceHostname", "TargetUserName", "TargetDomainName", "SubjectUserName", "SubjectDomainName",
            "TargetOutboundUserName", "TargetOutboundDomainName", "QNAME",
        ], StringComparer.OrdinalIgnoreCase);

    // How services at which anybody may knock are called, or begin.
    private static readonly string[] Doors =
    [
        "Microsoft-Windows-TerminalServices-", "Microsoft-Windows-RemoteDesktopServices-RdpCoreTS", "OpenSSH", "Microsoft-Windows-NTLM", "RemoteAccess", "Microsoft-Windows-RemoteAccess", "MSSQL",
    ];

    // Of those, what tells of a machine here that calls another.
    private const int NtlmOut = 8001;

    /// <summary>The strongest of a finding's fields.</summary>
    /// <param name="position">The finding, by position.</param>
    /// <param name="met">The indicator.</param>
    /// <param name="signs">The incident.</param>
    public static IndicatorContact Of(int position, IndicatorInfo met, IncidentSigns signs)
    {
        Finding finding = signs.Finding(position);
        EventWriter writer = EventWriters.Of(finding.Provider, finding.Channel);
        IncidentEvent? record = signs.EventsOf(position).Select(e => signs.Incident.Events[e]).FirstOrDefault();
        return finding.Matched.Select(m => Of(m.Field[(m.Field.LastIndexOf('.') + 1)..], m.Value)).DefaultIfEmpty(IndicatorContact.Written).Min();

        IndicatorContact Of(string field, string matched) =>
            IsRequest(finding, field) ? IsOfRequest(field) ? IndicatorContact.Met : IndicatorContact.Sent
            : met.Kind is IndicatorKind.Address or IndicatorKind.Domain or IndicatorKind.Url
                && CalledServers.IsMet(writer, finding.EventId, field, record?.Value(field) is { Length: > 0 } whole ? whole : matched, met.Value) ? IndicatorContact.Met
            : NetworkPeers.Of(writer, finding.EventId, field, record) is { } peer ? met.Kind == IndicatorKind.Address ? peer : IndicatorContact.Sent
            : IsLogon(finding, writer, field) ? IndicatorContact.Sent
            : IsContact(field) ? IndicatorContact.Met
            : Sent.Contains(field) ? IndicatorContact.Sent : IndicatorContact.Written;

        // A name in place of the client's address is what the owner of the address calls it.
        bool IsOfRequest(string field) => (IsWebLog(finding) || writer == EventWriter.WebServer)
            && (field.Equals("c-ip", StringComparison.OrdinalIgnoreCase) ? met.Kind == IndicatorKind.Address
                : record is not null && ProxyRequests.IsTo(met.Value, met.Kind, field, record));

        bool IsContact(string field) => met.Kind switch
        {
            IndicatorKind.Hash => writer is EventWriter.Sysmon or EventWriter.ProgramControl or EventWriter.Antivirus && OfHashes.Contains(field),
            IndicatorKind.Path => writer is EventWriter.Sysmon or EventWriter.Security or EventWriter.ProgramControl or EventWriter.Antivirus && OfFiles.Contains(field),
            _ => writer switch
            {
                EventWriter.Sysmon or EventWriter.NameClient => field.Equals("QueryName", StringComparison.OrdinalIgnoreCase),
                EventWriter.NameServer => field.Equals("QNAME", StringComparison.OrdinalIgnoreCase) && NetworkPeers.IsAskedFromInside(finding.EventId, record),

                // What BITS fetches; others call so what they were asked for.
                EventWriter.Transfers => field.Equals("url", StringComparison.OrdinalIgnoreCase),
                _ => false,
            },
        };
    }

    // Windows' events say what they are; requests in logs of web servers do not.
    private static bool IsWebLog(Finding finding) => finding is { EventId: 0, Channel: "", Provider: "" };

    // IIS writes requests as events too, and cs-... is whatever went from client to server.
    private static bool IsRequest(Finding finding, string field) =>
        IsWebLog(finding) || IsOf(finding, "IIS-Logging") || field.StartsWith("cs-", StringComparison.OrdinalIgnoreCase);

    // Logons and tickets, granted and refused, and whatever else says whom somebody at the door claims to be. Whom a machine here calls it knows itself.
    private static bool IsLogon(Finding finding, EventWriter writer, string field) => writer == EventWriter.Security
        ? NetworkPeers.IsLogon(finding.EventId) && !(finding.EventId == 4648 && (field.Equals("TargetServerName", StringComparison.OrdinalIgnoreCase) || field.Equals("TargetInfo", StringComparison.OrdinalIgnoreCase)))
        : writer != EventWriter.RemoteDesktopClient && Array.Find(Doors, door => IsAt(finding, door)) is { } own && !(own == "Microsoft-Windows-NTLM" && finding.EventId == NtlmOut);

    private static bool IsAt(Finding finding, string door) => (finding.Provider.Length > 0 ? finding.Provider : finding.Channel).StartsWith(door, StringComparison.OrdinalIgnoreCase);

    private static bool IsOf(Finding finding, string provider) =>
        finding.Provider.Contains(provider, StringComparison.OrdinalIgnoreCase) || finding.Channel.Contains(provider, StringComparison.OrdinalIgnoreCase);
}
