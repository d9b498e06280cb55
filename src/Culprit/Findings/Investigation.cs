using System.Collections.Concurrent;
using System.Collections.Immutable;
using Culprit.Evidence;
using Culprit.Findings.Store;
using Culprit.Primitives;
using Culprit.Sigma;

namespace Culprit.Findings;

/// <summary>What is to be investigated, and how.</summary>
public sealed record InvestigationRequest
{
    /// <summary>The evidence.</summary>
    public required EvidenceFiles Files { get; init; }

    /// <summary>The rules, and the indicators that come with them.</summary>
    public required RuleCatalog Rules { get; init; }

    /// <summary>How evidence is read.</summary>
    public EvidenceOptions Evidence { get; init; } = new();

    /// <summary>Records before this are not judged. Records without a readable time always are.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Records at or after this are not judged. Records without a readable time always are.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>How many bytes findings may take in memory before they go to <see cref="CreateSpill"/>.</summary>
    public long MemoryBudget { get; init; } = 64L << 20;

    /// <summary>Opens a file for reading, writing and seeking that is deleted when it is closed; null keeps all findings in memory.</summary>
    public Func<Stream>? CreateSpill { get; init; }

    /// <summary>Makes, for each worker, a sink that is handed every record too, whether or not it is judged; null where there is none.</summary>
    public Func<IRecordSink>? CreateSinkBeside { get; init; }
}

/// <summary>Reads evidence, judges every record by every rule and indicator, and gives back what was found in an order of its own.</summary>
public static class Investigation
{
    /// <summary>Runs to the end of the evidence, or until <paramref name="stop"/>: what was found until then is then the result.</summary>
    /// <exception cref="IOException">Findings could not be spilled. Evidence that cannot be read is no error but part of the coverage.</exception>
    public static InvestigationResult Run(InvestigationRequest request, IProgress<EvidenceProgress>? progress, CancellationToken stop)
    {
        JudgedEvidence judged = Judge(request, progress, stop);
        try
        {
            return judged.ToResult();
        }
        catch
        {
            judged.Dispose();
            throw;
        }
    }

    /// <summary>Reads and judges as <see cref="Run"/> does and stops there, so that what was found can be kept and joined with more later.</summary>
    /// <exception cref="IOException">Findings could not be spilled.</exception>
    public static JudgedEvidence Judge(InvestigationRequest request, IProgress<EvidenceProgress>? progress, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(request);
        RuleCatalog rules = request.Rules;
        long givenUpBefore = SigmaEngine.RegexTimeoutCount;
        var sources = new SourceTable();
        var store = new FindingStore(sources, request.MemoryBudget, request.CreateSpill);
        try
        {
            var correlator = new SigmaCorrelator(rules.RuleSet);
            var byRank = new IndicatorRules(rules);
            var shared = new SinkShared(rules, byRank, correlator, TimeRange.Of(request.Since, request.Until), new RouteTable(), sources, new ExplainedFindings());
            var sinks = new ConcurrentBag<FindingSink>();
            Coverage coverage = new EvidenceReader(request.Evidence).Read(
                request.Files,
                () =>
                {
                    var sink = new FindingSink(shared, store.CreateShard(request.Evidence.Threads));
                    sinks.Add(sink);
                    return request.CreateSinkBeside is { } beside ? new PairOfSinks(sink, beside()) : sink;
                },
                progress,
                stop);
            store.Complete();
            var notJudged = new NotJudged(
                sinks.Sum(static s => s.OutsideTimeRange), SigmaEngine.RegexTimeoutCount - givenUpBefore, sinks.Sum(static s => s.WithMoreIndicators));
            return new JudgedEvidence(store, rules, byRank, correlator, coverage, notJudged);
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    /// <summary>
    /// The result of one run over the evidence of all <paramref name="segments"/>, whatever the way in which it was divided among
    /// them. All must have been judged by the same rules and indicators, within the same range of time.
    /// </summary>
    /// <param name="rules">The rules that judged.</param>
    /// <param name="segments">What was kept of each part of the evidence.</param>
    /// <param name="coverage">What was read and what was not, over all segments.</param>
    /// <exception cref="InvalidDataException">A segment does not hold what <see cref="JudgedEvidence.Streams"/> writes.</exception>
    /// <exception cref="IOException">A segment cannot be read.</exception>
    public static InvestigationResult Join(RuleCatalog rules, IReadOnlyList<JudgedSegment> segments, Coverage coverage)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(segments);
        var store = new FindingStore(new SourceTable(), budget: 0, createSpill: null);
        try
        {
            foreach (JudgedSegment segment in segments)
            {
                FindingStream.Add(store, segment.Open(FindingStream.Name), segment.Coverage);
            }

            var byRank = new IndicatorRules(rules);
            ImmutableArray<Finding> correlated = CorrelatedFindings.Find(store, rules, byRank, new SigmaCorrelator(rules.RuleSet));
            return new InvestigationResult(store, rules, byRank, coverage, correlated, NotJudged.Sum(segments.Select(static s => s.NotJudged)));
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }
}

/// <summary>A span of time that records must lie in, its end excluded; in ticks of UTC.</summary>
internal readonly record struct TimeRange(long Since, long Until)
{
    public static TimeRange Of(DateTimeOffset? since, DateTimeOffset? until) =>
        new(since?.UtcTicks ?? 0, until?.UtcTicks ?? long.MaxValue);

    public bool Includes(EventTime time) =>
        time.Certainty == TimeCertainty.Unknown || (time.UtcTicks >= Since && time.UtcTicks < Until);
}
