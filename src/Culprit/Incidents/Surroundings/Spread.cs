using System.Runtime.InteropServices;
using Culprit.Events;
using Culprit.Evidence;
using Culprit.Findings;
using Culprit.Incidents.Joining;

namespace Culprit.Incidents.Surroundings;

/// <summary>
/// Carries incidents on from their findings to the events around them, until nothing more belongs. Every step only adds, so
/// that the end does not depend on the order of events. Two incidents that one event belongs to become one.
/// </summary>
internal sealed class Spread
{
    private readonly EventIndex _index;
    private readonly FindingTable _table;
    private readonly Ordinary _ordinary;
    private readonly Components _components;
    private readonly IndexHosts _hosts;
    private readonly FindingPlaces _places;
    private readonly Rarity _rarity;
    private readonly Taints _taints = new();
    private readonly Dictionary<int, int> _joined = [];
    private readonly List<int> _others = [];
    private readonly List<int> _nodes = [];
    private readonly HashSet<int> _active = [];
    private bool _changed;

    private Spread(EventIndex index, FindingTable table, Ordinary ordinary, Components components, FindingPlaces places)
    {
        _index = index;
        _table = table;
        _ordinary = ordinary;
        _components = components;
        _places = places;
        _hosts = new IndexHosts(index);
        _rarity = new Rarity(_hosts, ordinary.Days);
        for (int finding = 0; finding < table.Count; finding++)
        {
            if (table[finding].Level >= FindingLevel.Medium && !ordinary.IsHabit(finding))
            {
                _active.Add(finding);
            }
        }
    }

    /// <summary>Runs to the end.</summary>
    /// <returns>Where the events stand that belong to incidents, each with a finding of its component.</returns>
    public static List<SurroundingEvent> Run(EventIndex index, FindingTable table, Ordinary ordinary, Components components, FindingPlaces places)
    {
        index.Complete();
        var spread = new Spread(index, table, ordinary, components, places);
        HashSet<int> active = [.. spread._active.Select(components.RootOf)];
        spread._active.Clear();
        for (int finding = 0; finding < table.Count; finding++)
        {
            if (active.Contains(components.RootOf(finding)))
            {
                spread._active.Add(finding);
            }
        }

        do
        {
            spread.Count();
            spread._changed = spread._rarity.Resolve(spread._taints);
            spread.Each(spread.Join);
        }
        while (spread._changed || spread._rarity.IsPending);
        return spread.Collect();
    }

    private delegate void Visit(int ordinal, in IndexedEvent one);

    private void Each(Visit visit)
    {
        int ordinal = 0;
        foreach (ReadOnlyMemory<byte> block in _index.Blocks.Read())
        {
            ReadOnlySpan<byte> rest = block.Span;
            while (!rest.IsEmpty)
            {
                var one = new IndexedEvent(rest);
                visit(ordinal++, in one);
                rest = rest[one.Length..];
            }
        }
    }

    private void Count()
    {
        if (_rarity.IsPending)
        {
            Each((int _, in IndexedEvent one) => _rarity.Count(in one));
            _rarity.EndCount();
        }
    }

    private void Join(int ordinal, in IndexedEvent one)
    {
        if (_joined.ContainsKey(ordinal))
        {
            return;
        }

        _nodes.Clear();
        JoinReason? reason = ReasonOf(in one, _nodes);
        if (reason is not { } known)
        {
            return;
        }

        // The findings of the event come along, whichever rule made them.
        bool isSeed = known == JoinReason.Finding;
        if (!isSeed)
        {
            _places.FindingsAt(one.Source, one.Offset, _nodes);
        }

        int node = _nodes[0];
        foreach (int other in CollectionsMarshal.AsSpan(_nodes)[1..])
        {
            _components.Union(node, other);
        }

        _joined.Add(ordinal, node);
        _changed = true;
        Apply(in one, node, known, isSeed);
    }

