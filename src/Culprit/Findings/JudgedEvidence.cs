using System.Collections.Immutable;
using Culprit.Evidence;
using Culprit.Findings.Store;
using Culprit.Sigma;

namespace Culprit.Findings;

/// <summary>
/// Evidence that was read and judged, before correlations are looked for: what can be kept of a part of the evidence and joined
/// with other parts by <see cref="Investigation.Join"/>. Holds the file that findings were spilled to, so it is to be disposed of.
/// </summary>
public sealed class JudgedEvidence : IDisposable
{
    private readonly FindingStore _store;
    private readonly RuleCatalog _rules;
    private readonly IndicatorRules _byRank;
    private readonly SigmaCorrelator _correlator;

    internal JudgedEvidence(FindingStore store, RuleCatalog rules, IndicatorRules byRank, SigmaCorrelator correlator, Coverage coverage, NotJudged notJudged)
    {
        _store = store;
        _rules = rules;
        _byRank = byRank;
        _correlator = correlator;
        Coverage = coverage;
        NotJudged = notJudged;
    }

    /// <summary>What was read and what was not.</summary>
    public Coverage Coverage { get; }

    /// <summary>What of the good records was not judged.</summary>
    public NotJudged NotJudged { get; }

    /// <summary>What is to be kept, each part under its name; equal evidence and rules give equal findings in the same order.</summary>
    public ImmutableArray<JudgedStream> Streams => [new JudgedStream(FindingStream.Name, output => FindingStream.Write(_store, Coverage, output))];

    /// <inheritdoc/>
    public void Dispose() => _store.Dispose();

    /// <summary>The result of this evidence alone. It takes over what is to be disposed of.</summary>
    internal InvestigationResult ToResult() => new(
        _store, _rules, _byRank, Coverage, CorrelatedFindings.Find(_store, _rules, _byRank, _correlator), NotJudged);
}

/// <summary>A part of judged evidence that is to be kept.</summary>
/// <param name="Name">A short name that may be a file's.</param>
/// <param name="WriteTo">Writes it.</param>
public sealed record JudgedStream(string Name, Action<Stream> WriteTo);

/// <summary>Judged evidence that was kept.</summary>
/// <param name="Coverage">Its coverage, with the sources in the order in which they were when it was kept.</param>
/// <param name="NotJudged">As <see cref="JudgedEvidence.NotJudged"/>.</param>
/// <param name="Open">Opens one of <see cref="JudgedEvidence.Streams"/> by name, for reading and seeking; the result that is made of it closes it.</param>
public sealed record JudgedSegment(Coverage Coverage, NotJudged NotJudged, Func<string, Stream> Open);

/// <summary>Hands each record to two sinks.</summary>
internal sealed class PairOfSinks(IRecordSink first, IRecordSink second) : IRecordSink
{
    /// <inheritdoc/>
    public void Accept(scoped in RecordView record)
    {
        first.Accept(in record);
        second.Accept(in record);
    }
}
