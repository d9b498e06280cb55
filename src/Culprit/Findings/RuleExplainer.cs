using System.Collections.Immutable;
using Culprit.Events;
using Culprit.Evidence;
using Culprit.Primitives;
using Culprit.Sigma;

namespace Culprit.Findings;

/// <summary>A rule held against a file.</summary>
/// <param name="Record">The record that is explained; null where there is none.</param>
/// <param name="MatchingRecords">How many of the file's records the rule matches.</param>
/// <param name="Coverage">What was read.</param>
public sealed record RuleExplanation(ExplainedRecord? Record, long MatchingRecords, Coverage Coverage);

/// <summary>Why a rule does or does not match a record.</summary>
/// <param name="RecordId">The record's number; -1 where it has none.</param>
/// <param name="Time">When it was recorded.</param>
/// <param name="LogSource">What it is, such as <c>Security / Microsoft-Windows-Security-Auditing / 4688</c>.</param>
/// <param name="Place">Where it stands.</param>
/// <param name="Matched">Whether the rule matches.</param>
/// <param name="LogSourceAccepted">Whether the rule speaks of such records at all.</param>
/// <param name="Steps">The parts of the rule's condition, each with whether it holds.</param>
public sealed record ExplainedRecord(
    long RecordId, EventTime Time, string LogSource, EvidencePlace Place, bool Matched, bool LogSourceAccepted, ImmutableArray<ExplainedStep> Steps);

/// <summary>One part of a rule's condition.</summary>
/// <param name="Depth">How deep it stands in the condition.</param>
/// <param name="Text">What is asked, in words, with the record's value.</param>
/// <param name="Result">Whether it holds.</param>
public sealed record ExplainedStep(int Depth, string Text, bool Result);

/// <summary>Explains one rule by the records of one file.</summary>
public static class RuleExplainer
{
    /// <summary>
    /// Explains record number <paramref name="recordId"/>; without one, the first record that the rule matches, or else
    /// the first of a log that the rule speaks of, or else the first.
    /// </summary>
    public static RuleExplanation Explain(
        RuleCatalog rules, RuleInfo rule, string path, long? recordId, EvidenceOptions options, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(rule);
        if (rule.IsCorrelation)
        {
            throw new ArgumentException("a correlation is not about one record", nameof(rule));
        }

        var sink = new ExplainSink(rules.Engine, rule.Index, recordId);
        Coverage coverage = new EvidenceReader(options with { Threads = 1 }).Read([path], () => sink, progress: null, stop);
        return new RuleExplanation(sink.Explained, sink.Matching, coverage);
    }

    private sealed class ExplainSink(SigmaEngine engine, int rule, long? wanted) : IRecordSink
    {
        private readonly SigmaSession _session = engine.CreateSession();
        private readonly EventContext _context = new();
        private readonly RouteTable _routes = new();
        private int _rank = -1;

        public ExplainedRecord? Explained { get; private set; }

        public long Matching { get; private set; }

        public void Accept(scoped in RecordView record)
        {
            var view = new EventView(in record, _context);
            SigmaRoute route = _routes.Of(view.Route);
            var judged = new RecordEvent(in record);
            bool matched = _session.Match(route, in judged).Contains(rule);
            Matching += matched ? 1 : 0;
            if (wanted is { } id ? view.RecordId != id || _rank >= 0 : _rank == 2 || (!matched && _rank == 1))
            {
                return;
            }

            SigmaExplanation explanation = engine.Explain(rule, route, in judged);
            int rank = matched ? 2 : explanation.LogSourceAccepted ? 1 : 0;
            if (rank > _rank)
            {
                _rank = rank;
                Explained = new ExplainedRecord(
                    view.RecordId,
                    record.Time,
                    string.Join(" / ", new[] { route.Channel, route.Provider, route.EventId > 0 ? route.EventId.ToString() : "", route.Category, route.Service }.Where(static p => p.Length > 0)),
                    new EvidencePlace(record.Source, record.Offset, record.Length, record.RecordId),
                    matched,
                    explanation.LogSourceAccepted,
                    [.. explanation.Steps.Select(static s => new ExplainedStep(s.Depth, s.Text, s.Result))]);
            }
        }
    }
}