    private JoinReason? ReasonOf(in IndexedEvent one, List<int> nodes)
    {
        JoinReason? first = null;
        if (_places.FindingsAt(one.Source, one.Offset, nodes))
        {
            if (nodes.Exists(IsSeed))
            {
                return JoinReason.Finding;
            }

            nodes.Clear();
        }

        bool hasProcess = one.Has(ClueKind.Process);
        bool hasParent = one.Has(ClueKind.ParentProcess);
        for (int i = 0; i < one.ClueCount; i++)
        {
            ulong hash = one.HashOf(i);
            switch (one.KindOf(i))
            {
                case ClueKind.Process when one.Class == EventClass.ProcessStart:
                    // A process that belongs to the incident only because of this event is no reason for it.
                    Try(TaintKind.Near, hash, JoinReason.NearProcess, in one, nodes, ref first);
                    break;
                case ClueKind.Process:
                    Try(TaintKind.Acting, hash, JoinReason.Process, in one, nodes, ref first);
                    Try(TaintKind.Near, hash, JoinReason.NearProcess, in one, nodes, ref first);
                    break;
                case ClueKind.ParentProcess:
                    Try(TaintKind.Acting, hash, JoinReason.Started, in one, nodes, ref first);
                    Try(TaintKind.Near, hash, JoinReason.Started, in one, nodes, ref first);
                    Try(TaintKind.Siblings, hash, JoinReason.Sibling, in one, nodes, ref first);
                    break;
                case ClueKind.ProcessNumber when !hasProcess && !hasParent && one.Class != EventClass.ProcessStart:
                    Try(TaintKind.Number, hash, JoinReason.Number, in one, nodes, ref first);
                    break;
                case ClueKind.ParentProcessNumber when !hasParent:
                    Try(TaintKind.Number, hash, JoinReason.Started, in one, nodes, ref first);
                    Try(TaintKind.NumberSiblings, hash, JoinReason.Sibling, in one, nodes, ref first);
                    break;
                case ClueKind.Session:
                    Try(TaintKind.Session, hash, JoinReason.Session, in one, nodes, ref first);
                    if (one.Class is EventClass.Logon or EventClass.SessionNote)
                    {
                        Try(TaintKind.SessionNotes, hash, JoinReason.Session, in one, nodes, ref first);
                    }

                    break;
                case ClueKind.Address:
                    Try(TaintKind.Address, hash, JoinReason.Address, in one, nodes, ref first);
                    break;
                case ClueKind.File or ClueKind.Hash or ClueKind.WebFile:
                    Try(TaintKind.File, hash, JoinReason.File, in one, nodes, ref first);
                    break;
                case ClueKind.Service or ClueKind.Task:
                    Try(TaintKind.Work, hash, JoinReason.Work, in one, nodes, ref first);
                    break;
            }
        }

        Moves(in one, nodes, ref first);
        return first;
    }

    private bool IsSeed(int finding) =>
        _active.Contains(finding) && _table[finding].Level >= FindingLevel.Low && !_ordinary.IsHabit(finding);

    private void Try(TaintKind kind, ulong key, JoinReason reason, in IndexedEvent one, List<int> nodes, ref JoinReason? first)
    {
        if (_taints.Find(kind, key, in one, nodes) && !(first <= reason))
        {
            first = reason;
        }
    }

    // From host to host: by a logon, or by the connection at the same moment.
    private void Moves(in IndexedEvent one, List<int> nodes, ref JoinReason? first)
    {
        switch (one.Class)
        {
            case EventClass.Logon or EventClass.Share:
                _hosts.Others(in one, _others);
                foreach (int origin in _others)
                {
                    if (_rarity.IsUnusual(in one, origin))
                    {
                        Try(KindOfActivity(in one), (ulong)origin, JoinReason.Logon, in one, nodes, ref first);
                    }
                }

                break;
            case EventClass.ExplicitLogon when _rarity.IsUnusual(in one, _hosts.Of(in one)):
                Try(TaintKind.CloseActivity, (ulong)_hosts.Of(in one), JoinReason.Logon, in one, nodes, ref first);
                break;
            case EventClass.Connection:
                _hosts.Others(in one, _others);
                foreach (int other in _others)
                {
                    Try(TaintKind.Link, LinkKey(_hosts.Of(in one), other), JoinReason.Link, in one, nodes, ref first);
                }

                break;
            case EventClass.KernelFile:
                Try(TaintKind.Arrival, (ulong)_hosts.Of(in one), JoinReason.Written, in one, nodes, ref first);
                break;
        }
    }

    // An account that the incident is known to use may come later. Where nothing is known of other days, any other has to be nearer.
    private TaintKind KindOfActivity(in IndexedEvent one)
    {
        for (int i = 0; i < one.ClueCount; i++)
        {
            if (one.KindOf(i) == ClueKind.Account && _taints.Find(TaintKind.Account, one.HashOf(i), in one, []))
            {
                return TaintKind.WideActivity;
            }
        }

        return _ordinary.Days >= Ordinary.FewestDays ? TaintKind.Activity : TaintKind.CloseActivity;
    }

    private static ulong LinkKey(int a, int b) => ((ulong)(uint)Math.Min(a, b) << 32) | (uint)Math.Max(a, b);

