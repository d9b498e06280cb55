using System.Collections.Immutable;

namespace Culprit.Sigma.Correlation;

/// <summary>
/// Which fields of which rules a correlation needs, aliases resolved. A correlation of correlations looks at the events
/// below, not at what the inner ones grouped by.
/// </summary>
internal sealed class CorrelationFields
{
    private readonly SigmaRuleSet _rules;
    private readonly SortedSet<string>[] _needed;
    private readonly ImmutableArray<string>[] _fields;
    private readonly Dictionary<(int Correlation, int Reference, int Rule), (int[] Group, int[] Value)> _places = [];

    public CorrelationFields(SigmaRuleSet rules)
    {
        _rules = rules;
        _needed = new SortedSet<string>[rules.Rules.Length];
        for (int c = 0; c < rules.Correlations.Length; c++)
        {
            ForEachRule(c, (reference, rule) => (_needed[rule] ??= new(StringComparer.Ordinal)).UnionWith(Names(c, reference, rule)));
        }

        _fields = [.. _needed.Select(n => n is null ? [] : n.ToImmutableArray())];
    }

    public bool IsNeeded(int rule) => _needed[rule] is not null;

    public ImmutableArray<string> Of(int rule) => _fields[rule];

    /// <summary>Where the values of <c>group-by</c> and of the condition's fields stand among <see cref="Of"/> the rule.</summary>
    public (int[] Group, int[] Value) Places(int correlation, int reference, int rule)
    {
        if (!_places.TryGetValue((correlation, reference, rule), out (int[] Group, int[] Value) places))
        {
            SigmaCorrelation c = _rules.Correlations[correlation];
            places = (
                [.. c.GroupBy.Select(f => _fields[rule].IndexOf(Resolve(c, f, reference, rule)))],
                [.. c.ValueFields.Select(f => _fields[rule].IndexOf(Resolve(c, f, reference, rule)))]);
            _places[(correlation, reference, rule)] = places;
        }

        return places;
    }

    private IEnumerable<string> Names(int correlation, int reference, int rule)
    {
        SigmaCorrelation c = _rules.Correlations[correlation];
        return c.GroupBy.Concat(c.ValueFields).Select(f => Resolve(c, f, reference, rule));
    }

    // An alias may speak of the rule, or of the correlation between.
    private string Resolve(SigmaCorrelation correlation, string field, int reference, int rule)
    {
        if (!correlation.Aliases.TryGetValue(field, out ImmutableDictionary<string, string>? alias))
        {
            return field;
        }

        SigmaRule target = _rules.Rules[rule];
        foreach (string name in (string[])[correlation.Rules[reference].Name, target.Name, target.Id])
        {
            if (name.Length > 0 && alias.TryGetValue(name, out string? actual))
            {
                return actual;
            }
        }

        CorrelationReference direct = correlation.Rules[reference];
        if (direct.IsCorrelation)
        {
            SigmaCorrelation between = _rules.Correlations[direct.Index];
            if (alias.TryGetValue(between.Id, out string? ofId) || alias.TryGetValue(between.Name, out ofId))
            {
                return ofId;
            }
        }

        return field;
    }

    private void ForEachRule(int correlation, Action<int, int> action)
    {
        ImmutableArray<CorrelationReference> references = _rules.Correlations[correlation].Rules;
        for (int reference = 0; reference < references.Length; reference++)
        {
            int at = reference;
            var seen = new HashSet<CorrelationReference>();
            Walk(references[reference]);

            void Walk(CorrelationReference target)
            {
                if (!seen.Add(target with { Name = "" }))
                {
                    return;
                }

                if (!target.IsCorrelation)
                {
                    action(at, target.Index);
                    return;
                }

                foreach (CorrelationReference inner in _rules.Correlations[target.Index].Rules)
                {
                    Walk(inner);
                }
            }
        }
    }
}
