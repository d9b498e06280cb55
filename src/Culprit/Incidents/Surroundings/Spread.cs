using System.Runtime.InteropServices;
using Culprit.Events;
using Culprit.Findings;
using Culprit.Incidents.Joining;

namespace Culprit.Incidents.Surroundings;

/// <summary>
/// Carries incidents on from their findings to the events around them, until nothing more belongs. Every step only adds, so
/// that the end does not depend on the order of events. Two incidents that one event belongs to become one, and through what is told
/// like any other join.
/// </summary>
internal sealed class Spread
{
    private readonly EventIndex _index;
    private readonly IReadOnlyList<ReadOnlyMemory<byte>>? _events;
    private readonly FindingTable _table;
    private readonly Ordinary _ordinary;
    private readonly Components _components;
    private readonly IndexHosts _hosts;
    private readonly FindingPlaces _places;
    private readonly Rarity _rarity;
    private readonly int _days;
    private readonly Taints _taints = new();
    private readonly Dictionary<int, (int Node, JoinReasons Reasons)> _joined = [];
    private readonly List<int> _others = [];
    private readonly List<int> _nodes = [];
    private readonly List<JoinReasons> _reasons = [];
    private readonly Dictionary<int, JoinReasons> _strongest = [];
    private readonly List<(int Finding, string Through)> _joins = [];
    private readonly List<int> _scratch = [];
    private readonly HashSet<int> _active;
    private bool _changed;

    private Spread(EventIndex index, FindingTable table, Ordinary ordinary, Components components, FindingPlaces places, Spread? known, IReadOnlyList<ReadOnlyMemory<byte>>? events)
    {
        _index = index;
        _events = events;
        _table = table;
        _ordinary = ordinary;
        _components = components;
        _places = places;
        _hosts = known?._hosts ?? new IndexHosts(index);
        _days = index.Logs.Days;
        _rarity = known?._rarity ?? new Rarity(_hosts, _days);

        // A component of which nothing is more than low or ordinary spreads to nothing; it may still be reached.
        int[] findings = [.. Enumerable.Range(0, table.Count)];
        HashSet<int> roots = [.. findings.Where(finding => table[finding].Level >= FindingLevel.Medium && !ordinary.IsHabit(finding)).Select(components.RootOf)];
        _active = [.. findings.Where(finding => roots.Contains(components.RootOf(finding)))];
    }

    /// <summary>Runs to the end.</summary>
    /// <param name="index">All events.</param>
    /// <param name="table">The findings.</param>
    /// <param name="ordinary">What is ordinary in them.</param>
    /// <param name="components">What is joined already; gets what is joined here.</param>
    /// <param name="places">Where the findings stand.</param>
    /// <param name="joins">Gets through what components were joined here.</param>
    /// <returns>Where the events stand that belong to incidents, each with a finding of its component.</returns>
    public static List<SurroundingEvent> Run(
        EventIndex index, FindingTable table, Ordinary ordinary, Components components, FindingPlaces places, List<(int Finding, string Through)> joins)
    {
        Components before = components.Copy();
        var spread = new Spread(index, table, ordinary, components, places, known: null, events: null);
        spread.ToTheEnd();

        // The end does not depend on the order of events, but what joined first does, and that of an index depends on threads. Through what is
        // told of the events of incidents that were joined, in order of time.
        if (spread._joins.Count > 0)
        {
            var again = new Spread(index, table, ordinary, before, places, spread, spread.EventsOfJoined());
            again.ToTheEnd();
            joins.AddRange(again._joins);
        }

        return spread.Collect();
    }

    private void ToTheEnd()
    {
        do
        {
            Count();
            _changed = _rarity.Resolve(_taints);
            Each(Join);
        }
        while (_changed || _rarity.IsPending);
    }

    private List<ReadOnlyMemory<byte>> EventsOfJoined()
    {
        HashSet<int> roots = [.. _joins.Select(join => _components.RootOf(join.Finding))];
        var events = new List<(long Ticks, int Source, long Offset, byte[] Bytes)>();
        Each((int ordinal, in IndexedEvent one) =>
        {
            if (_joined.TryGetValue(ordinal, out (int Node, JoinReasons Reasons) known) && roots.Contains(_components.RootOf(known.Node)))
            {
                events.Add((one.Ticks, one.Source, one.Offset, one.ToArray()));
            }
        });
        return
        [
            .. events.OrderBy(static one => one.Ticks).ThenBy(one => _index.Names.Sources[one.Source], StringComparer.Ordinal).ThenBy(static one => one.Offset)
                .Select(static one => (ReadOnlyMemory<byte>)one.Bytes),
        ];
    }

    private delegate void Visit(int ordinal, in IndexedEvent one);

