using System.Collections.Immutable;
using System.Globalization;
using Culprit.Attribution.Weighing;
using Culprit.Knowledge;

namespace Culprit.Attribution.Judging;

/// <summary>What an assessment cannot know.</summary>
internal static class Limits
{
    /// <summary>As sentences, those of every assessment after those of this one.</summary>
    public static ImmutableArray<string> Of(IReadOnlyList<Observation> observed, int leftOut, KnowledgeBase knowledge, AttributionModel model, EvidenceScales scales)
    {
        var limits = ImmutableArray.CreateBuilder<string>();
        string[] strange = [.. observed.Where(o => o.Kind is ObservationKind.Technique or ObservationKind.Software && !o.NewMalware && scales.Feature(o) < 0).Select(static o => o.Value)];
        if (strange.Length > 0)
        {
            const int most = 5;
            limits.Add($"The knowledge base does not hold {string.Join(", ", strange.Take(most))}{(strange.Length > most ? $" and {strange.Length - most} more" : "")}, so that "
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
