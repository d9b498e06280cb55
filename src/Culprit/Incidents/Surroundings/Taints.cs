using System.Runtime.InteropServices;
using Culprit.Incidents.Joining;

namespace Culprit.Incidents.Surroundings;

/// <summary>In which way something belongs to an incident.</summary>
internal enum TaintKind
{
    /// <summary>A process that is the intruder's, with all that it does and starts.</summary>
    Acting,

    /// <summary>A process that serves others too: what it does and starts at certain times.</summary>
    Near,

    /// <summary>A process that started one of the incident's: what else it starts at about that time.</summary>
    Siblings,

    /// <summary>A process by its number, which means the same process for a while only.</summary>
    Number,

    /// <summary>The number of a process that started one of the incident's.</summary>
    NumberSiblings,

    /// <summary>A session that the intruder opened from elsewhere: everything in it is the intruder's.</summary>
    OwnSession,

    /// <summary>A session of a single purpose: everything in it belongs to the incident.</summary>
    Session,

    /// <summary>A session of a person at work: its beginning and end alone tell something.</summary>
    SessionNotes,

    /// <summary>An address outside of the network, or a name of one.</summary>
    Address,

    /// <summary>A file, under its path, its hash, or its name on a web server, whatever it held.</summary>
    File,

    /// <summary>A file under its path with what it held.</summary>
    FileOfContent,

    /// <summary>A file under its path of which nobody recorded what it held.</summary>
    FileOfUnknownContent,

    /// <summary>A service or scheduled task.</summary>
    Work,

    /// <summary>A host on which the incident was active at certain times.</summary>
    Activity,

    /// <summary>The same, at times near enough to tell something by themselves.</summary>
    CloseActivity,

    /// <summary>The same, for accounts that the incident is known to use.</summary>
    WideActivity,

    /// <summary>A host to which the incident came over the network at certain times.</summary>
    Arrival,

    /// <summary>A web server that started a process of the incident at certain times.</summary>
    WebServer,

    /// <summary>Two hosts between which the incident moved at certain times.</summary>
    Link,

    /// <summary>An account that the incident used.</summary>
    Account,
}

/// <summary>What belongs to which component, in which way and at which times (<see cref="Nearness"/>). Grows only.</summary>
internal sealed class Taints
{
    private readonly Dictionary<(TaintKind Kind, ulong Key), List<(int Node, TimeWindows Times)>> _entries = [];

    /// <summary>Marks something for all time.</summary>
    /// <returns>Whether that is new.</returns>
    public bool Add(TaintKind kind, ulong key, int node) => Add(kind, key, node, long.MinValue, long.MaxValue);

    /// <summary>Marks something for the time around an event. What has no time marks nothing.</summary>
    /// <returns>Whether that is new.</returns>
    public bool Around(TaintKind kind, ulong key, int node, in IndexedEvent one, TimeSpan before, TimeSpan after) =>
        one.IsTimed && Add(kind, key, node, one.Ticks - before.Ticks, one.Ticks + after.Ticks);

    /// <summary>The same on both sides of a time.</summary>
    public bool Around(TaintKind kind, ulong key, int node, long ticks, TimeSpan span) => Add(kind, key, node, ticks - span.Ticks, ticks + span.Ticks);

    /// <summary>Adds the nodes that something belongs to at the time of an event.</summary>
    /// <returns>Whether there are any.</returns>
    public bool Find(TaintKind kind, ulong key, in IndexedEvent one, List<int> nodes)
    {
        if (!_entries.TryGetValue((kind, key), out List<(int Node, TimeWindows Times)>? entries))
        {
            return false;
        }

        bool any = false;
        foreach ((int node, TimeWindows times) in entries)
        {
            if (times.Contains(one.IsTimed ? one.Ticks : long.MinValue))
            {
                nodes.Add(node);
                any = true;
            }
        }

        return any;
    }

    /// <summary>Marks something for a span of time, both ends included.</summary>
    /// <returns>Whether that is new.</returns>
    public bool Add(TaintKind kind, ulong key, int node, long from, long to)
    {
        ref List<(int Node, TimeWindows Times)>? entries = ref CollectionsMarshal.GetValueRefOrAddDefault(_entries, (kind, key), out _);
        entries ??= [];
        foreach ((int own, TimeWindows times) in entries)
        {
            if (own == node)
            {
                return times.Add(from, to);
            }
        }

        var fresh = new TimeWindows();
        fresh.Add(from, to);
        entries.Add((node, fresh));
        return true;
    }
}
