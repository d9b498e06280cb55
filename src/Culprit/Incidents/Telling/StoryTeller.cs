using System.Collections.Immutable;
using Culprit.Incidents.Surroundings;

namespace Culprit.Incidents.Telling;

/// <summary>Tells incidents from their events. Comes in: an incident with events; goes out: the same with its story.</summary>
internal sealed class StoryTeller
{
    private readonly HostNames _names;
    private readonly ImmutableArray<HostLog> _logs;

    /// <summary>Learns the hosts' names and logs.</summary>
    /// <param name="index">What was remembered of the evidence.</param>
    /// <param name="names">The hosts' names.</param>
    public StoryTeller(EventIndex index, HostNames names)
    {
        _names = names;
        _logs =
        [
            .. index.Logs.All.Select(entry => new HostLog(_names.Of(index.Names.Hosts[entry.Key.Host]), entry.Key.Channel, entry.Value))
                .OrderBy(static log => log.Host, StringComparer.Ordinal).ThenBy(static log => log.Channel, StringComparer.Ordinal),
        ];
    }

    /// <summary>The incident with its story; without events it has none.</summary>
    public Incident Tell(Incident incident)
    {
        if (incident.Events.IsEmpty)
        {
            return incident;
        }

        var scene = new Scene(incident, _names);
        ImmutableArray<Movement> movements = Movements.Find(scene);
        ImmutableArray<HostFall> hosts = Falls.Hosts(scene, movements);
        ImmutableArray<AccountUse> accounts = Falls.Accounts(scene);
        ImmutableArray<TakenData> taken = TakenThings.Find(scene);
        HostLog[] logs = [.. _logs.Where(log => hosts.Any(host => host.Host == log.Host))];
        return incident with
        {
            Story = new IncidentStory
            {
                Entry = Falls.Entry(scene, hosts, movements),
                Told = Chronicle.Tell(scene),
                HostsFallen = hosts,
                AccountsUsed = accounts,
                Movements = movements,
                Processes = ProcessForest.Grow(scene),
                Tools = Tools.Name(scene),
                Channels = Channels.Find(scene),
                Taken = taken,
                Hidden = HiddenTraces.Find(scene, logs),
                Returned = Chronicle.Returns(scene),
                Limits = Limits.Find(scene, hosts, taken, logs),
                Benign = BenignReadings.Weigh(scene, movements, taken),
                Indicators = Indicators.Find(scene, accounts),
            },
        };
    }
}
