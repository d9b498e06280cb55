using System.Collections.Immutable;
using System.Globalization;
using Culprit.Events;
using Culprit.Evidence;
using Culprit.Findings;
using Culprit.Incidents;

namespace Culprit.Cases.Queries;

/// <summary>Holds rules against the events that a case keeps, each once however many copies or incidents it has.</summary>
internal static class SigmaHunt
{
    public static HuntResult Run(CaseReader opened, RuleCatalog rules, CancellationToken stop)
    {
        Dictionary<string, string> formats = new(StringComparer.Ordinal);
        foreach (CaseEvidence source in opened.Manifest.Evidence)
        {
            formats[source.Path] = source.Format;
        }

        // Those of incidents come first: they say in words what happened.
        var ofIncidents = opened.Incidents.SelectMany(static i => i.Events.Select(e => (Incident: i.Number, Event: e)));
        ImmutableArray<string> kept = opened.EventFiles();
        IEnumerable<(int Incident, IncidentEvent Event)> all = kept.IsEmpty
            ? ofIncidents
            : ofIncidents.Concat(KeptEvents.Read(kept).Select(static e => (0, e)));
        var judge = new EventJudge(rules);
        var hits = new List<HuntHit>();
        var matching = new Dictionary<long, (IncidentEvent Event, int Incident)>();
        HashSet<UInt128> seen = [];
        foreach ((int incident, IncidentEvent e) in all)
        {
            stop.ThrowIfCancellationRequested();
            if (!seen.Add(UInt128.Parse(e.Identity, NumberStyles.HexNumber, CultureInfo.InvariantCulture)))
            {
                continue;
            }

            ImmutableArray<EventVerdict> verdicts = judge.Judge(seen.Count, RouteOf(e, formats), e.Time, e.Fields, out bool any);
            if (any)
            {
                matching.Add(seen.Count, (e, incident));
                hits.AddRange(verdicts.Select(v => Hit(v, matching)));
            }
        }

        hits.AddRange(judge.Complete().Select(v => Hit(v, matching)));
        return new HuntResult(
            [
                .. hits.OrderBy(static h => h.Event.Time.UtcTicks).ThenBy(static h => h.Event.Host, StringComparer.Ordinal)
                    .ThenBy(static h => h.Event.Places[0].Path, StringComparer.Ordinal).ThenBy(static h => h.Event.Places[0].Offset)
                    .ThenBy(static h => h.Rule.Rank),
            ],
            seen.Count,
            AllEvents: !kept.IsEmpty);
    }

    private static HuntHit Hit(EventVerdict verdict, Dictionary<long, (IncidentEvent Event, int Incident)> matching)
    {
        (IncidentEvent e, int incident) = matching[verdict.Event];
        return new HuntHit(verdict.Rule, e, incident, verdict.Events.Length, verdict.Matched);
    }

    // Of a request the format tells which server wrote it, as far as anything does.
    private static EventRoute RouteOf(IncidentEvent e, Dictionary<string, string> formats) => e.Kind == RecordKind.WindowsEvent
        ? new EventRoute("windows", "", "", e.Channel, e.Provider, e.EventId)
        : new EventRoute("", "webserver", formats.GetValueOrDefault(e.Places[0].Path, "") == "iis-w3c" ? "iis" : "", "", "", 0);
}