    private void Each(Visit visit)
    {
        int ordinal = 0;
        foreach (ReadOnlyMemory<byte> block in _events ?? _index.Blocks.Read())
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
        _nodes.Clear();
        _reasons.Clear();
        JoinReasons reasons = ReasonsOf(in one, _nodes);
        if (reasons == JoinReasons.None)
        {
            return;
        }

        // The findings of the event come along, whichever rule made them.
        _places.FindingsAt(one.Source, one.Offset, _nodes);
        int node = _nodes[0];
        NoteStrongest();
        JoinReasons own = _nodes.Count > 1 ? _strongest[_components.RootOf(node)] : JoinReasons.None;
        for (int i = 1; i < _nodes.Count; i++)
        {
            int root = _components.RootOf(_nodes[i]);
            if (_components.Union(node, _nodes[i]))
            {
                _joins.Add((node, JoinReasonText.Through(own, _strongest[root])));
                _changed = true;
            }
        }

        // What belongs to one component is marked once, whichever of its findings brought it.
        node = _components.RootOf(node);
        ref (int Node, JoinReasons Reasons) known = ref CollectionsMarshal.GetValueRefOrAddDefault(_joined, ordinal, out bool exists);
        if (!exists || (reasons & ~known.Reasons) != JoinReasons.None)
        {
            known = (node, reasons | known.Reasons);
            _changed = true;
            Apply(in one, node, known.Reasons);
        }
    }

    // For each component that the event belongs to, the reason that says most: a program that has its own file in every event is rarely joined through it.
    private void NoteStrongest()
    {
        _strongest.Clear();
        for (int i = 0; i < _nodes.Count && _nodes.Count > 1; i++)
        {
            ref JoinReasons known = ref CollectionsMarshal.GetValueRefOrAddDefault(_strongest, _components.RootOf(_nodes[i]), out bool exists);
            known = exists ? (JoinReasons)Math.Min((int)known, (int)ReasonAt(i)) : ReasonAt(i);
        }
    }

    // Those that follow the reasons that were tried are findings of the event itself.
    private JoinReasons ReasonAt(int node) => node < _reasons.Count ? _reasons[node] : JoinReasons.Finding;

    private JoinReasons ReasonsOf(in IndexedEvent one, List<int> nodes)
    {
        JoinReasons reasons = JoinReasons.None;
        if (_places.FindingsAt(one.Source, one.Offset, nodes))
        {
            reasons = nodes.Exists(IsSeed) ? JoinReasons.Finding : JoinReasons.None;
            nodes.Clear();
        }

        bool hasProcess = one.Has(ClueKind.Process);
        bool hasParent = one.Has(ClueKind.ParentProcess);
        for (int i = 0; i < one.ClueCount; i++)
        {
            ulong hash = one.HashOf(i);
            switch (one.KindOf(i))
            {
                case ClueKind.Process when IsStart(in one):
                    // A process that belongs to the incident only because of this event is no reason for it.
                    Try(TaintKind.Near, hash, JoinReasons.NearProcess, in one, nodes, ref reasons);
                    break;
                case ClueKind.Process:
                    Try(TaintKind.Acting, hash, JoinReasons.Process, in one, nodes, ref reasons);
                    Try(TaintKind.Near, hash, JoinReasons.NearProcess, in one, nodes, ref reasons);
                    break;
                case ClueKind.ParentProcess:
                    Try(TaintKind.Acting, hash, JoinReasons.Started, in one, nodes, ref reasons);
                    Try(TaintKind.Near, hash, JoinReasons.Started, in one, nodes, ref reasons);
                    Try(TaintKind.Siblings, hash, JoinReasons.Sibling, in one, nodes, ref reasons);
                    break;
                case ClueKind.ProcessNumber when !hasProcess && !hasParent && !IsStart(in one):
                    Try(TaintKind.Number, hash, JoinReasons.Number, in one, nodes, ref reasons);
                    break;
                case ClueKind.ParentProcessNumber when !hasParent:
                    Try(TaintKind.Number, hash, JoinReasons.Started, in one, nodes, ref reasons);
                    Try(TaintKind.NumberSiblings, hash, JoinReasons.Sibling, in one, nodes, ref reasons);
                    break;
                case ClueKind.Session:
                    Try(TaintKind.OwnSession, hash, JoinReasons.OwnSession, in one, nodes, ref reasons);
                    Try(TaintKind.Session, hash, JoinReasons.Session, in one, nodes, ref reasons);
                    if (one.Class is EventClass.Logon or EventClass.SessionNote)
                    {
                        Try(TaintKind.SessionNotes, hash, JoinReasons.Session, in one, nodes, ref reasons);
                    }

                    break;
                case ClueKind.Address or ClueKind.Domain:
                    Try(TaintKind.Address, hash, JoinReasons.Address, in one, nodes, ref reasons);
                    break;
                case ClueKind.File when one.ContentOf(i) is var content and not 0:
                    Try(TaintKind.FileOfContent, hash ^ content, JoinReasons.File, in one, nodes, ref reasons);
                    Try(TaintKind.FileOfUnknownContent, hash, JoinReasons.File, in one, nodes, ref reasons);
                    break;
                case ClueKind.File or ClueKind.Hash or ClueKind.WebFile:
                    Try(TaintKind.File, hash, JoinReasons.File, in one, nodes, ref reasons);
                    break;
                case ClueKind.Service or ClueKind.Task:
                    Try(TaintKind.Work, hash, JoinReasons.Work, in one, nodes, ref reasons);
                    break;
            }
        }

        Moves(in one, nodes, ref reasons);
        return reasons;
    }

