using Culprit.Events;

namespace Culprit.Incidents.Surroundings;

/// <summary>Tells which host an event speaks of, by name or by address.</summary>
internal sealed class IndexHosts
{
    private readonly int[] _canonical;
    private readonly Dictionary<ulong, int> _byClue = [];

    public IndexHosts(EventIndex index)
    {
        IReadOnlyList<string> names = index.Names.Hosts;
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int host = 0; host < names.Count; host++)
        {
            numbers.Add(names[host], host);
        }

        // A web server's log may name its address where others name the machine.
        _canonical = new int[names.Count];
        for (int host = 0; host < names.Count; host++)
        {
            _canonical[host] = index.Addresses.MachineOf(names[host]) is { } machine && numbers.TryGetValue(machine, out int own) ? own : host;
        }

        foreach (string name in names)
        {
            int host = _canonical[numbers[name]];
            _byClue[IndexedEvent.NameHash(ClueKind.Host, name)] = host;
            _byClue[IndexedEvent.NameHash(ClueKind.Address, name)] = host;
        }

        foreach ((string address, string machine) in index.Addresses.Known())
        {
            if (numbers.TryGetValue(machine, out int host))
            {
                _byClue[IndexedEvent.NameHash(ClueKind.Address, address)] = _canonical[host];
            }
        }
    }

    /// <summary>The host that an event was recorded on.</summary>
    public int Of(in IndexedEvent one) => _canonical[one.Host];

    /// <summary>Adds the other hosts that an event names.</summary>
    public void Others(in IndexedEvent one, List<int> hosts)
    {
        hosts.Clear();
        int own = Of(in one);
        for (int i = 0; i < one.ClueCount; i++)
        {
            if (one.KindOf(i) is ClueKind.Host or ClueKind.Address && _byClue.TryGetValue(one.HashOf(i), out int host)
                && host != own && !hosts.Contains(host))
            {
                hosts.Add(host);
            }
        }
    }

    /// <summary>Whether an address is one of a host that is known here.</summary>
    public bool IsKnown(ulong address) => _byClue.ContainsKey(address);
}
