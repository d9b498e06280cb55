using System.Collections.Immutable;
using Culprit.Attribution.Judging;
using Culprit.Attribution.Model;
using Culprit.Attribution.Profiles;
using Culprit.Attribution.Weighing;
using Culprit.Knowledge;

namespace Culprit.Attribution;

/// <summary>What the user sets.</summary>
public sealed record AssessmentOptions
{
    /// <summary>The year of the incident; null for that of the newest report in the knowledge base.</summary>
    public int? Year { get; init; }

    /// <summary>Whether <see cref="Year"/> was read off the clocks of evidence, which may be wrong, rather than set by somebody.</summary>
    public bool IsYearOfEvidence { get; init; }

    /// <summary>The share of intrusions by groups that the knowledge base does not hold, more than 0 and less than 1; null for that of history.</summary>
    public double? UnknownBaseRate { get; init; }

    /// <summary>How likely it is that there was an intrusion at all: that somebody did it is no likelier. Null where that is not in question.</summary>
    public Likelihood? Intrusion { get; init; }

    /// <summary>Factors on the odds of groups, by identifier, each more than 0 and finite.</summary>
    public ImmutableSortedDictionary<string, double> GroupFactors { get; init; } = ImmutableSortedDictionary<string, double>.Empty;
}

/// <summary>
/// Weighs groups against what was observed. In: knowledge and observations. Out: an <see cref="Assessment"/>. Profiles are what
/// is known of each group; Weighing turns observations into weights for each explanation; Model holds the fitted weights;
/// Judging turns probabilities into words and refuses where the evidence does not carry any.
/// </summary>
public sealed class Attributor
{
    private readonly KnowledgeBase _knowledge;
    private readonly ActivityIndex _activity;
    private readonly AttributionModel _model;

    /// <summary>Prepares to weigh by what <paramref name="knowledge"/> holds.</summary>
    /// <param name="knowledge">What is known.</param>
    /// <param name="model">The weights; null for those that ship with the program.</param>
    public Attributor(KnowledgeBase knowledge, AttributionModel? model = null)
    {
        ArgumentNullException.ThrowIfNull(knowledge);
        _knowledge = knowledge;
        _activity = ActivityIndex.Of(knowledge);
        _model = model ?? AttributionModel.Embedded;
    }

    /// <summary>Weighs every group.</summary>
    /// <param name="observations">What was observed; their order does not matter, and one that is given twice counts once.</param>
    /// <param name="options">What the user sets.</param>
    /// <param name="stop">Ends it before it is made.</param>
    /// <exception cref="ArgumentOutOfRangeException">A base rate or a factor is none.</exception>
    /// <exception cref="OperationCanceledException">It was to stop.</exception>
    public Assessment Assess(IEnumerable<Observation> observations, AssessmentOptions? options = null, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(observations);
        options ??= new AssessmentOptions();
        if (options.UnknownBaseRate is <= 0 or >= 1 or double.NaN)
        {
            throw new ArgumentOutOfRangeException(nameof(options), options.UnknownBaseRate, "A base rate is more than 0 and less than 1.");
        }

        // Its logarithm is what weighs; that of 0 would make no sum.
        foreach ((string group, double factor) in options.GroupFactors)
        {
            if (factor is not (> 0 and < double.PositiveInfinity))
            {
                throw new ArgumentOutOfRangeException(nameof(options), factor, $"A factor on the odds of a group ({group}) is more than 0, and finite.");
            }
        }

        int year = options.Year ?? _activity.NewestYear;
        Observation[] said = [.. observations], shown = Array.FindAll(said, static o => !VerdictBasis.IsGiven(o));
        ImmutableArray<Observation> given = ObservationOrder.Sort(said), all = TechniqueParts.WithoutWholes(given);
        HashSet<Observation> kept = new(all, ReferenceEqualityComparer.Instance);
        var profiles = new ProfileSet(_activity, year, static _ => true);
        var scales = new EvidenceScales(_knowledge, profiles, _model, options);
        ImmutableArray<Observation> few = VulnerabilityCrowds.Thin(all, scales.Further), observed = IndicatorCrowds.Thin(few, year);
        var builder = new AssessmentBuilder(_knowledge, scales, _model, options.Intrusion);
        Assessment assessment = builder.Build(observed, given.RemoveAll(kept.Contains), year, few.Length - observed.Length, stop);
        assessment = all.Length == few.Length ? assessment : assessment with { Limits = [VulnerabilityCrowds.Sentence(all.Length - few.Length), .. assessment.Limits] };
        return shown.Length == 0 || shown.Length == said.Length ? assessment
            : assessment with { ByRecordsAlone = builder.ByRecordsAlone(assessment, ThinOf(shown)) };

        ImmutableArray<Observation> ThinOf(Observation[] some) => IndicatorCrowds.Thin(VulnerabilityCrowds.Thin(TechniqueParts.WithoutWholes(ObservationOrder.Sort(some)), scales.Further), year);
    }
}
