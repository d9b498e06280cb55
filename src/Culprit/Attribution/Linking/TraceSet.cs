using System.Collections.Immutable;

namespace Culprit.Attribution.Linking;

/// <summary>
/// The traces of one incident: found by what they are, and counted once by how much they say. Every incident is held against all others, so
/// that neither may take a walk through all traces for each of them.
/// </summary>
internal sealed class TraceSet
{
    private readonly Dictionary<(TraceKind Kind, string Value), Trace> _found;
    private readonly Dictionary<(TraceKind Kind, TraceGrade Grade), int> _counts;

    /// <summary>Makes the set.</summary>
    /// <param name="all">The traces, no two of them of one kind and value. Their grades are settled: what is changed later is not counted.</param>
    public TraceSet(ImmutableArray<Trace> all)
    {
        All = all;
        _found = all.ToDictionary(static t => (t.Kind, t.Value));
        _counts = all.CountBy(static t => (t.Kind, t.Grade)).ToDictionary(static c => c.Key, static c => c.Value);
    }

    /// <summary>The traces in the order that they were given in.</summary>
    public ImmutableArray<Trace> All { get; }

    /// <summary>Whether an address or domain is among them through which the intruder or its programs did anything.</summary>
    public bool ShowInfrastructure => Count(TraceKind.Address, TraceGrade.Reached) + Count(TraceKind.Domain, TraceGrade.Reached) > 0;

    /// <summary>The trace of that kind and value; null where there is none.</summary>
    public Trace? Find(TraceKind kind, string value) => _found.GetValueOrDefault((kind, value));

    /// <summary>How many traces of a kind say as much as <paramref name="least"/> or more.</summary>
    public int Count(TraceKind kind, TraceGrade least)
    {
        int count = 0;
        for (TraceGrade grade = least; grade <= TraceGrade.Worked; grade++)
        {
            count += _counts.GetValueOrDefault((kind, grade));
        }

        return count;
    }
}
