using Culprit.Findings;
using Culprit.Knowledge;

namespace Culprit.Attribution.Observing;

/// <summary>Indicators that were met: each value once, with every list that holds it and the groups that those lists mean.</summary>
internal static class IndicatorObservations
{
    /// <summary>Adds those that findings of an incident rest on.</summary>
    public static void Add(ObservationTally tally, IncidentSigns signs, KnowledgeBase knowledge, CancellationToken stop)
    {
        foreach (RuleSign sign in signs.Rules)
        {
            stop.ThrowIfCancellationRequested();
            if (sign.Rule.Indicator is not { } met)
            {
                continue;
            }

            tally.Add(ObservationKind.Indicator, met.Value, met.Value, $"list: {met.List}", sign.Events, sign.Findings);
            tally.Claim(met.Value, new IndicatorClaim(
                met.List, knowledge.GroupsOf(new IndicatorList(met.List, met.Aliases, met.Groups)), met.Source, met.Year, met.Kind, met.Shared is not null, met.ListCount),
                sign.Findings.Min(f => IndicatorContacts.Of(f, met, signs)));
        }
    }

    /// <summary>What lists claim of a value.</summary>
    public static IndicatorClaim Claim(Indicator indicator, KnowledgeBase knowledge) => new(
        indicator.List.Name, knowledge.GroupsOf(indicator.List), indicator.Source, indicator.Year,
        indicator.Kind, indicator.Shared is not null, indicator.ListCount);
}
