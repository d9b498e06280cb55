using System.Collections.Immutable;
using Culprit.Attribution;
using Culprit.Cases;
using Culprit.Findings;
using Culprit.Incidents;
using Culprit.Knowledge;

namespace Culprit.Cli.Attribution;

/// <summary>The incidents of a case as linking takes them.</summary>
internal static class CaseIncidentsToLink
{
    /// <summary>The incidents of at least a severity, with what was observed of each. Their case is called by its identifier.</summary>
    /// <exception cref="OperationCanceledException">It was to stop.</exception>
    public static ImmutableArray<LinkedIncident> Of(CaseReader opened, IncidentSeverity least, KnowledgeBase knowledge, CancellationToken stop)
    {
        Incident[] incidents = [.. opened.Incidents.Where(i => i.Severity >= least)];
        var findings = new Dictionary<int, Finding>();
        foreach ((int number, Finding finding) in opened.FindingsOf(incidents))
        {
            stop.ThrowIfCancellationRequested();
            findings.Add(number, finding);
        }

        // Incidents too slight to be linked name computers of the victim all the same, as they do where the case is assessed.
        var observations = new IncidentObservations(opened.Incidents, findings, knowledge);
        var linked = ImmutableArray.CreateBuilder<LinkedIncident>(incidents.Length);
        foreach (Incident incident in incidents)
        {
            stop.ThrowIfCancellationRequested();
            linked.Add(new LinkedIncident
            {
                Case = opened.Id,
                Incident = incident,
                Observations = [.. observations.Of(incident, stop)],
                Computers = [.. observations.ComputersOf(incident)],
            });
        }

        return linked.MoveToImmutable();
    }
}
