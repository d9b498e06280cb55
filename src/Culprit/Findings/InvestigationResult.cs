using System.Collections.Immutable;
using Culprit.Evidence;
using Culprit.Findings.Store;

namespace Culprit.Findings;

/// <summary>What an investigation found. Holds the file that findings were spilled to, so it is to be disposed of.</summary>
public sealed class InvestigationResult : IDisposable
{
    private readonly FindingStore _store;
    private readonly FindingReader _reader;
    private readonly ImmutableArray<Finding> _correlated;

    internal InvestigationResult(
        FindingStore store, RuleCatalog rules, IndicatorRules byRank, Coverage coverage, ImmutableArray<Finding> correlated, NotJudged notJudged)
    {
        _store = store;
        _reader = new FindingReader(store, byRank);
        _correlated = correlated;
        Rules = rules;
        Coverage = coverage;
        NotJudged = notJudged;
    }

    /// <summary>The rules that judged, and the indicators that came with them.</summary>
    public RuleCatalog Rules { get; }

    /// <summary>What was read and what was not.</summary>
    public Coverage Coverage { get; }

    /// <summary>What of the good records was not judged.</summary>
    public NotJudged NotJudged { get; }

    /// <summary>
    /// Every finding, by time, host, channel, record id, rule and place. Read from memory and from the spilled rest
    /// as it is enumerated; may be enumerated again.
    /// </summary>
    public IEnumerable<Finding> Findings()
    {
        int next = 0;
        foreach (StoredFinding stored in _reader.Read())
        {
            Finding finding = stored.Finding;
            while (next < _correlated.Length && FindingOrder.Instance.Compare(_correlated[next], finding) <= 0)
            {
                yield return _correlated[next++];
            }

            if (finding.Rule.Indicator is not null || Rules.RuleSet.Rules[finding.Rule.Index].Reported)
            {
                yield return finding;
            }
        }

        while (next < _correlated.Length)
        {
            yield return _correlated[next++];
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _store.Dispose();
}
