using System.Collections.Immutable;
using Culprit.Attribution.Observing;
using Culprit.Attribution.Profiles;
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

    // The first reports on groups that are still known were published in the nineties.
    private const int MostYears = 30;

    /// <summary>Whether a request means an incident, as long as it does not mean more than <see cref="MaxIncidents"/>.</summary>
    public static bool Means(AssessmentRequest request, Incident incident)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(incident);
        return request.Incident is { } number ? incident.Number == number : incident.Severity >= LeastSeverity;
    }

    /// <summary>Assesses the incidents that a request means.</summary>
    /// <param name="incidents">All incidents; 1 is the gravest. Those that are not assessed tell of the computers of the case.</param>
    /// <param name="findings">The findings of those that are assessed, by the positions that incidents give.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="knowledge">What is known.</param>
    /// <param name="model">The weights; null for those that ship with the program.</param>
    /// <param name="stop">Ends it before all are assessed.</param>
    /// <exception cref="ArgumentOutOfRangeException">A base rate of the request, or a factor, is none.</exception>
    /// <exception cref="OperationCanceledException">It was to stop.</exception>
    public static AssessedIncidents Assess(
        IEnumerable<Incident> incidents, IReadOnlyDictionary<int, Finding> findings, AssessmentRequest request, KnowledgeBase knowledge, AttributionModel? model = null,
        CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(incidents);
        ArgumentNullException.ThrowIfNull(request);
        AssessmentRequest kept = request.AsKept();
        var attributor = new Attributor(knowledge, model);
        var made = ImmutableArray.CreateBuilder<IncidentAssessment>();
        Incident[] all = [.. incidents];
        var observations = new IncidentObservations(all, findings, knowledge);
        ImmutableArray<Observation> given = [.. kept.Given.Select(observations.Mark)];
        Incident[] meant = [.. all.Where(incident => Means(kept, incident)).OrderBy(static incident => incident.Number)];
        foreach (Incident incident in meant.Take(MaxIncidents))
        {
            stop.ThrowIfCancellationRequested();
            AssessmentOptions options = Options(kept, YearOf(incident, knowledge)) with { Intrusion = IncidentLikelihood.Of(incident) };
            (ImmutableArray<Observation> observed, ImmutableArray<string> remarks) = observations.Read(incident, stop);
            Assessment assessment = attributor.Assess(observed.Concat(given), options, stop);
            made.Add(new IncidentAssessment(incident.Number, assessment with { Limits = [.. UnknownThreats.In(incident, knowledge, stop), .. remarks, .. assessment.Limits] }));
        }

        return Made(kept, knowledge, model, made.ToImmutable()) with { LeftOut = meant.Length - made.Count };
    }

    /// <summary>Assesses what a user gave, without any incident.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A base rate of the request, or a factor, is none.</exception>
    /// <exception cref="OperationCanceledException">It was to stop.</exception>
    public static AssessedIncidents Assess(AssessmentRequest request, KnowledgeBase knowledge, AttributionModel? model = null, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        AssessmentRequest kept = request.AsKept();
        return Made(kept, knowledge, model, [new IncidentAssessment(0, new Attributor(knowledge, model).Assess(kept.Given, Options(kept, year: null), stop))]);
    }

    private static AssessedIncidents Made(AssessmentRequest request, KnowledgeBase knowledge, AttributionModel? model, ImmutableArray<IncidentAssessment> made) => new()
    {
        KnowledgeSha256 = knowledge.Sha256,
        ModelSha256 = (model ?? AttributionModel.Embedded).Sha256,
        IndicatorsSha256 = IndicatorSet.BuiltIn.ContentHash,
        Request = request,
        Incidents = made,
    };

    private static AssessmentOptions Options(AssessmentRequest request, int? year) => new()
    {
        Year = request.Year ?? year,
        IsYearOfEvidence = request.Year is null && year is not null,
        UnknownBaseRate = request.UnknownBaseRate,
        GroupFactors = request.GroupFactors,
    };

    // Reports age by the time of the incident, not by that of the knowledge: by the middle one of its events, since one record with a
    // wrong clock or a forged time must not decide. A year that no report can be near to is taken for none.
    private static int? YearOf(Incident incident, KnowledgeBase knowledge)
    {
        int[] years = [.. incident.Events.Select(static e => e.Time).DefaultIfEmpty(incident.Last).Where(IsKnown).Select(static t => t.Utc.Year).Order()];
        int newest = ActivityIndex.Of(knowledge).NewestYear;
        return years.Length > 0 && Math.Abs(years[years.Length / 2] - newest) <= MostYears ? years[years.Length / 2] : null;
    }

    private static bool IsKnown(EventTime time) => time.Certainty is TimeCertainty.Exact or TimeCertainty.ZoneAssumed && time.UtcTicks > 0;
}
