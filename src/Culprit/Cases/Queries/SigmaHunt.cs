using System.Collections.Immutable;
using Culprit.Events;
using Culprit.Evidence;
using Culprit.Findings;
using Culprit.Incidents;

namespace Culprit.Cases.Queries;

/// <summary>Holds rules against the events that a case keeps, each once however many incidents it is in.</summary>
internal static class SigmaHunt
{
    public static HuntResult Run(CaseReader opened, RuleCatalog rules, CancellationToken stop)
    {
        Dictionary<string, string> formats = new(StringComparer.Ordinal);
        foreach (CaseEvidence source in opened.Manifest.Evidence)
        {
            formats[source.Path] = source.Format;
        }

        var judge = new EventJudge(rules);
        var judged = new List<(IncidentEvent Event, int Incident)>();
        var hits = new List<HuntHit>();
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach ((int incident, IncidentEvent e) in opened.Incidents.SelectMany(static i => i.Events.Select(e => (i.Number, e))))
        {
            stop.ThrowIfCancellationRequested();
            if (seen.Add(e.Identity))
            {
                judged.Add((e, incident));
                hits.AddRange(judge.Judge(judged.Count - 1, RouteOf(e, formats), e.Time, e.Fields).Select(v => Hit(v, judged)));
            }
        }

        hits.AddRange(judge.Complete().Select(v => Hit(v, judged)));
        return new HuntResult(
            [
                .. hits.OrderBy(static h => h.Event.Time.UtcTicks).ThenBy(static h => h.Event.Host, StringComparer.Ordinal)
                    .ThenBy(static h => h.Event.Places[0].Path, StringComparer.Ordinal).ThenBy(static h => h.Event.Places[0].Offset)
                    .ThenBy(static h => h.Rule.Rank),
            ],
            judged.Count,
            AllEvents: false);
    }

    private static HuntHit Hit(EventVerdict verdict, List<(IncidentEvent Event, int Incident)> judged)
    {
        (IncidentEvent e, int incident) = judged[(int)verdict.Event];
        return new HuntHit(verdict.Rule, e, incident, verdict.Events.Length, verdict.Matched);
    }

    // Of a request the format tells which server wrote it, as far as anything does.
    private static EventRoute RouteOf(IncidentEvent e, Dictionary<string, string> formats) => e.Kind == RecordKind.WindowsEvent
        ? new EventRoute("windows", "", "", e.Channel, e.Provider, e.EventId)
        : new EventRoute("", "webserver", formats.GetValueOrDefault(e.Places[0].Path, "").Contains("w3c", StringComparison.OrdinalIgnoreCase) ? "iis" : "", "", "", 0);
}