    private bool IsSeed(int finding) =>
        _active.Contains(finding) && _table[finding].Level >= FindingLevel.Low && !_ordinary.IsHabit(finding);

    private void Try(TaintKind kind, ulong key, JoinReasons reason, in IndexedEvent one, List<int> nodes, ref JoinReasons reasons)
    {
        if (_taints.Find(kind, key, in one, nodes))
        {
            reasons |= reason;
            while (_reasons.Count < nodes.Count)
            {
                _reasons.Add(reason);
            }
        }
    }

    // From host to host: by a logon, or by the connection at the same moment.
    private void Moves(in IndexedEvent one, List<int> nodes, ref JoinReasons reasons)
    {
        switch (one.Class)
        {
            case EventClass.Logon or EventClass.Share:
                _hosts.Others(in one, _others);
                foreach (int origin in _others)
                {
                    if (_rarity.IsUnusual(in one, origin))
                    {
                        Try(KindOfActivity(in one), (ulong)origin, JoinReasons.Logon, in one, nodes, ref reasons);
                    }
                }

                break;
            case EventClass.ExplicitLogon when _rarity.IsUnusual(in one, _hosts.Of(in one)):
                Try(TaintKind.CloseActivity, (ulong)_hosts.Of(in one), JoinReasons.Logon, in one, nodes, ref reasons);
                break;
            case EventClass.Connection:
                _hosts.Others(in one, _others);
                foreach (int other in _others)
                {
                    Try(TaintKind.Link, LinkKey(_hosts.Of(in one), other), JoinReasons.Link, in one, nodes, ref reasons);
                }

                break;
            case EventClass.WebPost:
                Try(TaintKind.WebServer, (ulong)_hosts.Of(in one), JoinReasons.WebRequest, in one, nodes, ref reasons);
                break;
            case EventClass.KernelFile:
                Try(TaintKind.Arrival, (ulong)_hosts.Of(in one), JoinReasons.Written, in one, nodes, ref reasons);
                break;
        }
    }

    // An account that the incident is known to use may come later. Where nothing is known of other days, any other has to be nearer.
    private TaintKind KindOfActivity(in IndexedEvent one)
    {
        for (int i = 0; i < one.ClueCount; i++)
        {
            if (one.KindOf(i) == ClueKind.Account && Is(TaintKind.Account, one.HashOf(i), in one))
            {
                return TaintKind.WideActivity;
            }
        }

        return _days >= Ordinary.FewestDays ? TaintKind.Activity : TaintKind.CloseActivity;
    }

    private bool Is(TaintKind kind, ulong key, in IndexedEvent one)
    {
        _scratch.Clear();
        return _taints.Find(kind, key, in one, _scratch);
    }

    private static bool IsStart(in IndexedEvent one) => one.Class is EventClass.ProcessStart or EventClass.WebStart;

    private static bool Has(JoinReasons reasons, JoinReasons any) => (reasons & any) != JoinReasons.None;

    private static ulong LinkKey(int a, int b) => ((ulong)(uint)Math.Min(a, b) << 32) | (uint)Math.Max(a, b);

