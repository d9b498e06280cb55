using System.Collections.Immutable;
using System.Globalization;
using Culprit.Attribution.Weighing;
using Culprit.Knowledge;

namespace Culprit.Attribution.Judging;

/// <summary>What an assessment cannot know.</summary>
internal static class Limits
{
    private const int MostTold = 5;

    /// <summary>As sentences, those of every assessment after those of this one.</summary>
    public static ImmutableArray<string> Of(IReadOnlyList<Observation> observed, int leftOut, KnowledgeBase knowledge, AttributionModel model, EvidenceScales scales)
    {
        var limits = ImmutableArray.CreateBuilder<string>();
        string[] strange = [.. observed.Where(o => o.Kind is ObservationKind.Technique or ObservationKind.Software && !o.NewMalware && scales.Feature(o) < 0).Select(static o => o.Value)];
        if (strange.Length > 0)
        {
            limits.Add($"The knowledge base does not hold {string.Join(", ", strange.Take(MostTold))}{(strange.Length > MostTold ? $" and {strange.Length - MostTold} more" : "")}, so that "
                + $"{(strange.Length == 1 ? "it speaks" : "they speak")} for no group: a rule may be tagged by a newer ATT&CK than was weighed.");
        }

        if (leftOut > 0)
        {
            limits.Add($"{leftOut} further {(leftOut == 1 ? "indicator was" : "indicators were")} observed and not weighed: {IndicatorCrowds.Most} that lists ascribe to the same groups, or to none, say all that indicators can, and no more than {IndicatorCrowds.MostOfAll} are weighed in all.");
        }

        if (observed.Any(static o => o.Kind == ObservationKind.Indicator))
        {
            limits.Add("Weights of indicators are set, not fitted: no public history of cases with their indicators exists to fit them on.");
        }

        int newest = scales.Profiles.Index.NewestYear, oldest = scales.Profiles.Index.OldestYear;
        if (scales.Profiles.Year > newest + 1 || scales.Profiles.Year < oldest)
        {
            limits.Add(string.Create(CultureInfo.InvariantCulture, $"It is weighed as of {scales.Profiles.Year}, and what is known was published from {oldest} to {newest}: ")
                + (scales.Profiles.Year > newest ? "the knowledge may be old ('culprit knowledge update' installs newer)." : "all of it is of a later time.")
                + (scales.IsYearOfEvidence ? " If the clocks of the evidence were wrong or set, groups are weighed by the wrong age of their reports; --year sets another." : ""));
        }

        foreach ((Observation early, int? year) in observed.Where(static o => o.Kind == ObservationKind.Software).Select(o => (o, FirstReport(o, scales)))
            .Where(o => o.Item2 > scales.Profiles.Year + 1).Take(MostTold))
        {
            limits.Add(string.Create(CultureInfo.InvariantCulture,
                $"{AssessmentSentences.Name(early)} was first reported in {year}, and this is weighed as of {scales.Profiles.Year}: one of the two may be wrong."));
        }

        if (model.KnowledgeSha256 != knowledge.Sha256)
        {
            limits.Add("The weights were fitted on another state of the knowledge base than the one that was weighed.");
        }

        limits.Add("It knows of groups what was published, by those who looked; who was never reported on cannot be named.");
        limits.Add("It cannot tell a group from one that imitates it well. Who wants to mislead can read the same reports.");
        limits.Add("It does not ask whether anybody ordered it: an authorised test, somebody of the house, or a customer of the same services leaves the same traces.");
        limits.Add("Publishers draw the borders of groups differently; one name may stand for several bodies of people, and several names for one.");
        return limits.ToImmutable();
    }

    // The year in which a group was first reported to have the software; null where no report has a year.
    private static int? FirstReport(Observation software, EvidenceScales scales) => scales.Feature(software) is var feature and >= 0
        ? scales.Profiles.Index.Activities.Where(a => Array.BinarySearch(a.Features, feature) >= 0).Min(static a => a.Year) : null;
}
