using System.Collections.Immutable;
using Culprit.Attribution.Weighing;
using Culprit.Knowledge;

namespace Culprit.Attribution.Judging;

/// <summary>What an assessment cannot know.</summary>
internal static class Limits
{
    /// <summary>As sentences, those of every assessment after those of this one.</summary>
    public static ImmutableArray<string> Of(IReadOnlyList<Observation> observed, KnowledgeBase knowledge, AttributionModel model, EvidenceScales scales)
    {
        var limits = ImmutableArray.CreateBuilder<string>();
        int strange = observed.Count(o => o.Kind is ObservationKind.Technique or ObservationKind.Software && !o.NewMalware && scales.Feature(o) < 0);
        if (strange > 0)
        {
            limits.Add($"{strange} of the observations are not in the knowledge base and speak for no group.");
        }

        if (observed.Any(static o => o.Kind == ObservationKind.Indicator))
        {
            limits.Add("Weights of indicators are set, not fitted: no public history of cases with their indicators exists to fit them on.");
        }

        if (model.KnowledgeSha256 != knowledge.Sha256)
        {
            limits.Add("The weights were fitted on another state of the knowledge base than the one that was weighed.");
        }

        limits.Add("It knows of groups what was published, by those who looked; who was never reported on cannot be named.");
        limits.Add("It cannot tell a group from one that imitates it well. Who wants to mislead can read the same reports.");
        limits.Add("Publishers draw the borders of groups differently; one name may stand for several bodies of people, and several names for one.");
        return limits.ToImmutable();
    }
}
