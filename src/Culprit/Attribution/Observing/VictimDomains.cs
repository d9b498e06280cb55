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
    public static VictimDomains Of(IEnumerable<Incident> incidents, IEnumerable<Finding> findings) =>
        Of(incidents.SelectMany(static i => i.Events).Select(VictimHosts.Of).Concat(findings.Select(VictimHosts.Of)));

    /// <summary>Those of some computers.</summary>
    public static VictimDomains Of(IEnumerable<string> computers)
    {
        var domains = new VictimDomains();
        foreach (string computer in computers)
        {
            domains.Add(computer);
        }

        return domains;
    }

    /// <summary>An observation, with a word that it is of the victim where it is a domain or URL below one of these.</summary>
    public Observation Mark(Observation observation) =>
        observation.Kind == ObservationKind.Indicator && observation.Indicators.Any(static c => c.Kind is IndicatorKind.Domain or IndicatorKind.Url)
        && Has(RegisteredDomains.HostOf(observation.Value))
            ? observation with { OfVictim = true } : observation;

    /// <summary>Whether a name is below one of these.</summary>
    public bool Has(string name) => _domains.Contains(RegisteredDomains.Of(name));

    // Names inside are in no list of names on the internet, and what lies below shared services has no registered domain.
    private void Add(string host)
    {
        if (_hosts.Add(host) && !PrivateNames.IsInside(host.TrimEnd('.').ToLowerInvariant()) && RegisteredDomains.Of(host) is { Length: > 0 } domain)
        {
            _domains.Add(domain);
        }
    }
}
