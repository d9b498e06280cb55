using System.Collections.Immutable;
using Culprit.Evidence;

namespace Culprit.Incidents.Telling;

/// <summary>Tells how it began, and how each host and account became part of it.</summary>
internal static class Falls
{
    private static readonly string[] FirstTactics = ["initial-access", "reconnaissance"];

    /// <summary>The hosts in the order in which they fell.</summary>
    public static ImmutableArray<HostFall> Hosts(Scene scene, ImmutableArray<Movement> movements) =>
    [
        .. scene.Timed.Where(one => !IsOnlyAsked(scene, one)).GroupBy(scene.Host, StringComparer.Ordinal).Where(static group => group.Key.Length > 0)
            .OrderBy(static group => group.First().Number)
            .Select((group, order) => new HostFall(group.Key, group.First().Time, HowHost(scene, group.Key, [.. group], movements, order == 0))),
    ];

    /// <summary>The accounts in the order of their first use.</summary>
    public static ImmutableArray<AccountUse> Accounts(Scene scene) =>
    [
        .. scene.Timed.Where(static one => Scene.Account(one.Account).Length > 0)
            .GroupBy(static one => Scene.Account(one.Account), StringComparer.Ordinal)
            .OrderBy(static group => group.First().Number)
            .Select(group => new AccountUse(group.Key, group.First().Time, HowAccount(scene, group.Key, [.. group]))),
    ];

    /// <summary>How it began.</summary>
    public static ImmutableArray<Statement> Entry(Scene scene, ImmutableArray<HostFall> hosts, ImmutableArray<Movement> movements)
    {
        var told = new List<Statement>();
        IncidentEvent? first = scene.Timed.FirstOrDefault();
        if (first is null)
        {
            return [Scene.Judgement($"No record of this incident has a readable time, so that its beginning is not known.", scene.Events)];
        }

        told.Add(Scene.Fact($"The first sign is {Scene.When(first.Time)} on {scene.Host(first)}: {first.Summary}.", first));
        IncidentEvent[] entries = [.. scene.Timed.Where(static one => one.Techniques.Any(static technique => FirstTactics.Contains(technique.Tactic, StringComparer.Ordinal))).Take(Scene.MaxCited)];
        Movement? outside = movements.FirstOrDefault(movement => scene.IsOutside(movement.From));
        if (entries.Length > 0)
        {
            string rules = Scene.List(entries.SelectMany(static one => one.Rules).Distinct(StringComparer.Ordinal).Select(Scene.Quote), most: 3);
            told.Add(Scene.Judgement($"The way in was likely {scene.Host(entries[0])}{(rules.Length > 0 ? $", where rules for entry found: {rules}" : "")}.", entries));
        }

        if (outside is not null)
        {
            told.Add(Scene.Fact($"The first contact from outside is from {outside.From} to {outside.To} ({outside.Means}), {Scene.When(outside.Time)}.", outside.Events.Select(number => scene.Events[number])));
        }
        else if (entries.Length == 0)
        {
            told.Add(Scene.Judgement($"This evidence does not show how the intruder got in: nothing in it comes from outside or is a known way in.", first));
        }

        if (hosts.Length > 0)
        {
            told.Add(Scene.Judgement($"Patient zero is {hosts[0].Host}, as far as these logs tell: no other host shows an earlier sign.", first));
        }

        return [.. told];
    }

    // A domain controller that checks passwords for others is asked, not taken.
    private static bool IsOnlyAsked(Scene scene, IncidentEvent one) =>
        scene.Facts(one).IsSecurity && one.EventId is 4768 or 4769 or 4770 or 4771 or 4776 && one.Findings.IsEmpty;

    private static Statement HowHost(Scene scene, string host, IncidentEvent[] events, ImmutableArray<Movement> movements, bool isFirst)
    {
        Movement? arrival = movements.FirstOrDefault(movement => movement.To == host && movement.Time.UtcTicks <= events[^1].Time.UtcTicks);
        if (arrival is not null && (!isFirst || scene.IsOutside(arrival.From)))
        {
            string account = arrival.Account.Length > 0 ? $" as {Scene.Quote(arrival.Account)}" : "";
            return Scene.Fact($"It was reached from {arrival.From}{account} by {arrival.Means}, first {Scene.When(arrival.Time)}.", arrival.Events.Select(number => scene.Events[number]));
        }

        IncidentEvent sign = Array.Find(events, static one => one.Rules.Length > 0) ?? events[0];
        string why = sign.Rules.Length > 0 ? $"the rule {Scene.Quote(sign.Rules[0])} found: {sign.Summary}" : sign.Summary;
        return Scene.Fact($"Its first sign of note is {Scene.When(sign.Time)}: {why}. How it was reached before that is not recorded here.", sign);
    }

    private static Statement HowAccount(Scene scene, string account, IncidentEvent[] events)
    {
        IncidentEvent[] firsts = [.. events.GroupBy(scene.Host, StringComparer.Ordinal).Select(static group => group.First())];
        string where = Scene.List(firsts.Select(scene.Host), most: 8);
        int logons = events.Count(static one => one.EventId is 4624 or 21 or 1149);
        string kind = logons > 0 ? Scene.Text($", with {logons} logon{(logons == 1 ? "" : "s")}") : "";
        string web = events.All(static one => one.Kind == RecordKind.WebRequest) ? " to a web server" : "";
        return Scene.Fact($"{Scene.Quote(account)} was used{web} on {where}{kind}, first {Scene.When(events[0].Time)} and last {Scene.When(events[^1].Time)}.", firsts.Append(events[^1]));
    }
}
