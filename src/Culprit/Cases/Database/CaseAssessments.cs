using System.Collections.Immutable;
using Culprit.Attribution;
using Culprit.Findings;
using Culprit.Incidents;
using Culprit.Knowledge;

namespace Culprit.Cases.Database;

/// <summary>The one place in which a case assesses who is behind its incidents, so that making it again comes to the same.</summary>
internal static class CaseAssessments
{
    /// <summary>Assesses what a request means.</summary>
    public static AssessedIncidents Of(DatabaseReader database, AssessmentRequest request, KnowledgeBase knowledge, AttributionModel model, CancellationToken stop)
    {
        ImmutableArray<Incident> all = database.Incidents();
        IEnumerable<(int Number, Finding Finding)> findings = database.FindingsOf(all.Where(incident => IncidentAssessor.Means(request, incident)).Take(IncidentAssessor.MaxIncidents));
        return IncidentAssessor.Assess(all, findings.ToDictionary(static f => f.Number, static f => f.Finding), request, knowledge, model, stop);
    }

    /// <summary>Which incidents were assessed, in words.</summary>
    public static string Describe(AssessedIncidents assessed) => assessed.Incidents.Length switch
    {
        0 => "no incident, as none is grave enough",
        1 => $"incident {assessed.Incidents[0].Incident}",
        _ => $"the incidents {string.Join(", ", assessed.Incidents.Select(static i => i.Incident))}",
    };
}
