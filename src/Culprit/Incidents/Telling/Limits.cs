using System.Collections.Immutable;
using Culprit.Evidence;
using Culprit.Incidents.Surroundings;

namespace Culprit.Incidents.Telling;

/// <summary>Says what the evidence cannot tell, and which log would have told.</summary>
internal static class Limits
{
    private const string SysmonChannel = "Microsoft-Windows-Sysmon/Operational";

    // Logs without which questions stay open, and how their channels are called.
    private static readonly (string Name, string[] Channels, string Question)[] Needed =
    [
        ("Security", ["Security"], "who logged on to it, from where, and which shares were reached"),
        ("Sysmon, or process creation (event 4688) of the Security", [SysmonChannel], "which programs ran on it, what they wrote and whom they spoke to"),
        ("PowerShell operational", ["Microsoft-Windows-PowerShell/Operational", "Windows PowerShell"], "what PowerShell scripts did on it"),
        ("System", ["System"], "which services were installed on it"),
    ];

    private static readonly string[] NamingFields = ["TargetServerName", "DestinationIp", "DestinationHostname"];

    /// <summary>The limits.</summary>
    public static ImmutableArray<Limit> Find(Scene scene, ImmutableArray<HostFall> hosts, ImmutableArray<TakenData> taken, IReadOnlyList<HostLog> logs)
    {
        var found = new List<Limit>();
        foreach (HostFall host in hosts)
        {
            OfHost(scene, host, [.. logs.Where(log => log.Host == host.Host)], found);
        }

        string[] named = [.. Named(scene).Where(name => !hosts.Any(host => host.Host == name)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (named.Length > 0)
        {
            found.Add(new Limit(
                $"Hosts that the incident's records name, of which none of the records show them to be taken: {Scene.List(named, most: 10)}. Whether anything happened on them stays open.",
                "Their own Security, Sysmon and System logs would have told."));
        }

        if (scene.Events.Any(static one => one.Kind == RecordKind.WebRequest))
        {
            found.Add(new Limit(
                "What the requests to the web server carried: its log holds neither the bodies of requests nor the answers.",
                "A web application firewall, a proxy that keeps bodies, or a packet capture would have told."));
        }

        found.Add(new Limit(
            taken.Any(static data => data.State == TakenState.Taken)
                ? "Whether more left the network than the records of this incident show."
                : "Whether anything left the network: no record of this incident shows that data left.",
            "Flow records of the border (NetFlow, Zeek's conn.log, a firewall's log with bytes) would have told how much went where."));
        if (taken.Any(static data => data.AtMostBytes is null))
        {
            found.Add(new Limit(
                "What the archives and copies held, and how large they were: a record of a process tells its command, not what it read.",
                "File auditing (event 4663), the archives themselves, or the file system's journal ($UsnJrnl) and table ($MFT) would have told."));
        }

        if (scene.Incident.RecordsLeftOut > 0)
        {
            found.Add(new Limit(
                Scene.Text($"{scene.Incident.RecordsLeftOut} further records belong to this incident and were not read for it: it has more than {IncidentEvents.MaxRecords}, or their evidence was not at hand."),
                "The evidence itself would have told; the findings are complete."));
        }

        return [.. found];
    }

    private static void OfHost(Scene scene, HostFall host, HostLog[] logs, List<Limit> found)
    {
        foreach ((string name, string[] channels, string question) in Needed)
        {
            HostLog[] own = [.. logs.Where(log => channels.Contains(log.Channel, StringComparer.OrdinalIgnoreCase))];
            if (own.Length == 0 && channels[0] == SysmonChannel && scene.Events.Any(one => scene.Host(one) == host.Host && one.EventId == 4688))
            {
                continue;
            }

            if (own.Length == 0)
            {
                found.Add(new Limit($"{host.Host}: {question}. There is no such log of it in this evidence.", $"The {name} log of {host.Host} would have told."));
            }
            else if (own.Min(static log => log.Extent.First) is var first && first > host.First.UtcTicks && first != long.MaxValue)
            {
                found.Add(new Limit(
                    $"{host.Host}: {question}, before {Scene.Text(new DateTime(first, DateTimeKind.Utc), "yyyy-MM-dd HH:mm 'UTC'")}. The log begins after the first sign on this host, {Scene.When(host.First)}.",
                    $"An older {name} log of {host.Host}, from a backup, a shadow copy or a collector, would have told."));
            }
        }

        HostLog[] extracts = [.. logs.Where(static log => log.IsExtract)];
        if (extracts.Length > 0)
        {
            found.Add(new Limit(
                $"{host.Host}: what the records say that are not here. These of its logs lack more record numbers than they have, as extracts do: {Scene.List(extracts.Select(static log => Scene.Text($"{log.Channel} ({log.Extent.Records} records, {log.Missing} missing)")), most: 10)}.",
                $"The whole logs of {host.Host} would have told."));
        }

        if (Array.Find(logs, static log => log.Extent.Last > long.MinValue) is not null && logs.Max(static log => log.Extent.Last) is var last && last <= scene.Incident.Last.UtcTicks)
        {
            found.Add(new Limit(
                $"{host.Host}: what happened after {Scene.Text(new DateTime(Math.Max(last, 0), DateTimeKind.Utc), "yyyy-MM-dd HH:mm 'UTC'")}, when its logs end.",
                $"Later logs of {host.Host} would have told."));
        }
    }

    private static IEnumerable<string> Named(Scene scene)
    {
        foreach (IncidentEvent one in scene.Events)
        {
            EventFacts facts = scene.Facts(one);
            foreach (string field in NamingFields)
            {
                if (facts[field] is { Length: > 1 } value && scene.Names.Of(value) is var name && name != scene.Host(one) && scene.Names.IsRecorded(value))
                {
                    yield return name;
                }
            }
        }
    }
}
