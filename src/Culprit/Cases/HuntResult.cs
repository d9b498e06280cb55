using System.Collections.Immutable;
using Culprit.Findings;
using Culprit.Incidents;

namespace Culprit.Cases;

/// <summary>What rules find among the events that a case keeps.</summary>
/// <param name="Hits">What they find, by time, host, place and rule.</param>
/// <param name="EventsJudged">How many events were judged, each once.</param>
/// <param name="AllEvents">Whether these are all events of the evidence; otherwise those of incidents alone.</param>
public sealed record HuntResult(ImmutableArray<HuntHit> Hits, long EventsJudged, bool AllEvents);

/// <summary>An event that a rule matches; of a correlation, the first of its events.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Event">The event.</param>
/// <param name="Incident">The number of the incident that the event belongs to; 0 where it belongs to none.</param>
/// <param name="EventCount">How many events satisfy the rule together: 1, or those of a correlation.</param>
/// <param name="Matched">The values that satisfy the rule.</param>
public sealed record HuntHit(RuleInfo Rule, IncidentEvent Event, int Incident, int EventCount, ImmutableArray<MatchedValue> Matched);
