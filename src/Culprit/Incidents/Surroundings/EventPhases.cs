using System.Collections.Immutable;
using Culprit.Primitives;

namespace Culprit.Incidents.Surroundings;

/// <summary>The tactics of an incident over time, by the techniques of its events.</summary>
internal static class EventPhases
{
    /// <summary>The phases, in the order of their first sign; those of the findings alone where there are no events.</summary>
    public static ImmutableArray<IncidentPhase> Of(Incident incident, ImmutableArray<IncidentEvent> events)
    {
        if (events.IsEmpty)
        {
            return incident.Phases;
        }

        var byTactic = events
            .SelectMany(static one => one.Techniques.Select(technique => (Event: one, technique.Tactic, technique.Technique)))
            .Where(static entry => entry.Tactic.Length > 0)
            .GroupBy(static entry => entry.Tactic, StringComparer.Ordinal)
            .Select(static group =>
            {
                IncidentEvent[] timed = [.. group.Select(static entry => entry.Event).Where(static one => one.Time.Certainty != TimeCertainty.Unknown)];
                return new IncidentPhase(
                    group.Key,
                    timed.Length > 0 ? timed[0].Time : EventTime.Unknown,
                    timed.Length > 0 ? timed[^1].Time : EventTime.Unknown,
                    [.. group.Select(static entry => entry.Technique).Where(static technique => technique.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
                    group.SelectMany(static entry => entry.Event.Findings).Distinct().Count());
            });
        return [.. byTactic.OrderBy(static phase => phase.First.UtcTicks).ThenBy(static phase => phase.Tactic, StringComparer.Ordinal)];
    }
}
