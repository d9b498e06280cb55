using System.Collections.Immutable;
using Culprit.Attribution.Observing;
using Culprit.Findings;
using Culprit.Incidents;
using Culprit.Knowledge;

namespace Culprit.Attribution;

/// <summary>
/// From incidents of one case to what of them may tell who it was: techniques, software, indicators, vulnerabilities, hours of work, each with the events
/// and findings that show it. The same incidents give the same observations in the same order.
/// </summary>
public sealed class IncidentObservations
{
    /// <summary>How many events, and how many findings, of one observation are kept.</summary>
    public const int MaxSigns = 100;

    private readonly IReadOnlyDictionary<int, Finding> _findings;
    private readonly KnowledgeBase _knowledge;
    private readonly VictimDomains _victim;

    /// <summary>Prepares to observe incidents of a case.</summary>
    /// <param name="incidents">All incidents of the case, with or without their events: which names are the victim's own, each tells for the others too.</param>
    /// <param name="findings">The findings of those to observe, by the positions that <see cref="Incident.Findings"/> gives. One that is missing shows nothing.</param>
    /// <param name="knowledge">What names mean.</param>
    public IncidentObservations(IEnumerable<Incident> incidents, IReadOnlyDictionary<int, Finding> findings, KnowledgeBase knowledge)
    {
        ArgumentNullException.ThrowIfNull(incidents);
        ArgumentNullException.ThrowIfNull(findings);
        ArgumentNullException.ThrowIfNull(knowledge);
        _findings = findings;
        _knowledge = knowledge;
        _victim = VictimDomains.Of(incidents, findings.Values);
    }

    /// <summary>Observes an incident.</summary>
    /// <param name="incident">One of the incidents.</param>
    /// <param name="stop">Ends it before all is observed.</param>
    /// <exception cref="OperationCanceledException">It was to stop.</exception>
    public IEnumerable<Observation> Of(Incident incident, CancellationToken stop = default) => Read(incident, stop).Observed;

    /// <summary>Observes an incident, and says in sentences what rules speak of and does not count as observed.</summary>
    internal (ImmutableArray<Observation> Observed, ImmutableArray<string> Remarks) Read(Incident incident, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(incident);
        stop.ThrowIfCancellationRequested();
        var signs = new IncidentSigns(incident, _findings);
        var tally = new ObservationTally(new EventActs(incident));
        var remarks = new ObservationRemarks();
        TechniqueObservations.Add(tally, signs, _knowledge, stop);
        SoftwareObservations.Add(tally, signs, _knowledge, remarks, stop);
        VulnerabilityObservations.Add(tally, signs, remarks, stop);
        IndicatorObservations.Add(tally, signs, _knowledge, stop);
        WorkingHours.Add(tally, incident);
        ImmutableArray<Observation> observed = [.. tally.All().Select(_victim.Mark)];
        return (observed, [.. remarks.Tell(observed)]);
    }

    /// <summary>The victim's computers as an incident's findings name them, in alphabetical order.</summary>
    public IEnumerable<string> ComputersOf(Incident incident)
    {
        ArgumentNullException.ThrowIfNull(incident);
        return incident.Findings.Where(_findings.ContainsKey).Select(f => VictimHosts.Of(_findings[f])).Where(static host => host.Length > 0)
            .Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>What a user gave of the case, with a word where it is the victim's own.</summary>
    internal Observation Mark(Observation given) => _victim.Mark(given);
}
