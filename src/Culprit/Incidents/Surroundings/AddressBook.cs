using System.Runtime.InteropServices;

namespace Culprit.Incidents.Surroundings;

/// <summary>
/// Which machine has which address, learned from what machines say of themselves: logons of their own accounts, and
/// connections that they record. An address that several machines had is nobody's.
/// </summary>
internal sealed class AddressBook
{
    // What one machine says of an address must be this share of all that is said of it.
    private const double ClearShare = 0.6;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Dictionary<string, int>> _said = new(StringComparer.Ordinal);

    /// <summary>Adds what was said.</summary>
    /// <param name="address">In its shortest form.</param>
    /// <param name="machine">As clues name machines.</param>
    /// <param name="weight">How much it counts, times how often it was said.</param>
    public void Add(string address, string machine, int weight)
    {
        lock (_gate)
        {
            if (!_said.TryGetValue(address, out Dictionary<string, int>? machines))
            {
                _said.Add(address, machines = new Dictionary<string, int>(StringComparer.Ordinal));
            }

            ref int sum = ref CollectionsMarshal.GetValueRefOrAddDefault(machines, machine, out _);
            sum = (int)Math.Min(int.MaxValue, (long)sum + weight);
        }
    }

    /// <summary>The machine that has an address; null where none is known, or where several had it.</summary>
    public string? MachineOf(string address)
    {
        if (!_said.TryGetValue(address, out Dictionary<string, int>? machines))
        {
            return null;
        }

        KeyValuePair<string, int> most = machines.MaxBy(static entry => (entry.Value, entry.Key), TallyOrder.Instance);
        return most.Value >= ClearShare * machines.Values.Sum(static count => (long)count) ? most.Key : null;
    }

    /// <summary>All that was said: of an address, a machine and how much it counts.</summary>
    public IEnumerable<(string Address, string Machine, int Weight)> Said() =>
        _said.SelectMany(static entry => entry.Value.Select(machine => (entry.Key, machine.Key, machine.Value)));

    /// <summary>Every address that belongs to one machine, with it.</summary>
    public IEnumerable<(string Address, string Machine)> Known() =>
        _said.Keys.Select(address => (address, MachineOf(address)!)).Where(static entry => entry.Item2 is not null);

    private sealed class TallyOrder : IComparer<(int Count, string Name)>
    {
        public static readonly TallyOrder Instance = new();

        public int Compare((int Count, string Name) x, (int Count, string Name) y) =>
            x.Count != y.Count ? x.Count.CompareTo(y.Count) : string.CompareOrdinal(y.Name, x.Name);
    }
}
