using System.Collections.Immutable;
using Culprit.Incidents.Surroundings;

namespace Culprit.Incidents.Telling;

/// <summary>Finds movements from host to host in logons, shares, remote desktops and requests, from both ends.</summary>
internal static class Movements
{
    private static readonly TimeSpan SameMovement = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan Effect = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan BothEnds = TimeSpan.FromSeconds(10);

    // What says more stands before what says less.
    private static readonly string[] Means = ["RDP", "WinRM", "WMI", "service", "scheduled task", "SMB", "web request", "logon"];

    /// <summary>The movements, by time.</summary>
    public static ImmutableArray<Movement> Find(Scene scene)
    {
        var drafts = new List<Draft>();
        var open = new Dictionary<(string From, string To, string Account), Draft>();
        foreach (IncidentEvent one in scene.Timed)
        {
            (string from, string account, string means) = Arrival(scene, one);
            if (from.Length == 0)
            {
                continue;
            }

            (string, string, string) key = (from, scene.Host(one), account);
            if (!open.TryGetValue(key, out Draft? draft) || one.Time.Utc - draft.Last.Time.Utc > SameMovement)
            {
                drafts.Add(open[key] = draft = new Draft(from, scene.Host(one), account));
            }

            draft.Add(one, means);
        }

        foreach (Draft draft in drafts)
        {
            AddEffects(scene, draft);
        }

        return [.. drafts.OrderBy(static draft => draft.First.Number).Select(static draft => draft.ToMovement())];
    }

    private static (string From, string Account, string Means) Arrival(Scene scene, IncidentEvent one)
    {
        EventFacts facts = scene.Facts(one);
        if (one.Kind == Evidence.RecordKind.WebRequest)
        {
            string client = Scene.Address(facts["c-ip"]);
            return scene.IsOutside(client) ? (client, "", "web request") : ("", "", "");
        }

        string means = facts.IsSecurity ? OfSecurity(facts) : OfTerminal(facts);
        return means.Length > 0 ? (scene.Origin(one), Scene.Account(one.Account), means) : ("", "", "");
    }

    private static string OfSecurity(EventFacts facts) => facts.EventId switch
    {
        4624 when facts["LogonType"] == "10" => "RDP",
        4624 when facts["LogonType"] is "3" or "8" => "logon",
        5140 or 5145 => "SMB",
        _ => "",
    };

    private static string OfTerminal(EventFacts facts) =>
        facts.Provider.Contains("TerminalServices", StringComparison.OrdinalIgnoreCase) && facts.EventId is 21 or 25 or 1149 ? "RDP" : "";

    // What the arrival brought about on the host, and what the other end and the domain controller recorded of it.
    private static void AddEffects(Scene scene, Draft draft)
    {
        DateTime from = draft.First.Time.Utc - BothEnds;
        DateTime to = draft.Last.Time.Utc + Effect;
        int first = draft.First.Number;
        while (first > 0 && scene.Events[first - 1].Time.Utc >= from)
        {
            first--;
        }

        for (int i = first; i < scene.Events.Length && scene.Events[i].Time.Utc <= to; i++)
        {
            IncidentEvent one = scene.Events[i];
            EventFacts facts = scene.Facts(one);
            if (scene.Host(one) == draft.To)
            {
                draft.Consider(one, EffectOf(facts));
            }
            else if (IsOtherEnd(scene, one, facts, draft))
            {
                draft.Consider(one, "logon");
            }
        }
    }

    private static string EffectOf(EventFacts facts)
    {
        if (facts.EventId == 7045 || (facts.IsSecurity && facts.EventId == 4697))
        {
            return "service";
        }

        if ((facts.IsSecurity && facts.EventId == 4698) || (facts.EventId == 106 && facts.Provider.EndsWith("TaskScheduler", StringComparison.OrdinalIgnoreCase)))
        {
            return "scheduled task";
        }

        return !facts.IsProcessStart ? "" : EventFacts.FileName(facts.ParentImage).ToLowerInvariant() switch
        {
            "wmiprvse.exe" => "WMI",
            "wsmprovhost.exe" or "winrshost.exe" => "WinRM",
            "psexesvc.exe" => "service",
            _ => "",
        };
    }

    private static bool IsOtherEnd(Scene scene, IncidentEvent one, EventFacts facts, Draft draft) =>
        (facts.IsSecurity && facts.EventId is 4768 or 4769 or 4776 && Scene.Account(one.Account) == draft.Account && scene.Origin(one) == draft.From)
        || (scene.Host(one) == draft.From
            && ((facts.IsSysmon && facts.EventId == 3 && scene.Names.Of(facts["DestinationIp"]) == draft.To)
                || (facts.IsSecurity && facts.EventId == 4648 && scene.Names.Of(facts["TargetServerName"]) == draft.To)));

    private sealed class Draft(string from, string to, string account)
    {
        private readonly SortedSet<int> _events = [];
        private int _means = Means.Length - 1;

        public string From => from;

        public string To => to;

        public string Account => account;

        public IncidentEvent First { get; private set; } = null!;

        public IncidentEvent Last { get; private set; } = null!;

        public void Add(IncidentEvent one, string means)
        {
            First ??= one;
            Last = one;
            Consider(one, means);
        }

        public void Consider(IncidentEvent one, string means)
        {
            if (means.Length > 0)
            {
                _events.Add(one.Number);
                _means = Math.Min(_means, Array.IndexOf(Means, means));
            }
        }

        public Movement ToMovement() => new(from, to, account, Means[_means], First.Time, [.. _events.Take(Scene.MaxCited)]);
    }
}
