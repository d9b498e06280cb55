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

    /// <summary>The rules.</summary>
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

    /// <summary>Makes a sink for each worker that also gets every record that is judged, after it was; null where nobody else asks.</summary>
    public Func<IRecordSink>? CreateCompanion { get; init; }
}

/// <summary>Reads evidence, judges every record by every rule, and gives back what was found in an order of its own.</summary>
public static class Investigation
{
    /// <summary>Runs to the end of the evidence, or until <paramref name="stop"/>: what was found until then is then the result.</summary>
    /// <exception cref="IOException">Findings could not be spilled. Evidence that cannot be read is no error but part of the coverage.</exception>
    public static InvestigationResult Run(InvestigationRequest request, IProgress<EvidenceProgress>? progress, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(request);
        RuleCatalog rules = request.Rules;
        long givenUpBefore = SigmaEngine.RegexTimeoutCount;
        var sources = new SourceTable();
        var store = new FindingStore(sources, request.MemoryBudget, request.CreateSpill);
        try
        {
            var correlator = new SigmaCorrelator(rules.RuleSet);
            var shared = new SinkShared(rules, correlator, TimeRange.Of(request.Since, request.Until), new RouteTable(), sources, new ExplainedFindings());
            var sinks = new ConcurrentBag<FindingSink>();
            Coverage coverage = new EvidenceReader(request.Evidence).Read(
                request.Files,
                () =>
                {
                    var sink = new FindingSink(shared, store.CreateShard(request.Evidence.Threads), request.CreateCompanion?.Invoke());
                    sinks.Add(sink);
                    return sink;
                },
                progress,
                stop);
            store.Complete();
            ImmutableArray<Finding> correlated = CorrelatedFindings.Find(store, rules, correlator);
            return new InvestigationResult(store, rules, coverage, correlated, sinks.Sum(static s => s.OutsideTimeRange), SigmaEngine.RegexTimeoutCount - givenUpBefore);
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
