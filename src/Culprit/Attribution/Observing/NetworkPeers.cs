using Culprit.Incidents;
using Culprit.Primitives;

namespace Culprit.Attribution.Observing;

/// <summary>Whose an end of a connection is.</summary>
internal enum ConnectionEnd
{
    /// <summary>The machine's that recorded it.</summary>
    Own,

    /// <summary>That of whoever called the machine.</summary>
    Caller,

    /// <summary>That of whom a program on the machine called.</summary>
    Called,
}

/// <summary>
/// Addresses in Windows events: whether a machine had to do with whoever has them. A machine knows whom it calls. Of what comes in, whoever sends it
/// chooses the address that it seems to come from, and his port; only where both sides had to answer each other (a connection of TCP, a ticket
/// that was granted for a password) did he have it.
/// </summary>
internal static class NetworkPeers
{
    // Those in which the filtering platform tells of connections, and not of packets.
    private const int FirstOfConnections = 5154, LastOfConnections = 5159;

    // Protocols by number, as Security has them, and by name, as Sysmon does.
    private static readonly string[] Connected = ["6", "tcp"], Automatic = ["1", "58", "icmp", "icmpv6"];

    /// <summary>How an address was met; null where the field is none of addresses to who wrote the event.</summary>
    /// <param name="writer">Who wrote the event.</param>
    /// <param name="eventId">Its event id.</param>
    /// <param name="field">The field.</param>
    /// <param name="record">The event's fields; null where they are not known, and then only what its kind tells counts.</param>
    public static IndicatorContact? Of(EventWriter writer, int eventId, string field, IncidentEvent? record) => (writer, field.ToUpperInvariant()) switch
    {
        (EventWriter.Sysmon, "DESTINATIONIP" or "SOURCEIP") => Contact(eventId == 3 && IsSpokenTo(field, record)),
        (EventWriter.Sysmon, "DESTINATIONHOSTNAME" or "SOURCEHOSTNAME") => IndicatorContact.Sent,
        (EventWriter.Security, "DESTADDRESS" or "SOURCEADDRESS") => Contact(IsLetThrough(eventId, field, record)),
        (EventWriter.Security, "IPADDRESS") => Contact(IsAnswered(eventId, record)),

        // Network policy server: whoever was let in over a VPN called from there; who was not may call himself so.
        (EventWriter.Security, "CALLINGSTATIONID") => Contact(eventId is 6272 or 6278),

        // IPsec: whoever answers with keys is there.
        (EventWriter.Security, "REMOTEADDRESS") => Contact(eventId is 4650 or 4651 or 4655 or 5451 or 5452),
        (EventWriter.RemoteDesktop, "ADDRESS" or "PARAM3" or "CLIENTIP" or "IPADDRESS") => Contact(record?.Value("ConnType").Equals("UDP", StringComparison.OrdinalIgnoreCase) != true),
        _ => null,
    };

    /// <summary>Which end of a connection a field holds the address of; null where the event does not tell, or is none of a connection.</summary>
    /// <param name="writer">Who wrote the event.</param>
    /// <param name="field">The field.</param>
    /// <param name="record">The event.</param>
    public static ConnectionEnd? EndOf(EventWriter writer, string field, IncidentEvent record)
    {
        bool isSource = field.ToUpperInvariant() is "SOURCEIP" or "SOURCEADDRESS";
        if (writer is not (EventWriter.Sysmon or EventWriter.Security) || !(isSource || field.ToUpperInvariant() is "DESTINATIONIP" or "DESTADDRESS"))
        {
            return null;
        }

        // Where a connection came in, records of the filtering platform have the machine first, and their description has it last. An address that is taken
        // for the machine's links nothing, so that neither is taken for it.
        bool isInbound = IsInbound(field, record);
        return isInbound && writer == EventWriter.Security && record.EventId is >= FirstOfConnections and <= LastOfConnections ? null
            : isInbound != isSource ? ConnectionEnd.Own
            : isInbound ? ConnectionEnd.Caller : ConnectionEnd.Called;
    }

    /// <summary>Whether a name server was asked for a name by a machine inside; whoever is outside may ask one that stands in the open.</summary>
    public static bool IsAskedFromInside(int eventId, IncidentEvent? record) => record is not null && eventId switch
    {
        // What it was asked, what it answered and to whom.
        256 => AddressRange.IsPrivate(record.Value("Source")),
        257 or 258 or 259 => AddressRange.IsPrivate(record.Value("Destination")),
        _ => false,
    };

    /// <summary>Whether an event of Security tells of a logon or a ticket, granted or refused, or of whom somebody at the door claims to be.</summary>
    public static bool IsLogon(int eventId) =>
        eventId is (>= 4624 and <= 4626) or 4634 or (>= 4646 and <= 4649) or 4672 or 4675 or 4740 or (>= 4768 and <= 4779) or (>= 6272 and <= 6280);

    private static IndicatorContact Contact(bool isMet) => isMet ? IndicatorContact.Met : IndicatorContact.Sent;

    // What comes in shows who is there where it is a connection; what goes out, unless machines answer so by themselves (a ping).
    private static bool IsSpokenTo(string field, IncidentEvent? record)
    {
        string protocol = record?.Value("Protocol") ?? "";
        return IsInbound(field, record) ? IsOneOf(protocol, Connected) : !IsOneOf(protocol, Automatic);
    }

    // Where an event does not tell its direction, addresses of destinations are those of what went out.
    private static bool IsInbound(string field, IncidentEvent? record) =>
        (record?.Value("Initiated") is { Length: > 0 } initiated ? initiated : record?.Value("Direction") ?? "").ToUpperInvariant() switch
        {
            "FALSE" or "%%14592" or "INBOUND" => true,
            "TRUE" or "%%14593" or "OUTBOUND" => false,
            _ => field.StartsWith("Source", StringComparison.OrdinalIgnoreCase),
        };

    // 5156 was let through. 5157 is a connection that was not: a program here asked for it, or anybody outside. 5152 and its like are packets, be they answers to forged ones.
    private static bool IsLetThrough(int eventId, string field, IncidentEvent? record) => eventId switch
    {
        5156 => IsSpokenTo(field, record),
        5157 => record is not null && !IsInbound(field, record) && IsSpokenTo(field, record),
        _ => false,
    };

    // Kerberos comes over UDP too: a request that was refused, or granted without a password, needs nobody at its address.
    private static bool IsAnswered(int eventId, IncidentEvent? record) => eventId switch
    {
        4768 => record is not null && IsZero(record.Value("Status")) && record.Value("PreAuthType") is { Length: > 0 } way && way != "-" && !IsZero(way),
        4769 => record is not null && IsZero(record.Value("Status")),
        4770 or 5140 or 5145 => true,
        >= 4771 and <= 4773 => false,
        _ => IsLogon(eventId),
    };

    // 0, 0x0 or 0x00000000, as exports have it.
    private static bool IsZero(string number) => number.Length > 0 && number.AsSpan(number.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? 2 : 0).Trim('0').IsEmpty;

    private static bool IsOneOf(string protocol, string[] known) => Array.Exists(known, p => p.Equals(protocol, StringComparison.OrdinalIgnoreCase));
}
