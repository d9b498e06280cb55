using Culprit.Evidence;
using Culprit.Findings;
using Culprit.Incidents;
using Culprit.Knowledge;

namespace Culprit.Attribution.Observing;

/// <summary>Which name in a record is that of the victim's own computer, and which only one that somebody asked for.</summary>
internal static class VictimHosts
{
    /// <summary>
    /// The computer that recorded an event; empty where the record does not name it. The host of a request is what whoever sent it asked for: in the log of a
    /// proxy it is the intruder's.
    /// </summary>
    public static string Of(IncidentEvent one) => one.Kind == RecordKind.WindowsEvent ? one.Host : one.Value("s-computername");

    /// <summary>The computer whose event a finding rests on; empty where it rests on a request, which does not tell who recorded it.</summary>
    public static string Of(Finding finding) => finding.Channel.Length > 0 || finding.Provider.Length > 0 ? finding.Host : "";

    /// <summary>
    /// The site that a request was for, where a server at which it ended recorded it; empty where a proxy passed it on. Mostly it is the victim's own site, but
    /// whoever sends a request can write any name there: it shows of nobody that it is the victim.
    /// </summary>
    public static string SiteOf(IncidentEvent one) => one.Kind == RecordKind.WebRequest && !ProxyRequests.IsOfProxy(one) ? RegisteredDomains.HostOf(one.Value("cs-host")) : "";
}
