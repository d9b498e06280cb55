using System.Collections.Immutable;
using Culprit.Events;
using Culprit.Evidence;
using Culprit.Findings;
using Culprit.Incidents.Surroundings;

namespace Culprit.Incidents.Telling;

/// <summary>Tells what happened in order of time: one sentence for each stretch of activity on a host; and whether the intruder came back.</summary>
internal static class Chronicle
{
    private static readonly TimeSpan SameStretch = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan Absence = TimeSpan.FromHours(12);

    // More sentences than this nobody reads; the rest are in the table of events.
    private const int MaxStretches = 60;

    /// <summary>The story.</summary>
    public static ImmutableArray<Statement> Tell(Scene scene)
    {
        var stretches = new List<List<IncidentEvent>>();
        var open = new Dictionary<string, List<IncidentEvent>>(StringComparer.Ordinal);
        foreach (IncidentEvent one in scene.Timed)
        {
            string host = scene.Host(one);
            if (!open.TryGetValue(host, out List<IncidentEvent>? stretch) || one.Time.Utc - stretch[^1].Time.Utc > SameStretch)
            {
                stretches.Add(open[host] = stretch = []);
            }

            stretch.Add(one);
        }

        // Where there are too many, those that rules speak of stay.
        HashSet<List<IncidentEvent>> told =
        [
            .. stretches.OrderByDescending(static stretch => stretch.Max(static one => one.Level ?? (FindingLevel)(-1)))
                .ThenByDescending(static stretch => stretch.Count).ThenBy(static stretch => stretch[0].Number).Take(MaxStretches),
        ];
        var sentences = stretches.Where(told.Contains).Select(stretch => Sentence(scene, stretch)).ToList();
        if (stretches.Count > MaxStretches)
        {
            sentences.Add(Scene.Judgement($"{stretches.Count - MaxStretches} shorter stretches of activity are left out of this account; their events are in the list of events."));
        }

        return [.. sentences];
    }

    /// <summary>Whether the intruder came back.</summary>
    public static ImmutableArray<Statement> Returns(Scene scene)
    {
        IncidentEvent[] timed = [.. scene.Timed];
        List<List<IncidentEvent>> visits = Apart(timed.Where(static one => !IsDefence(one)));
        IncidentEvent[] defence = [.. timed.Where(IsDefence)];
        return visits.Count switch
        {
            0 when defence.Length == 0 => [Scene.Judgement($"No record of this incident has a time, so that nothing tells whether anybody came back.", scene.Events.Take(1))],
            0 => [OfDefenceAlone(defence)],
            1 => [OfOneVisit(visits[0], defence)],
            _ =>
            [
                Scene.Judgement($"The activity falls into {visits.Count} visits, each more than {Absence.TotalHours} hours after the one before it.", visits.Select(static visit => visit[0])),
                .. visits.Skip(1).Select(visit => Scene.Fact(
                    $"Activity is recorded again from {Scene.When(visit[0].Time)} to {Scene.When(visit[^1].Time)} on {Scene.List(visit.Select(scene.Host).Distinct(StringComparer.Ordinal))}: {Of(visit.Count, "record")}.",
                    visit[0], visit[^1])),
            ],
        };
    }

    private static List<List<IncidentEvent>> Apart(IEnumerable<IncidentEvent> events)
    {
        var stretches = new List<List<IncidentEvent>>();
        foreach (IncidentEvent one in events)
        {
            if (stretches.Count == 0 || one.Time.Utc - stretches[^1][^1].Time.Utc > Absence)
            {
                stretches.Add([]);
            }

            stretches[^1].Add(one);
        }

        return stretches;
    }

    private static Statement OfDefenceAlone(IncidentEvent[] defence) => Apart(defence) is { Count: > 1 } times
        ? Scene.Judgement(
            $"Antivirus alone tells of this incident, {times.Count} times, each more than {Absence.TotalHours} hours after the one before it, from {Scene.When(defence[0].Time)} to {Scene.When(defence[^1].Time)}. What it finds may have lain there or have come anew: whether anybody came back is not recorded.",
            times.Select(static time => time[0]))
        : Scene.Judgement($"Antivirus alone tells of this incident. When somebody came, and whether he came back, is not recorded.", defence.Take(1).Concat(defence.TakeLast(1)));

    private static Statement OfOneVisit(List<IncidentEvent> visit, IncidentEvent[] defence)
    {
        IncidentEvent[] apart = [.. defence.Where(one => visit[0].Time.Utc - one.Time.Utc > Absence || one.Time.Utc - visit[^1].Time.Utc > Absence)];
        return apart.Length > 0
            ? Scene.Judgement(
                $"All activity but what antivirus found lies within one visit, from {Scene.When(visit[0].Time)} to {Scene.When(visit[^1].Time)}. Antivirus also tells of this incident more than {Absence.TotalHours} hours before or after that, between {Scene.When(apart[0].Time)} and {Scene.When(apart[^1].Time)} ({Of(apart.Length, "record")}): what it finds may have lain there or have come anew, so that a return is neither recorded nor ruled out.",
                visit[0], visit[^1], apart[0], apart[^1])
            : Scene.Judgement($"All activity lies within one visit: no later return is recorded. That no return is recorded does not mean that there was none.", visit[0], visit[^1]);
    }

