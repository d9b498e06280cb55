using Culprit.Attribution;
using Culprit.Cases;
using Culprit.Findings;
using Culprit.Incidents;
using Culprit.Knowledge;

namespace Culprit.Cli.Attribution;

/// <summary>The incidents of a case as linking takes them.</summary>
internal static class CaseIncidentsToLink
{
    /// <summary>The incidents of at least a severity, with what was observed of each.</summary>
    public static IEnumerable<LinkedIncident> Of(CaseReader opened, string name, IncidentSeverity least, KnowledgeBase knowledge)
    {
        Incident[] incidents = [.. opened.Incidents.Where(i => i.Severity >= least)];
        Dictionary<int, Finding> findings = opened.FindingsOf(incidents).ToDictionary(static f => f.Number, static f => f.Finding);
        return incidents.Select(i => new LinkedIncident { Case = name, Incident = i, Observations = [.. IncidentObservations.Of(i, findings, knowledge)] });
    }
}
