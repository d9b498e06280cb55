using Culprit.Incidents;

namespace Culprit.Attribution.Observing;

/// <summary>
/// What a machine here called, by events of those who call, and who was let in by a text: whom a machine connects to it chooses itself, whoever is let in
/// answered.
/// </summary>
internal static class CalledServers
{
    /// <summary>Whether a field shows that a host was called, or that somebody came from there.</summary>
    /// <param name="writer">Who wrote the event.</param>
    /// <param name="eventId">Its event id.</param>
    /// <param name="field">The field.</param>
    /// <param name="text">What the field holds.</param>
    /// <param name="indicator">An address, a domain or a URL.</param>
    public static bool IsMet(EventWriter writer, int eventId, string field, string text, string indicator) => Hosts(writer, eventId, field, text).Any(host => ProxyRequests.IsHost(host, indicator));

    /// <summary>Whether a field is one of those that name whom a machine called.</summary>
    public static bool IsOfCaller(EventWriter writer, int eventId, string field) => (writer, eventId, field.ToUpperInvariant()) switch
    {
        (EventWriter.RemoteDesktopClient, 1024 or 1102, "VALUE") => true,
        (EventWriter.ShareClient, _, "SERVERNAME") => true,
        (EventWriter.RemoteManagement, 6, "CONNECTION") => true,

        // Network protection looks at what a program asks for, be it stopped (1126) or not (1125).
        (EventWriter.Antivirus, 1125 or 1126, "DESTINATION") => true,
        _ => false,
    };

    private static IEnumerable<string> Hosts(EventWriter writer, int eventId, string field, string text) => (writer, field.ToUpperInvariant()) switch
    {
        _ when IsOfCaller(writer, eventId, field) => [WithoutScheme(text.Trim().TrimStart('\\'))],
        (EventWriter.Antivirus, "PATH") when eventId is 1116 or 1117 => FetchedFrom(text),
        (EventWriter.SecureShell, "PAYLOAD") => LetInFrom(text),
        _ => [],
    };

    // file:_C:\a.exe; webfile:_C:\a.exe|https://evil.example/a.exe|pid:1,ProcessStart:2
    private static IEnumerable<string> FetchedFrom(string path) =>
        path.Split(';', StringSplitOptions.TrimEntries).Where(static one => one.StartsWith("webfile:", StringComparison.OrdinalIgnoreCase))
            .SelectMany(static one => one.Split('|').Skip(1)).Where(static part => part.Contains("://", StringComparison.Ordinal)).Select(WithoutScheme);

    // Accepted password for anna from 203.0.113.5 port 5522 ssh2: a name stands in front, which whoever knocks chooses; what stands behind he does not.
    private static IEnumerable<string> LetInFrom(string payload)
    {
        const string from = " from ", port = " port ";
        int start = payload.LastIndexOf(from, StringComparison.Ordinal) + from.Length;
        int end = payload.LastIndexOf(port, StringComparison.Ordinal);
        return payload.StartsWith("Accepted ", StringComparison.Ordinal) && start >= from.Length && end > start ? [payload[start..end]] : [];
    }

    private static string WithoutScheme(string url) => url.IndexOf("://", StringComparison.Ordinal) is var scheme and >= 0 ? url[(scheme + 3)..] : url;
}