    // What else belongs to the incident because this event does.
    private void Apply(in IndexedEvent one, int node, JoinReasons reasons)
    {
        bool isSeed = Has(reasons, JoinReasons.Finding);
        bool isLineage = Has(reasons, JoinReasons.Finding | JoinReasons.Lineage);
        bool isStart = IsStart(in one) && Has(reasons, JoinReasons.Finding | JoinReasons.Lineage | JoinReasons.OwnSession | JoinReasons.File);
        bool isLogon = Has(reasons, JoinReasons.Logon);
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
                    _changed |= _taints.Around(TaintKind.Siblings, hash, node, in one, Nearness.OfSiblings, Nearness.OfSiblings);
                    break;
                case ClueKind.ProcessNumber when isStart:
                    _changed |= _taints.Around(TaintKind.Number, hash, node, in one, TimeSpan.FromSeconds(1), Nearness.OfNumber);
                    break;
                case ClueKind.ProcessNumber when isSeed:
                    _changed |= _taints.Around(TaintKind.Number, hash, node, in one, SpreadLimits.NearProcess, SpreadLimits.NearProcess);
                    break;
                case ClueKind.ParentProcessNumber when isStart && isSeed:
                    _changed |= _taints.Around(TaintKind.NumberSiblings, hash, node, in one, Nearness.OfSiblings, Nearness.OfSiblings);
                    break;
                case ClueKind.Session:
                    // One that the intruder opened lasts as long as something happens in it.
                    bool isOpened = isLogon && one.Class != EventClass.ExplicitLogon;
                    if (isOpened || Is(TaintKind.OwnSession, hash, in one))
                    {
                        Ask(in one, i, node, isOwned: true);
                    }

                    if (!isOpened && (isLineage || isLogon))
                    {
                        Ask(in one, i, node, isOwned: false);
                    }

                    break;
                case ClueKind.Address when isLineage && !_hosts.IsKnown(hash) && one.IsOutside(i):
                case ClueKind.Domain when isLineage:
                case ClueKind.File or ClueKind.Hash or ClueKind.WebFile when isLineage || Has(reasons, JoinReasons.Written):
                case ClueKind.Service or ClueKind.Task when reasons != JoinReasons.Work:
                    Ask(in one, i, node, isOwned: false);
                    break;
                case ClueKind.Account when isSeed || isLogon:
                    _changed |= _taints.Around(TaintKind.Account, hash, node, in one, Nearness.OfContact, Nearness.OfContact);
                    break;
            }
        }

        int host = _hosts.Of(in one);
        if (one.Class == EventClass.WebStart && isStart)
        {
            _changed |= _taints.Around(TaintKind.WebServer, (ulong)host, node, in one, SpreadLimits.BeforeWebStart, SpreadLimits.AfterWebStart);
        }

        if (one.Class is not (EventClass.Logon or EventClass.SessionNote))
        {
            Activity(host, in one, node);
        }

        if ((one.Class is EventClass.Logon or EventClass.Share) && Has(reasons, JoinReasons.Logon | JoinReasons.OwnSession | JoinReasons.Session))
        {
            _changed |= _taints.Around(TaintKind.Arrival, (ulong)host, node, in one, TimeSpan.Zero, SpreadLimits.AfterArrival);
            _hosts.Others(in one, _others);
            foreach (int other in _others)
            {
                _changed |= _taints.Around(TaintKind.Link, LinkKey(host, other), node, in one, SpreadLimits.AroundLink, SpreadLimits.AroundLink);
            }
        }
    }

    // What has no time is near nothing.
    private void Ask(in IndexedEvent one, int clue, int node, bool isOwned)
    {
        if (one.IsTimed)
        {
            ulong content = one.KindOf(clue) == ClueKind.File ? one.ContentOf(clue) : 0;
            _changed |= _rarity.Ask(new Question(one.KindOf(clue), one.HashOf(clue), node, one.Ticks, isOwned, content), _taints);
        }
    }

    private void Activity(int host, in IndexedEvent one, int node)
    {
        _changed |= _taints.Around(TaintKind.Activity, (ulong)host, node, in one, SpreadLimits.BeforeActivity, SpreadLimits.AfterActivity);
        _changed |= _taints.Around(TaintKind.CloseActivity, (ulong)host, node, in one, SpreadLimits.BeforeActivity, SpreadLimits.BeforeActivity);
        _changed |= _taints.Around(TaintKind.WideActivity, (ulong)host, node, in one, SpreadLimits.BeforeActivity, SpreadLimits.AfterActivityOfAccount);
        _rarity.AskOrigin(host);
    }

    private List<SurroundingEvent> Collect()
    {
        var events = new List<SurroundingEvent>(_joined.Count);
        Each((int ordinal, in IndexedEvent one) =>
        {
            if (_joined.TryGetValue(ordinal, out (int Node, JoinReasons Reasons) known))
            {
                events.Add(new SurroundingEvent(
                    _index.Names.Sources[one.Source], one.Offset, one.Ticks, _components.RootOf(known.Node), JoinReasonText.First(known.Reasons)));
            }
        });
        return events;
    }
}

/// <summary>An event that belongs to an incident.</summary>
/// <param name="Path">The source in which it stands.</param>
/// <param name="Offset">Where in it.</param>
/// <param name="Ticks">When, in ticks of UTC; 0 where it has no time.</param>
/// <param name="Root">The lowest finding of the incident.</param>
/// <param name="Reason">Why it belongs to it.</param>
internal readonly record struct SurroundingEvent(string Path, long Offset, long Ticks, int Root, JoinReasons Reason);