    // What else belongs to the incident because this event does.
    private void Apply(in IndexedEvent one, int node, JoinReason reason, bool isSeed)
    {
        bool isLineage = isSeed || reason is JoinReason.Process or JoinReason.Started or JoinReason.NearProcess or JoinReason.Sibling or JoinReason.Number;
        bool isOwn = isLineage || reason == JoinReason.Session;
        bool isStart = one.Class == EventClass.ProcessStart && (isOwn || reason == JoinReason.File);
        for (int i = 0; i < one.ClueCount; i++)
        {
            ulong hash = one.HashOf(i);
            switch (one.KindOf(i))
            {
                case ClueKind.Process when isStart:
                    _changed |= _taints.Add(TaintKind.Acting, hash, node);
                    break;
                case ClueKind.Process when isSeed:
                    _changed |= _taints.Around(TaintKind.Near, hash, node, in one, SpreadLimits.NearProcess, SpreadLimits.NearProcess);
                    break;
                case ClueKind.ParentProcess when isStart && isSeed:
                    _changed |= _taints.Around(TaintKind.Siblings, hash, node, in one, SpreadLimits.NearSiblings, SpreadLimits.NearSiblings);
                    break;
                case ClueKind.ProcessNumber when isStart:
                    _changed |= _taints.Around(TaintKind.Number, hash, node, in one, TimeSpan.FromSeconds(1), SpreadLimits.NumberHolds);
                    break;
                case ClueKind.ProcessNumber when isSeed:
                    _changed |= _taints.Around(TaintKind.Number, hash, node, in one, SpreadLimits.NearProcess, SpreadLimits.NearProcess);
                    break;
                case ClueKind.ParentProcessNumber when isStart && isSeed:
                    _changed |= _taints.Around(TaintKind.NumberSiblings, hash, node, in one, SpreadLimits.NearProcess, SpreadLimits.NearProcess);
                    break;
                case ClueKind.Session when isLineage || reason == JoinReason.Logon:
                    _rarity.Ask(new Question(ClueKind.Session, hash, node, one.Ticks, reason == JoinReason.Logon));
                    break;
                case ClueKind.Address when isLineage && !_hosts.IsKnown(hash) && one.IsOutside(i):
                case ClueKind.File or ClueKind.Hash or ClueKind.WebFile when isLineage || reason == JoinReason.Written:
                case ClueKind.Service or ClueKind.Task when reason != JoinReason.Work:
                    _rarity.Ask(new Question(one.KindOf(i), hash, node, one.Ticks, false));
                    break;
                case ClueKind.Account when isSeed || reason == JoinReason.Logon:
                    _changed |= _taints.Add(TaintKind.Account, hash, node);
                    break;
            }
        }

        int host = _hosts.Of(in one);
        if (one.Class is not (EventClass.Logon or EventClass.SessionNote))
        {
            Activity(host, in one, node);
        }

        if (one.Class is EventClass.Logon or EventClass.Share && reason is JoinReason.Logon or JoinReason.Session)
        {
            _changed |= _taints.Around(TaintKind.Arrival, (ulong)host, node, in one, TimeSpan.Zero, SpreadLimits.AfterArrival);
            _hosts.Others(in one, _others);
            foreach (int other in _others)
            {
                _changed |= _taints.Around(TaintKind.Link, LinkKey(host, other), node, in one, SpreadLimits.AroundLink, SpreadLimits.AroundLink);
            }
        }
    }

    private void Activity(int host, in IndexedEvent one, int node)
    {
        _changed |= _taints.Around(TaintKind.Activity, (ulong)host, node, in one, SpreadLimits.BeforeActivity, SpreadLimits.AfterActivity);
        _changed |= _taints.Around(TaintKind.CloseActivity, (ulong)host, node, in one, SpreadLimits.BeforeActivity, SpreadLimits.BeforeActivity);
        _changed |= _taints.Around(TaintKind.WideActivity, (ulong)host, node, in one, SpreadLimits.BeforeActivity, SpreadLimits.AfterActivityOfAccount);
        _rarity.AskOrigin(host);
    }

    // The reason depends on what was known when the event was met; told is the one that holds now and says most.
    private List<SurroundingEvent> Collect()
    {
        var events = new List<SurroundingEvent>(_joined.Count);
        Each((int ordinal, in IndexedEvent one) =>
        {
            if (_joined.TryGetValue(ordinal, out int node))
            {
                _nodes.Clear();
                JoinReason reason = ReasonOf(in one, _nodes) ?? JoinReason.Finding;
                events.Add(new SurroundingEvent(_index.Names.Sources[one.Source], one.Offset, one.Ticks, _components.RootOf(node), reason));
            }
        });
        return events;
    }
}

/// <summary>An event that belongs to an incident.</summary>
/// <param name="Source">Where it stands.</param>
/// <param name="Offset">Where in it.</param>
/// <param name="Ticks">When, in ticks of UTC; 0 where it has no time.</param>
/// <param name="Root">The lowest finding of the incident.</param>
/// <param name="Reason">Why it belongs to it.</param>
internal readonly record struct SurroundingEvent(EvidenceSource Source, long Offset, long Ticks, int Root, JoinReason Reason);
