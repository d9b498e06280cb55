using System.Collections.Immutable;
using Culprit.Findings;
using Culprit.Incidents;
using Culprit.Knowledge;
using Culprit.Primitives;

namespace Culprit.Attribution;

/// <summary>Assesses incidents, and observations that a user gave alone, in the one way that can be made again.</summary>
public static class IncidentAssessor
{
    /// <summary>The least severity of an incident that is assessed without being asked for by its number.</summary>
    public const IncidentSeverity LeastSeverity = IncidentSeverity.Medium;

    /// <summary>How many incidents are assessed without being asked for, the gravest first: each takes its time and its place in a case.</summary>
    public const int MaxIncidents = 20;

    /// <summary>Whether a request means an incident, as long as it does not mean more than <see cref="MaxIncidents"/>.</summary>
    public static bool Means(AssessmentRequest request, Incident incident)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(incident);
        return request.Incident is { } number ? incident.Number == number : incident.Severity >= LeastSeverity;
    }

    /// <summary>Assesses the incidents that a request means.</summary>
    /// <param name="incidents">All incidents; 1 is the gravest.</param>
    /// <param name="findings">Their findings, by the positions that incidents give.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="knowledge">What is known.</param>
    /// <param name="model">The weights; null for those that ship with the program.</param>
    public static AssessedIncidents Assess(
        IEnumerable<Incident> incidents, IReadOnlyDictionary<int, Finding> findings, AssessmentRequest request, KnowledgeBase knowledge, AttributionModel? model = null)
    {
        ArgumentNullException.ThrowIfNull(incidents);
        ArgumentNullException.ThrowIfNull(request);
        var attributor = new Attributor(knowledge, model);
        return Made(request, knowledge, model,
        [
            .. incidents.Where(incident => Means(request, incident)).OrderBy(static incident => incident.Number).Take(MaxIncidents).Select(incident => new IncidentAssessment(
                incident.Number,
                attributor.Assess(IncidentObservations.Of(incident, findings, knowledge).Concat(request.Given), Options(request, YearOf(incident))))),
        ]);
    }

    /// <summary>Assesses what a user gave, without any incident.</summary>
    public static AssessedIncidents Assess(AssessmentRequest request, KnowledgeBase knowledge, AttributionModel? model = null)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Made(request, knowledge, model, [new IncidentAssessment(0, new Attributor(knowledge, model).Assess(request.Given, Options(request, year: null)))]);
    }

    private static AssessedIncidents Made(AssessmentRequest request, KnowledgeBase knowledge, AttributionModel? model, ImmutableArray<IncidentAssessment> made) => new()
    {
        KnowledgeSha256 = knowledge.Sha256,
        ModelSha256 = (model ?? AttributionModel.Embedded).Sha256,
        Request = request,
        Incidents = made,
    };

    private static AssessmentOptions Options(AssessmentRequest request, int? year) => new()
    {
        Year = request.Year ?? year,
        UnknownBaseRate = request.UnknownBaseRate,
        GroupFactors = request.GroupFactors,
    };

    // Reports age by the time of the incident, not by that of the knowledge.
    private static int? YearOf(Incident incident) =>
        incident.Last.Certainty is TimeCertainty.Exact or TimeCertainty.ZoneAssumed && incident.Last.UtcTicks > 0 ? incident.Last.Utc.Year : null;
}
