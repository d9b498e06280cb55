using System.Collections.Immutable;
using System.Globalization;
using Culprit.Events;
using Culprit.Evidence;
using Culprit.Findings;
using Culprit.Incidents.Joining;
using Culprit.Primitives;

namespace Culprit.Incidents.Surroundings;

/// <summary>Gives incidents their events: those of their findings and those around them, each once with all of its places.</summary>
internal sealed class IncidentEvents
{
    /// <summary>How many records of one incident are read; those of findings first, then by time.</summary>
    public const int MaxRecords = 20_000;

    private readonly FindingTable _table;
    private readonly FindingPlaces _places;
    private readonly EventFetch _fetch = new();
    private readonly Dictionary<int, List<Wanted>> _wanted = [];
    private IReadOnlyDictionary<(string Path, long Offset), Event> _found = new Dictionary<(string Path, long Offset), Event>();

    public IncidentEvents(FindingTable table, FindingPlaces places, List<SurroundingEvent> around, IEnumerable<int> roots, Components components)
    {
        _table = table;
        _places = places;
        foreach (int root in roots)
        {
            _wanted.Add(root, []);
        }

        var reasons = new Dictionary<(string Path, long Offset), JoinReasons>();
        foreach (SurroundingEvent one in around)
        {
            reasons[(one.Path, one.Offset)] = one.Reason;
            if (_wanted.TryGetValue(one.Root, out List<Wanted>? list))
            {
                list.Add(new Wanted(one.Path, one.Offset, one.Ticks, one.Reason));
            }
        }

        foreach ((int finding, string path, long offset) in places.All)
        {
            if (_wanted.TryGetValue(components.RootOf(finding), out List<Wanted>? list) && !reasons.ContainsKey((path, offset)))
            {
                list.Add(new Wanted(path, offset, table[finding].Time.UtcTicks, JoinReasons.Finding));
            }
        }

        foreach ((int root, List<Wanted> list) in _wanted.ToList())
        {
            List<Wanted> distinct = [.. list.Distinct()
                .OrderBy(static one => one.Reason != JoinReasons.Finding).ThenBy(static one => one.Ticks)
                .ThenBy(static one => one.Path, StringComparer.Ordinal).ThenBy(static one => one.Offset)];
            _wanted[root] = distinct;
            foreach (Wanted one in distinct.Take(MaxRecords))
            {
                _fetch.Want(one.Path, one.Offset);
            }
        }
    }

    /// <summary>Reads the events.</summary>
    public void Fetch(EvidenceFiles files, EvidenceOptions options, ImmutableArray<IncidentEvent> known, CancellationToken stop) =>
        _found = _fetch.Read(files, options, known, stop);

    /// <summary>The incident with its events.</summary>
    /// <param name="root">Its lowest finding.</param>
    /// <param name="incident">What its findings come to.</param>
    /// <param name="hostOf">The one name of a host.</param>
    public Incident Complete(int root, Incident incident, Func<string, string> hostOf)
    {
        List<Wanted> wanted = _wanted[root];
        var drafts = new Dictionary<UInt128, Draft>();
        int missing = 0;
        foreach (Wanted one in wanted.Take(MaxRecords))
        {
            if (!_found.TryGetValue((one.Path, one.Offset), out Event? found))
            {
                missing++;
                continue;
            }

            if (!drafts.TryGetValue(found.Identity, out Draft? draft))
            {
                drafts.Add(found.Identity, draft = new Draft(found));
            }

            draft.Add(found, one.Reason, FindingsAt(one));
        }

        ImmutableArray<IncidentEvent> events =
        [
            .. drafts.Values
                .OrderBy(static draft => draft.Event.Time.UtcTicks).ThenBy(static draft => draft.Event.Host, StringComparer.Ordinal)
                .ThenBy(static draft => draft.Event.Route.Channel, StringComparer.Ordinal).ThenBy(static draft => draft.Event.RecordId)
                .ThenBy(static draft => draft.Event.Identity)
                .Select((draft, number) => draft.ToIncidentEvent(number, _table, hostOf)),
        ];
        IncidentEvent[] timed = [.. events.Where(static one => one.Time.Certainty != TimeCertainty.Unknown)];
        return incident with
        {
            Events = events,
            First = timed.Length > 0 ? timed[0].Time : incident.First,
            Last = timed.Length > 0 ? timed[^1].Time : incident.Last,
            Phases = EventPhases.Of(incident, events),
            RecordsLeftOut = Math.Max(0, wanted.Count - MaxRecords) + missing,
        };
    }

    private IEnumerable<int> FindingsAt(Wanted one)
    {
        var findings = new List<int>();
        _places.FindingsAt(one.Path, one.Offset, findings);
        return findings;
    }

    private readonly record struct Wanted(string Path, long Offset, long Ticks, JoinReasons Reason);

    private sealed class Draft(Event first)
    {
        private readonly List<Event> _copies = [];
        private readonly SortedSet<int> _findings = [];
        private JoinReasons _reasons;

        public Event Event => first;

        public void Add(Event copy, JoinReasons reason, IEnumerable<int> findings)
        {
            _copies.Add(copy);
            _findings.UnionWith(findings);
            _reasons |= reason;
        }

        public IncidentEvent ToIncidentEvent(int number, FindingTable table, Func<string, string> hostOf)
        {
            RuleInfo[] rules = [.. _findings.Select(finding => table.Rule(table[finding].Rule)).Distinct().OrderByDescending(static rule => rule.Level).ThenBy(static rule => rule.Rank)];
            Event[] copies = [.. _copies.OrderBy(static copy => copy.Place.Source.Path, StringComparer.Ordinal).ThenBy(static copy => copy.Place.Offset)];
            Event shown = copies[0];
            return new IncidentEvent
            {
                Number = number,
                Kind = shown.Kind,
                Time = shown.Time,
                Host = shown.Host,
                Machine = shown.Host.Length > 0 ? hostOf(shown.Host) : UnnamedHosts.Of(shown.Kind, shown.Place.Source.Path),
                Account = shown.Account,
                Channel = shown.Route.Channel,
                Provider = shown.Route.Provider,
                EventId = shown.Route.EventId,
                RecordId = shown.RecordId,
                Recovered = Array.TrueForAll(copies, static copy => copy.Recovered),
                Fields = shown.Fields,
                Places = [.. copies.Select(static copy => new CitedPlace(
                    copy.Place.Source.Path, copy.Place.Source.Sha256, copy.Place.Offset, copy.Place.Length, copy.RecordId))],
                Identity = shown.Identity.ToString("x32", CultureInfo.InvariantCulture),
                Findings = [.. _findings],
                Rules = [.. rules.Select(static rule => rule.Title)],
                Level = rules.Length > 0 ? rules[0].Level : null,
                Techniques = EventTechniques.Of(shown, rules),
                Why = JoinReasonText.Sentence(_findings.Count > 0 ? JoinReasons.Finding : _reasons),
                Summary = EventSummary.Of(shown),
            };
        }
    }
}
