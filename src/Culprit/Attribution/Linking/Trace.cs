using System.Collections.Immutable;
using Culprit.Findings;

namespace Culprit.Attribution.Linking;

/// <summary>What a trace is.</summary>
internal enum TraceKind
{
    /// <summary>An address outside.</summary>
    Address,

    /// <summary>A domain outside.</summary>
    Domain,

    /// <summary>A file by its hash.</summary>
    Hash,

    /// <summary>A file by its name.</summary>
    FileName,

    /// <summary>A service that was installed.</summary>
    Service,

    /// <summary>A scheduled task that was made.</summary>
    Task,

    /// <summary>The user agent of the intruder's requests.</summary>
    UserAgent,

    /// <summary>The path of a web shell.</summary>
    WebShell,

    /// <summary>An account that was created.</summary>
    CreatedAccount,
}

/// <summary>How much a trace says, by what happened through it. Of two sides the lesser one counts.</summary>
internal enum TraceGrade
{
    /// <summary>Many unrelated people have it: shared services, published programs, names that everything has.</summary>
    Common,

    /// <summary>It knocked and was refused, as scanners do everywhere.</summary>
    Knocked,

    /// <summary>It stands in a command or a script: that anybody spoke to it does not follow.</summary>
    Written,

    /// <summary>It was there, and nothing says that the intruder did anything through it; of a file, nothing says whether somebody publishes it.</summary>
    Present,

    /// <summary>A program of the intruder spoke to it, or the intruder brought it.</summary>
    Reached,

    /// <summary>The intruder worked from it.</summary>
    Worked,
}

/// <summary>Something of one incident that another may have too.</summary>
/// <param name="kind">What it is.</param>
/// <param name="value">Which one, in the form in which equal things are equal texts.</param>
internal sealed class Trace(TraceKind kind, string value)
{
    private readonly SortedDictionary<int, (long Ticks, TraceGrade Grade, FindingLevel? Level)> _events = [];
    private ImmutableArray<int> _numbers;

    /// <summary>What it is.</summary>
    public TraceKind Kind { get; } = kind;

    /// <summary>Which one.</summary>
    public string Value { get; } = value;

    /// <summary>The most that it says in this incident.</summary>
    public TraceGrade Grade { get; private set; }

    /// <summary>The least that any event says of it.</summary>
    public TraceGrade Least { get; private set; } = TraceGrade.Worked;

    /// <summary>The gravest level of the rules that found an event which shows it; null where none did.</summary>
    public FindingLevel? Level { get; private set; }

    /// <summary>Events that show it, ascending. One array for all pairs that share it.</summary>
    public ImmutableArray<int> Events => _numbers.IsDefault ? _numbers = [.. _events.Keys] : _numbers;

    /// <summary>The ticks (UTC) of the first time; 0 where no time is known.</summary>
    public long First { get; private set; }

    /// <summary>The last time.</summary>
    public long Last { get; private set; }

    /// <summary>Of a file: what records call the same file in other algorithms, in lower case. Lists hold any of them.</summary>
    public IReadOnlyCollection<string> OtherHashes { get; set; } = [];

    /// <summary>All that lists may call it.</summary>
    public IEnumerable<string> Names => OtherHashes.Count == 0 ? [Value] : OtherHashes.Prepend(Value);

    /// <summary>Whether a list publishes it, so that others know of it too.</summary>
    public bool IsPublished { get; set; }

    /// <summary>Whether a list ascribes it to a group that is named, and it was met, not only written or sent.</summary>
    public bool IsOfGroup { get; set; }

    /// <summary>Of an address: the registered domains of the names that were answered with it, as far as records say so.</summary>
    public IReadOnlyCollection<string> AnswerOf { get; set; } = [];

    /// <summary>Of a file: the strongest hash by which this incident's records know it, where that is not <see cref="Value"/> and only others show that both are one; else empty.</summary>
    public string KnownAs { get; private set; } = "";

    /// <summary>The trace of a file that records of one incident call by several hashes, or that is named by one that others have.</summary>
    /// <param name="name">The hash that it is named by.</param>
    /// <param name="parts">The traces, at least one.</param>
    public static Trace OfFile(string name, Trace[] parts)
    {
        if (parts is [var only] && only.Value == name)
        {
            return only;
        }

        string[] own = [.. parts.SelectMany(static p => p.Names).Distinct(StringComparer.Ordinal)];
        var whole = new Trace(TraceKind.Hash, name)
        {
            OtherHashes = [.. own.Where(h => h != name)],
            IsPublished = Array.Exists(parts, static p => p.IsPublished),
            IsOfGroup = Array.Exists(parts, static p => p.IsOfGroup),
            KnownAs = Array.IndexOf(own, name) >= 0 ? "" : own.MaxBy(static h => h.Length)!,
        };
        foreach ((int number, (long ticks, TraceGrade grade, FindingLevel? level)) in parts.SelectMany(static p => p._events))
        {
            whole.Add(number, ticks, grade, level);
        }

        if (Array.Exists(parts, static p => p.Least == TraceGrade.Common))
        {
            whole.MakeCommon();
        }

        return whole;
    }

    /// <summary>Adds an event that shows it.</summary>
    public void Add(int number, long ticks, TraceGrade grade, FindingLevel? level)
    {
        // One event may show a value in several fields.
        TraceGrade most = _events.TryGetValue(number, out (long Ticks, TraceGrade Grade, FindingLevel? Level) before) && before.Grade > grade ? before.Grade : grade;
        _events[number] = (ticks, most, level);
        _numbers = default;
        Grade = grade > Grade ? grade : Grade;
        Least = grade < Least ? grade : Least;
        Level = Level is { } gravest && !(level > gravest) ? gravest : level;
        if (ticks > 0)
        {
            First = First == 0 ? ticks : Math.Min(First, ticks);
            Last = Math.Max(Last, ticks);
        }
    }

    /// <summary>Says that it is common, whatever happened through it.</summary>
    public void MakeCommon()
    {
        Grade = Least = TraceGrade.Common;
        foreach (int number in _events.Keys.ToArray())
        {
            _events[number] = _events[number] with { Grade = TraceGrade.Common };
        }
    }

    /// <summary>What it would be without some events; null where only they show it.</summary>
    public Trace? Without(IReadOnlySet<int> left)
    {
        if (left.Count == 0)
        {
            return this;
        }

        var rest = new Trace(Kind, Value) { IsPublished = IsPublished, IsOfGroup = IsOfGroup, AnswerOf = AnswerOf, OtherHashes = OtherHashes, KnownAs = KnownAs };
        foreach ((int number, (long ticks, TraceGrade grade, FindingLevel? level)) in _events)
        {
            if (!left.Contains(number))
            {
                rest.Add(number, ticks, grade, level);
            }
        }

        return rest._events.Count > 0 ? rest : null;
    }
}
