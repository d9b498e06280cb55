using System.Text;
using Culprit.Sigma.Tests.Reference;

namespace Culprit.Sigma.Tests.Correlation;

/// <summary>Rules a, b and c, which match events of that Kind, and correlations over them; events are given in seconds.</summary>
internal sealed class CorrelationFixture
{
    private readonly SigmaRuleSet _rules;
    private readonly SigmaCorrelator _correlator;
    private long _nextKey;

    public CorrelationFixture(params string[] correlations)
    {
        var yaml = new StringBuilder();
        foreach (string name in (string[])["a", "b", "c"])
        {
            yaml.Append($"---\ntitle: Rule {name}\nname: {name}\nlogsource: {{category: test}}\ndetection:\n  sel:\n    Kind: {name}\n  condition: sel\n");
        }

        foreach (string correlation in correlations)
        {
            yaml.Append("---\n").Append(correlation.Trim()).Append('\n');
        }

        _rules = Rules.Load(yaml.ToString());
        Assert.True(_rules.RefusedCount == 0, string.Join('\n', _rules.Diagnostics));
        _correlator = new SigmaCorrelator(_rules);
    }

    public SigmaRuleSet RuleSet => _rules;

    /// <summary>A correlation document with this section, given without indentation.</summary>
    public static string Correlation(string section, string name = "outer") =>
        $"title: Correlation {name}\nname: {name}\ncorrelation:\n  " + section.ReplaceLineEndings("\n").Trim().Replace("\n", "\n  ") + "\n";

    /// <summary>Adds an event; keys count up from 0. Returns the key.</summary>
    public long Add(double seconds, string kind, params (string Field, string? Value)[] fields)
    {
        long key = _nextKey++;
        Add(seconds, key, kind, fields);
        return key;
    }

    public void Add(double seconds, long key, string kind, params (string Field, string? Value)[] fields)
    {
        ReferenceEvent e = ReferenceEvent.Of([("Kind", kind), .. fields]);
        for (int rule = 0; rule < _rules.Rules.Length; rule++)
        {
            if (ReferenceEvaluator.Holds(_rules.Rules[rule].Detection, e, binding: null) && _correlator.IsNeeded(rule))
            {
                _correlator.Add(
                    rule,
                    (long)(seconds * TimeSpan.TicksPerSecond),
                    key,
                    [.. _correlator.FieldsNeeded(rule).Select(f => ReferenceEvaluator.Values(f, e, binding: null).FirstOrDefault())]);
            }
        }
    }

    public SigmaCorrelationMatch[] Complete() => [.. _correlator.Complete()];

    /// <summary>Each match as "first-last: keys", in seconds.</summary>
    public string[] CompleteAsText() =>
    [
        .. Complete().Select(m =>
            $"{m.FirstTicks / TimeSpan.TicksPerSecond}-{m.LastTicks / TimeSpan.TicksPerSecond}: {string.Join(' ', m.EventKeys)}"),
    ];
}
