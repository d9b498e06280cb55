using Culprit.Attribution.Observing;
using Culprit.Findings;
using Culprit.Incidents;
using Culprit.Knowledge;

namespace Culprit.Attribution;

/// <summary>
/// From an incident to what of it may tell who it was: techniques, software, indicators, vulnerabilities, hours of work, each with the events
/// and findings that show it. The same incident gives the same observations in the same order.
/// </summary>
public static class IncidentObservations
{
    /// <summary>How many events, and how many findings, of one observation are kept.</summary>
    public const int MaxSigns = 100;

    /// <summary>Observes an incident.</summary>
    /// <param name="incident">The incident, with or without its events.</param>
    /// <param name="findings">Its findings by the positions that <see cref="Incident.Findings"/> gives. One that is missing shows nothing.</param>
    /// <param name="knowledge">What names mean.</param>
    /// <param name="stop">Ends it before all is observed.</param>
    /// <exception cref="OperationCanceledException">It was to stop.</exception>
    public static IEnumerable<Observation> Of(Incident incident, IReadOnlyDictionary<int, Finding> findings, KnowledgeBase knowledge, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(incident);
        ArgumentNullException.ThrowIfNull(findings);
        ArgumentNullException.ThrowIfNull(knowledge);
        return Of(incident, findings, knowledge, VictimDomains.Of([incident], findings.Values), stop);
    }

    /// <summary>Observes an incident of a case of which more is known than this incident.</summary>
    internal static IEnumerable<Observation> Of(
        Incident incident, IReadOnlyDictionary<int, Finding> findings, KnowledgeBase knowledge, VictimDomains victim, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        var signs = new IncidentSigns(incident, findings);
        var tally = new ObservationTally();
        TechniqueObservations.Add(tally, signs, knowledge, stop);
        SoftwareObservations.Add(tally, signs, knowledge, stop);
        Vulnerabilities(tally, signs);
        IndicatorObservations.Add(tally, signs, knowledge, stop);
        WorkingHours.Add(tally, incident);
        return tally.All().Select(victim.Mark);
    }

    private static void Vulnerabilities(ObservationTally tally, IncidentSigns signs)
    {
        foreach (RuleSign sign in signs.Rules)
        {
            foreach (string vulnerability in sign.Rule.Vulnerabilities)
            {
                tally.Add(ObservationKind.Vulnerability, vulnerability, vulnerability, ObservationTally.ByRule(sign.Rule.Title), sign.Events, sign.Findings);
            }
        }
    }
}
