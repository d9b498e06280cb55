using System.IO.Hashing;
using System.Runtime.InteropServices;
using Culprit.Events;
using Culprit.Incidents.Joining;

namespace Culprit.Incidents.Surroundings;

/// <summary>A clue that carries an incident on, if it is rare enough.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Hash">Which one.</param>
/// <param name="Node">For which component.</param>
/// <param name="Ticks">When it was met: it carries on from then for a while.</param>
/// <param name="IsOwned">Of a session: whether the intruder opened it.</param>
/// <param name="Content">Of a file: what tells its content; 0 where that is not known.</param>
internal readonly record struct Question(ClueKind Kind, ulong Hash, int Node, long Ticks, bool IsOwned, ulong Content);

/// <summary>
/// Counts, over all of the evidence, those clues that were asked for, and answers whether they are rare. Counting every clue
/// would take as much room as the evidence.
/// </summary>
internal sealed class Rarity(IndexHosts hosts, int days)
{
    private readonly Dictionary<ulong, ClueTally> _clues = [];
    private readonly Dictionary<ulong, ClueTally> _pairs = [];
    private readonly Dictionary<int, bool> _origins = [];
    private readonly HashSet<Question> _open = [];
    private readonly HashSet<ulong> _counting = [];
    private readonly List<int> _others = [];

    /// <summary>Whether something was asked that has not been counted or answered.</summary>
    public bool IsPending => _open.Count > 0 || _origins.ContainsValue(false);

    /// <summary>Asks whether a clue is rare, and marks it if it is; where that has to be counted first, the answer comes with the next <see cref="Resolve(Taints)"/>.</summary>
    /// <returns>Whether anything was marked that was not before.</returns>
    public bool Ask(Question question, Taints taints)
    {
        if (!_clues.TryGetValue(question.Hash, out ClueTally? tally))
        {
            _clues.Add(question.Hash, new ClueTally());
            _counting.Add(question.Hash);
        }
        else if (!_counting.Contains(question.Hash))
        {
            return Resolve(question, tally, taints);
        }

        _open.Add(question);
        return false;
    }

    /// <summary>Asks which accounts come from a host.</summary>
    public void AskOrigin(int host) => _origins.TryAdd(host, false);

    /// <summary>Counts an event for what was asked since the last count.</summary>
    public void Count(in IndexedEvent one)
    {
        for (int i = 0; i < one.ClueCount; i++)
        {
            if (_counting.Contains(one.HashOf(i)))
            {
                _clues[one.HashOf(i)].Add(in one);
            }
        }

        if (one.Class is EventClass.Logon or EventClass.Share)
        {
            hosts.Others(in one, _others);
            foreach (int origin in _others)
            {
                CountPairs(in one, origin);
            }
        }
        else if (one.Class == EventClass.ExplicitLogon)
        {
            CountPairs(in one, hosts.Of(in one));
        }
    }

    /// <summary>To be called after all events were counted.</summary>
    public void EndCount()
    {
        _counting.Clear();
        foreach (int origin in _origins.Keys)
        {
            _origins[origin] = true;
        }
    }

    /// <summary>Whether one of an event's accounts does not usually come from a host. False as long as that was not counted.</summary>
    public bool IsUnusual(in IndexedEvent one, int origin)
    {
        if (!_origins.GetValueOrDefault(origin))
        {
            return false;
        }

        for (int i = 0; i < one.ClueCount; i++)
        {
            if (one.KindOf(i) == ClueKind.Account && _pairs.TryGetValue(PairKey(one.HashOf(i), origin), out ClueTally? pair) && !IsOften(pair))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Marks what was asked, counted and found rare.</summary>
    /// <returns>Whether anything was marked that was not before.</returns>
    public bool Resolve(Taints taints)
    {
        bool any = false;
        foreach (Question question in _open)
        {
            any |= Resolve(question, _clues[question.Hash], taints);
        }

        _open.Clear();
        return any;
    }

    private bool Resolve(Question question, ClueTally tally, Taints taints) => question.Kind switch
    {
        ClueKind.Session when question.IsOwned && tally.Events <= SpreadLimits.LargeSession => Mark(TaintKind.OwnSession, question, Nearness.OfSession, taints),
        ClueKind.Session when tally.Events <= SpreadLimits.SmallSession && tally.Span <= SpreadLimits.ShortSession => Mark(TaintKind.Session, question, Nearness.OfSession, taints),
        ClueKind.Session => Mark(TaintKind.SessionNotes, question, Nearness.OfSession, taints),
        ClueKind.Address => tally.Events <= SpreadLimits.RareAddress && !IsOften(tally) && Mark(TaintKind.Address, question, Nearness.OfContact, taints),
        ClueKind.Domain => IsRare(tally) && Mark(TaintKind.Address, question, Nearness.OfContact, taints),
        ClueKind.Service or ClueKind.Task => !IsOften(tally) && Mark(TaintKind.Work, question, Nearness.OfWork, taints),
        ClueKind.File => IsRare(tally) && MarkFile(question, taints),
        _ => IsRare(tally) && Mark(TaintKind.File, question, Nearness.OfContact, taints),
    };

    private static bool Mark(TaintKind kind, Question question, TimeSpan span, Taints taints) => taints.Around(kind, question.Hash, question.Node, question.Ticks, span);

    // An event that does not say what the file held is about the same one as far as anybody knows; one that says so has to agree.
    private static bool MarkFile(Question question, Taints taints) =>
        Mark(TaintKind.File, question, Nearness.OfContact, taints)
        | (question.Content == 0 ? Mark(TaintKind.FileOfUnknownContent, question, Nearness.OfContact, taints)
            : taints.Around(TaintKind.FileOfContent, question.Hash ^ question.Content, question.Node, question.Ticks, Nearness.OfContact));

    private void CountPairs(in IndexedEvent one, int origin)
    {
        if (_origins.GetValueOrDefault(origin, true))
        {
            return;
        }

        for (int i = 0; i < one.ClueCount; i++)
        {
            if (one.KindOf(i) == ClueKind.Account)
            {
                ref ClueTally? pair = ref CollectionsMarshal.GetValueRefOrAddDefault(_pairs, PairKey(one.HashOf(i), origin), out _);
                (pair ??= new ClueTally()).Add(in one);
            }
        }
    }

    private bool IsRare(ClueTally tally) => tally.Events <= SpreadLimits.RareFile && !IsOften(tally);

    private bool IsOften(ClueTally tally) => tally.Days >= Ordinary.FewestDays && tally.Days >= Ordinary.HabitShare * days;

    private static ulong PairKey(ulong account, int origin) => XxHash3.HashToUInt64(MemoryMarshal.AsBytes(new ReadOnlySpan<ulong>(in account)), origin);
}
