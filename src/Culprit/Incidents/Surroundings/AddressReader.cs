using System.Runtime.InteropServices;
using Culprit.Events;
using Culprit.Evidence;
using Culprit.Primitives;

namespace Culprit.Incidents.Surroundings;

/// <summary>Reads from one worker's records what machines say of their addresses.</summary>
internal sealed class AddressReader(AddressBook book)
{
    // A machine's own account knows its name; a name that a client sends may be anything.
    private const int WeightOfOwn = 4;
    private const int WeightOfClaim = 1;
    private const int MaxEntries = 64 * 1024;

    private readonly Dictionary<(string Address, string Machine), int> _counts = [];
    private readonly Dictionary<RecordLayout, Plan> _layouts = new(ReferenceEqualityComparer.Instance);
    private readonly StringPool _strings = new(MaxEntries);

    /// <summary>Reads one record.</summary>
    /// <param name="record">The record.</param>
    /// <param name="host">The host that it names.</param>
    /// <param name="eventClass">What it is.</param>
    public void Read(scoped in RecordView record, string host, EventClass eventClass)
    {
        if (eventClass is not (EventClass.Logon or EventClass.Share or EventClass.Connection or EventClass.WebRequest or EventClass.WebPost))
        {
            return;
        }

        Plan plan = PlanOf(record.Layout);
        switch (eventClass)
        {
            case EventClass.Logon or EventClass.Share when TryGet(in record, plan.Client, out ReadOnlySpan<char> client):
                if (TryGet(in record, plan.Account, out ReadOnlySpan<char> account) && MachineAccount(account) is { IsEmpty: false } own)
                {
                    Add(client, own, WeightOfOwn);
                }
                else if (TryGet(in record, plan.Workstation, out ReadOnlySpan<char> workstation))
                {
                    Add(client, workstation.Trim('\\'), WeightOfClaim);
                }

                break;
            case EventClass.Connection when TryGet(in record, plan.Initiated, out ReadOnlySpan<char> initiated):
                bool isOut = initiated.Equals("true", StringComparison.OrdinalIgnoreCase);
                if (TryGet(in record, isOut ? plan.Source : plan.Destination, out ReadOnlySpan<char> local))
                {
                    Add(local, host, WeightOfOwn);
                }

                break;
            case EventClass.WebRequest or EventClass.WebPost when TryGet(in record, plan.ServerAddress, out ReadOnlySpan<char> server)
                && TryGet(in record, plan.ServerName, out ReadOnlySpan<char> name):
                Add(server, name, WeightOfOwn);
                break;
        }
    }

    /// <summary>Gives what was read to the book.</summary>
    public void Complete()
    {
        foreach (((string address, string machine), int count) in _counts)
        {
            book.Add(address, machine, count);
        }

        _counts.Clear();
    }

    // HOST$ or HOST$@DOMAIN.
    private static ReadOnlySpan<char> MachineAccount(ReadOnlySpan<char> account)
    {
        int at = account.IndexOf('@');
        ReadOnlySpan<char> name = at > 0 ? account[..at] : account;
        return name.Length > 1 && name[^1] == '$' ? name[..^1] : default;
    }

    private static bool TryGet(scoped in RecordView record, int field, out ReadOnlySpan<char> text)
    {
        text = default;
        return field >= 0 && record.TryGetText(field, 0, out text) && text.Length > 0 && text is not "-";
    }

    private void Add(ReadOnlySpan<char> addressText, ReadOnlySpan<char> name, int weight)
    {
        Span<char> room = stackalloc char[ClueBuffer.MaxName];
        Span<char> otherRoom = stackalloc char[ClueBuffer.MaxName];
        ReadOnlySpan<char> address = ClueText.Address(addressText, room);
        ReadOnlySpan<char> machine = ClueText.Machine(name, otherRoom);
        if (address.IsEmpty || machine.IsEmpty || _counts.Count >= MaxEntries)
        {
            return;
        }

        ref int count = ref CollectionsMarshal.GetValueRefOrAddDefault(_counts, (_strings.Get(address), _strings.Get(machine)), out _);
        count = (int)Math.Min(int.MaxValue, (long)count + weight);
    }

    private Plan PlanOf(RecordLayout layout)
    {
        if (!_layouts.TryGetValue(layout, out Plan? plan))
        {
            if (_layouts.Count >= MaxEntries)
            {
                _layouts.Clear();
            }

            plan = new Plan(
                layout.IndexOf("IpAddress"),
                layout.IndexOf("TargetUserName") is var target and >= 0 ? target : layout.IndexOf("SubjectUserName"),
                layout.IndexOf("WorkstationName"),
                layout.IndexOf("Initiated"),
                layout.IndexOf("SourceIp"),
                layout.IndexOf("DestinationIp"),
                layout.IndexOf("s-ip"),
                layout.IndexOf("s-computername"));
            _layouts.Add(layout, plan);
        }

        return plan;
    }

    private sealed record Plan(
        int Client, int Account, int Workstation, int Initiated, int Source, int Destination, int ServerAddress, int ServerName);
}
