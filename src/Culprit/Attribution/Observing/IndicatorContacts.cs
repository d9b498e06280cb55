using System.Collections.Frozen;
using Culprit.Findings;

namespace Culprit.Attribution.Observing;

/// <summary>
/// How an indicator was met, by the field that holds it. What connects, asks or lies somewhere must be had, and few fields show that; what is only
/// written costs a word, and of what comes from outside whoever sends it chooses the words. A field that nobody knows shows no contact.
/// </summary>
internal static class IndicatorContacts
{
    // With whom a machine spoke, or for whom it asked, as the machine itself writes it. Addresses, domains and URLs are met there alone.
    private static readonly FrozenSet<string> OfPeers = FrozenSet.ToFrozenSet(
        ["DestinationIp", "DestinationHostname", "DestinationAddress", "DestAddress", "SourceIp", "SourceAddress", "RemoteAddress", "IpAddress", "QueryName"],
        StringComparer.OrdinalIgnoreCase);

    // Where a logon comes from: of Security, of remote desktops (Address, Param3, ClientIP).
    private static readonly FrozenSet<string> OfLogons = FrozenSet.ToFrozenSet(["IpAddress", "SourceAddress", "Address", "Param3", "ClientIP"], StringComparer.OrdinalIgnoreCase);

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
            "TargetOutboundUserName", "TargetOutboundDomainName",
        ], StringComparer.OrdinalIgnoreCase);

    // Services at which anybody may knock.
    private static readonly string[] Doors = ["TerminalServices", "RdpCoreTS", "OpenSSH", "NTLM", "RemoteAccess", "MSSQL"];

    /// <summary>The strongest of a finding's fields.</summary>
    /// <param name="position">The finding, by position.</param>
    /// <param name="met">The indicator.</param>
    /// <param name="signs">The incident.</param>
    public static IndicatorContact Of(int position, IndicatorInfo met, IncidentSigns signs)
    {
        Finding finding = signs.Finding(position);
        return finding.Matched.Select(m => Of(m.Field[(m.Field.LastIndexOf('.') + 1)..])).DefaultIfEmpty(IndicatorContact.Written).Min();

        IndicatorContact Of(string field) =>
            IsRequest(finding, field) ? IsOfRequest(field) ? IndicatorContact.Met : IndicatorContact.Sent
            : IsLogon(finding) ? OfLogons.Contains(field) && met.Kind == "address" ? IndicatorContact.Met : IndicatorContact.Sent
            : IsContact(field) ? IndicatorContact.Met
            : Sent.Contains(field) ? IndicatorContact.Sent : IndicatorContact.Written;

        bool IsOfRequest(string field) => field.Equals("c-ip", StringComparison.OrdinalIgnoreCase)
            || signs.EventsOf(position).Any(e => ProxyRequests.IsTo(met.Value, met.Kind, field, signs.Incident.Events[e]));

        bool IsContact(string field) => met.Kind switch
        {
            "hash" => OfHashes.Contains(field),
            "path" => OfFiles.Contains(field),
            // What BITS fetches; others call so what they were asked for.
            _ => OfPeers.Contains(field) || (field.Equals("url", StringComparison.OrdinalIgnoreCase) && IsOf(finding, "Bits-Client")),
        };
    }

    // Windows' events say what they are; requests in logs of web servers do not. IIS writes them as events too, and cs-... is whatever went from client to server.
    private static bool IsRequest(Finding finding, string field) => finding is { EventId: 0, Channel: "", Provider: "" }
        || IsOf(finding, "IIS-Logging") || field.StartsWith("cs-", StringComparison.OrdinalIgnoreCase);

    // Logons and tickets, granted and refused, and whatever else says whom somebody at the door claims to be.
    private static bool IsLogon(Finding finding) => Array.Exists(Doors, door => IsOf(finding, door))
        || ((finding.Channel.Equals("Security", StringComparison.OrdinalIgnoreCase) || IsOf(finding, "Security-Auditing"))
            && finding.EventId is (>= 4624 and <= 4626) or 4634 or (>= 4646 and <= 4649) or 4672 or 4675 or 4740 or (>= 4768 and <= 4779) or (>= 6272 and <= 6280));

    private static bool IsOf(Finding finding, string provider) =>
        finding.Provider.Contains(provider, StringComparison.OrdinalIgnoreCase) || finding.Channel.Contains(provider, StringComparison.OrdinalIgnoreCase);
}
