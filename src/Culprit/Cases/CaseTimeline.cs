using System.Collections.Immutable;
using System.Globalization;
using Culprit.Cases.Queries;
using Culprit.Events;
using Culprit.Findings;
using Culprit.Incidents;

namespace Culprit.Cases;

/// <summary>What a case says happened, in order of time.</summary>
public static class CaseTimeline
{
    /// <summary>
    /// The events of incidents; the findings of incidents that no event stands for; and with <see cref="TimelineFilter.All"/> the
    /// findings that are in no incident. By time; what has no time comes first. Equal times: by host, place, incident and event.
    /// </summary>
    /// <param name="opened">The case.</param>
    /// <param name="filter">What is wanted.</param>
    public static IEnumerable<TimelineEntry> Read(CaseReader opened, TimelineFilter filter)
    {
        ArgumentNullException.ThrowIfNull(opened);
        ArgumentNullException.ThrowIfNull(filter);
        ILookup<string, string> tags = opened.Tags.Where(static t => t.Event.Length > 0).ToLookup(static t => t.Event, static t => t.Tag, StringComparer.Ordinal);
        Dictionary<long, int> incidentOf = [];
        HashSet<long> shown = [];
        foreach (Incident incident in opened.Incidents)
        {
            foreach (int finding in incident.Findings)
            {
                incidentOf[finding + 1L] = incident.Number;
            }

            shown.UnionWith(incident.Events.SelectMany(static e => e.Findings).Select(static f => f + 1L));
        }

        var events = new List<TimelineEntry>();
        IReadOnlyDictionary<long, FindingLabel> labels = FindingLabels.Read(opened, incidentOf.Keys);
        foreach (Incident incident in opened.Incidents)
        {
            events.AddRange(incident.Events.Select(e => OfEvent(incident.Number, e, labels, tags[e.Identity])).Where(filter.Includes));
        }

        bool needsFindings = filter.All || incidentOf.Keys.Any(number => !shown.Contains(number));
        if (!needsFindings)
        {
            return events.Order(TimelineOrder.Instance);
        }

        // Findings come by time already; however many there are, they are not held. Those of incidents that no event stands for are in between.
        return Merge(events.Order(TimelineOrder.Instance), OfFindings(opened, filter, incidentOf, shown));
    }

    private static IEnumerable<TimelineEntry> OfFindings(CaseReader opened, TimelineFilter filter, Dictionary<long, int> incidentOf, HashSet<long> shown)
    {
        long number = 0;
        foreach (Finding finding in opened.Findings())
        {
            number++;
            if (!shown.Contains(number) && (incidentOf.TryGetValue(number, out int incident) || filter.All)
                && OfFinding(number, finding, incident) is var entry && filter.Includes(entry))
            {
                yield return entry;
            }
        }
    }

    private static IEnumerable<TimelineEntry> Merge(IEnumerable<TimelineEntry> events, IEnumerable<TimelineEntry> findings)
    {
        using IEnumerator<TimelineEntry> left = events.GetEnumerator(), right = findings.GetEnumerator();
        bool hasLeft = left.MoveNext(), hasRight = right.MoveNext();
        while (hasLeft || hasRight)
        {
            if (hasLeft && (!hasRight || left.Current.Time.UtcTicks <= right.Current.Time.UtcTicks))
            {
                yield return left.Current;
                hasLeft = left.MoveNext();
            }
            else
            {
                yield return right.Current;
                hasRight = right.MoveNext();
            }
        }
    }

    private static TimelineEntry OfEvent(int incident, IncidentEvent e, IReadOnlyDictionary<long, FindingLabel> labels, IEnumerable<string> tags)
    {
        FindingLabel[] found = [.. e.Findings.Select(f => labels[f + 1L])];
        TimelineRule[] rules = [.. found.Select(static f => f.Rule).Distinct().OrderByDescending(static r => r.Level)];
        return new TimelineEntry
        {
            Time = e.Time,
            Host = e.Host,
            Machine = e.Machine,
            Account = e.Account,
            Level = rules.Length > 0 ? rules[0].Level : null,
            Rules = [.. rules],
            Tactics = Tactics(found.SelectMany(static f => f.Attack.Tactics).Concat(e.Techniques.Select(static t => t.Tactic))),
            Techniques = Techniques(found.SelectMany(static f => f.Attack.Techniques).Concat(e.Techniques.Select(static t => t.Technique))),
            Message = e.Summary,
            Why = e.Why,
            Incident = incident,
            Event = e.Number,
            Findings = [.. e.Findings.Select(static f => f + 1L)],
            Channel = e.Channel,
            Provider = e.Provider,
            EventId = e.EventId,
            RecordId = e.RecordId,
            Recovered = e.Recovered,
            Place = e.Places[0],
            PlaceCount = e.Places.Length,
            Identity = e.Identity,
            Tags = [.. tags],
        };
    }

    private static TimelineEntry OfFinding(long number, Finding finding, int incident)
    {
        EvidencePlace place = finding.Places[0];
        string values = string.Join("; ", finding.Matched.Select(static m => m.Field.Length > 0 ? $"{m.Field}: {m.Value}" : m.Value).Distinct(StringComparer.Ordinal));
        string events = finding.IsCorrelation ? string.Create(CultureInfo.InvariantCulture, $" ({finding.EventCount} events)") : "";
        return new TimelineEntry
        {
            Time = finding.Time,
            Host = finding.Host,
            Account = finding.Account,
            Level = finding.Rule.Level,
            Rules = [new TimelineRule(finding.Rule.Id, finding.Rule.Title, finding.Rule.Level)],
            Tactics = Tactics(finding.Rule.Attack.Tactics),
            Techniques = Techniques(finding.Rule.Attack.Techniques),
            Message = finding.Rule.Title + events + (values.Length > 0 ? ": " + values : ""),
            Why = "",
            Incident = incident,
            Event = -1,
            Findings = [number],
            Channel = finding.Channel,
            Provider = finding.Provider,
            EventId = finding.EventId,
            RecordId = finding.RecordId,
            Recovered = finding.Recovered,
            Place = new CitedPlace(place.Source.Path, place.Source.Sha256, place.Offset, place.Length, place.RecordId),
            PlaceCount = finding.PlaceCount,
            Identity = "",
            Tags = [],
        };
    }

    private static ImmutableArray<string> Tactics(IEnumerable<string> names) =>
        [.. names.Where(static n => n.Length > 0).Distinct(StringComparer.Ordinal).OrderBy(AttackReferences.TacticOrder).ThenBy(static t => t, StringComparer.Ordinal)];

    private static ImmutableArray<string> Techniques(IEnumerable<string> ids) => [.. ids.Where(static id => id.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private sealed class TimelineOrder : IComparer<TimelineEntry>
    {
        public static TimelineOrder Instance { get; } = new();

        public int Compare(TimelineEntry? x, TimelineEntry? y)
        {
            int order = x!.Time.UtcTicks.CompareTo(y!.Time.UtcTicks);
            order = order != 0 ? order : string.CompareOrdinal(x.Host, y.Host);
            order = order != 0 ? order : string.CompareOrdinal(x.Place.Path, y.Place.Path);
            order = order != 0 ? order : x.Place.Offset.CompareTo(y.Place.Offset);
            order = order != 0 ? order : x.Incident.CompareTo(y.Incident);
            return order != 0 ? order : x.Event.CompareTo(y.Event);
        }
    }
}