    // What an antivirus finds was left behind; nobody need have come for it.
    private static bool IsDefence(IncidentEvent one) =>
        one.Provider.Contains("Defender", StringComparison.OrdinalIgnoreCase) || one.Provider.Contains("Antivirus", StringComparison.OrdinalIgnoreCase)
        || one.Provider.Contains("Antimalware", StringComparison.OrdinalIgnoreCase) || Antivirus.IsOfMaker(one.Provider.Length > 0 ? one.Provider : one.Channel);

    private static Statement Sentence(Scene scene, List<IncidentEvent> stretch)
    {
        IncidentEvent first = stretch[0];
        IncidentEvent last = stretch[^1];
        string span = first.Time.Utc.Date == last.Time.Utc.Date
            ? last.Time.UtcTicks - first.Time.UtcTicks < TimeSpan.TicksPerMinute ? "" : $" to {Scene.Text(last.Time.Utc, "HH:mm:ss")}"
            : $" to {Scene.Text(last.Time.Utc, "yyyy-MM-dd HH:mm:ss")}";
        var parts = new List<string>();
        AddPart(parts, Requests(scene, stretch));
        AddPart(parts, Logons(scene, stretch));
        AddPart(parts, Processes(scene, stretch));
        AddPart(parts, Rules(stretch));
        string what = parts.Count > 0 ? string.Join("; ", parts) : first.Summary;
        IEnumerable<IncidentEvent> cited = stretch.Where(static one => one.Level >= FindingLevel.Medium).Concat(stretch).Distinct().Take(Scene.MaxCited);
        return Scene.Fact($"{Scene.When(first.Time)}{span}, {scene.Host(first)}: {what}.", cited);
    }

    private static string Requests(Scene scene, List<IncidentEvent> stretch)
    {
        IncidentEvent[] requests = [.. stretch.Where(static one => one.Kind == RecordKind.WebRequest)];
        return requests.Length == 0 ? ""
            : $"{Of(requests.Length, "web request")} from {Scene.List(requests.Select(one => scene.Facts(one)["c-ip"]).Distinct(StringComparer.Ordinal), most: 3)}";
    }

    private static string Logons(Scene scene, List<IncidentEvent> stretch)
    {
        string[] logons =
        [
            .. stretch.Where(one => scene.Facts(one).IsSecurity && one.EventId == 4624)
                .Select(one => $"{Scene.Quote(Scene.Account(one.Account))}{(scene.Origin(one) is { Length: > 0 } origin ? $" from {origin}" : "")}").Distinct(StringComparer.Ordinal),
        ];
        return logons.Length == 0 ? "" : $"logon of {Scene.List(logons, most: 3)}";
    }

    private static string Processes(Scene scene, List<IncidentEvent> stretch)
    {
        IncidentEvent[] starts = [.. stretch.Where(one => scene.Facts(one).IsProcessStart)];
        if (starts.Length == 0)
        {
            return "";
        }

        string programs = Scene.List(starts.Select(one => EventFacts.FileName(scene.Facts(one).Image)).Distinct(StringComparer.OrdinalIgnoreCase), most: 6);
        string accounts = Scene.List(starts.Select(static one => one.Account).Where(static account => account.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase).Select(Scene.Quote), most: 2);
        return $"{Of(starts.Length, "process start")} ({programs}){(accounts.Length > 0 ? $" as {accounts}" : "")}";
    }

    private static string Rules(List<IncidentEvent> stretch)
    {
        string[] rules =
        [
            .. stretch.Where(static one => one.Rules.Length > 0)
                .SelectMany(static one => one.Rules.Take(1).Select(rule => (Rule: rule, Level: one.Level ?? FindingLevel.Informational)))
                .Distinct().OrderByDescending(static entry => entry.Level).Select(static entry => Scene.Quote(entry.Rule)).Distinct(StringComparer.Ordinal),
        ];
        return rules.Length == 0 ? "" : $"rules found {Scene.List(rules, most: 3)}";
    }

    private static string Of(int count, string what) => Scene.Text($"{count} {what}{(count == 1 ? "" : what.EndsWith("ss", StringComparison.Ordinal) ? "es" : "s")}");

    private static void AddPart(List<string> parts, string part)
    {
        if (part.Length > 0)
        {
            parts.Add(part);
        }
    }
}
