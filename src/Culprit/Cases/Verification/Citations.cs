using System.Collections.Concurrent;
using System.Globalization;
using Culprit.Events;
using Culprit.Evidence;

namespace Culprit.Cases.Verification;

/// <summary>All citations by place. Adding comes first; then workers hold records against them.</summary>
internal sealed class Citations
{
    private readonly Dictionary<string, Dictionary<long, List<Citation>>> _wanted = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Citation, string> _results = new(ReferenceEqualityComparer.Instance);

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>How many records were found at their places.</summary>
    public int Seen => _results.Count;

    /// <summary>The sources that are cited.</summary>
    public IEnumerable<string> Paths => _wanted.Keys;

    public void Add(Citation citation)
    {
        if (!_wanted.TryGetValue(citation.Place.Path, out Dictionary<long, List<Citation>>? offsets))
        {
            _wanted.Add(citation.Place.Path, offsets = []);
        }

        if (!offsets.TryGetValue(citation.Place.Offset, out List<Citation>? citations))
        {
            offsets.Add(citation.Place.Offset, citations = []);
        }

        citations.Add(citation);
        Count++;
    }

    /// <summary>What is cited of a source, by offset; null where nothing is.</summary>
    public Dictionary<long, List<Citation>>? Of(EvidenceSource source) => _wanted.GetValueOrDefault(source.Path);

    /// <summary>Keeps what a record did not say; a citation that one record satisfies is satisfied.</summary>
    public void Keep(Citation citation, string problem) =>
        _results.AddOrUpdate(citation, problem, (_, before) => before.Length == 0 ? before : problem);

    /// <summary>What does not hold, in the order in which the citations were added for each source.</summary>
    public IEnumerable<string> Problems() =>
        from offsets in _wanted.OrderBy(static p => p.Key, StringComparer.Ordinal)
        from citations in offsets.Value.OrderBy(static o => o.Key)
        from citation in citations.Value
        let problem = _results.TryGetValue(citation, out string? result) ? result : "no record stands there"
        where problem.Length > 0
        select string.Create(CultureInfo.InvariantCulture, $"{citation.By}: {citation.Place.Path}, byte {citation.Place.Offset}: {problem}");
}

/// <summary>Holds records against the citations of their places.</summary>
internal sealed class CitationSink(Citations wanted) : IRecordSink
{
    private readonly EventContext _context = new();
    private EvidenceSource? _source;
    private Dictionary<long, List<Citation>>? _offsets;

    /// <inheritdoc/>
    public void Accept(scoped in RecordView record)
    {
        if (!ReferenceEquals(record.Source, _source))
        {
            _source = record.Source;
            _offsets = wanted.Of(record.Source);
        }

        if (_offsets is null || !_offsets.TryGetValue(record.Offset, out List<Citation>? citations))
        {
            return;
        }

        var view = new EventView(in record, _context);
        foreach (Citation citation in citations)
        {
            wanted.Keep(citation, citation.HoldAgainst(in view));
        }
    }
}
