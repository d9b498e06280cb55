using Culprit.Evidence;
using Culprit.Findings;
using Culprit.Incidents;
using Culprit.Knowledge;

namespace Culprit.Attribution.Observing;

/// <summary>
/// The registered domains of the computers that recorded what happened. They are the victim's own: that its people ask for its own mail server says
/// nothing of who attacked it, even where a list holds that server because it once was broken into.
/// </summary>
internal sealed class VictimDomains
{
    private readonly HashSet<string> _hosts = new(StringComparer.Ordinal);
    private readonly HashSet<string> _domains = new(StringComparer.Ordinal);

    /// <summary>Those of the computers in some incidents.</summary>
    /// <param name="incidents">The incidents.</param>
    /// <param name="findings">Their findings, which name computers also where the evidence was not read again.</param>
    public static VictimDomains Of(IEnumerable<Incident> incidents, IEnumerable<Finding> findings)
    {
        var domains = new VictimDomains();
        foreach (IncidentEvent one in incidents.SelectMany(static i => i.Events))
        {
            // The host of a request is what whoever sent it asked for: in the log of a proxy it is the intruder's.
            domains.Add(one.Kind == RecordKind.WindowsEvent ? one.Host : one.Value("s-computername"));
        }

        foreach (Finding finding in findings.Where(static f => f.Channel.Length > 0 || f.Provider.Length > 0))
        {
            domains.Add(finding.Host);
        }

        return domains;
    }

    /// <summary>An observation, with a word that it is of the victim where it is a domain or URL below one of these.</summary>
    public Observation Mark(Observation observation) =>
        observation.Kind == ObservationKind.Indicator && observation.Indicators.Any(static c => c.Kind is IndicatorKind.Domain or IndicatorKind.Url)
        && _domains.Contains(RegisteredDomains.Of(RegisteredDomains.HostOf(observation.Value)))
            ? observation with { OfVictim = true } : observation;

    // Names inside are in no list of names on the internet, and what lies below shared services has no registered domain.
    private void Add(string host)
    {
        if (_hosts.Add(host) && !PrivateNames.IsInside(host.TrimEnd('.').ToLowerInvariant()) && RegisteredDomains.Of(host) is { Length: > 0 } domain)
        {
            _domains.Add(domain);
        }
    }
}
