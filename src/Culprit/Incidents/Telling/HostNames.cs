using Culprit.Events;
using Culprit.Incidents.Surroundings;

namespace Culprit.Incidents.Telling;

/// <summary>Gives one name to a host that records name in several ways: shortly, with its domain, by its address.</summary>
internal sealed class HostNames
{
    private readonly AddressBook _book;
    private readonly Dictionary<string, string> _shown = new(StringComparer.Ordinal);

    /// <summary>Learns the names.</summary>
    /// <param name="book">Which machine has which address.</param>
    /// <param name="hosts">The hosts as records name them.</param>
    public HostNames(AddressBook book, IEnumerable<string> hosts)
    {
        _book = book;
        foreach (string host in hosts.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            string machine = Machine(host);
            string shown = _shown.GetValueOrDefault(machine, "");
            if (machine.Length > 0 && host.Length > shown.Length)
            {
                _shown[machine] = host;
            }
        }
    }

    /// <summary>The name under which a host is told; what is not known stays as it is.</summary>
    /// <param name="host">A name or an address, as a record gives it.</param>
    public string Of(string host)
    {
        string machine = Machine(host);
        string known = _book.MachineOf(machine) ?? machine;
        return _shown.GetValueOrDefault(known, known.Length > 0 && known != machine ? known : host);
    }

    /// <summary>Whether records of this host are in the evidence.</summary>
    public bool IsRecorded(string host) => Machine(host) is var machine && _shown.ContainsKey(_book.MachineOf(machine) ?? machine);

    private static string Machine(string host)
    {
        Span<char> room = stackalloc char[ClueBuffer.MaxName];
        ReadOnlySpan<char> name = ClueText.HostName(host);
        Span<char> other = stackalloc char[ClueBuffer.MaxName];
        ReadOnlySpan<char> address = ClueText.Address(name, other);
        return (address.IsEmpty ? ClueText.Machine(name, room) : address).ToString();
    }
}
