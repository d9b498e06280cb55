using System.Collections.Immutable;
using Culprit.Sigma.Correlation;

namespace Culprit.Sigma;

/// <summary>
/// Joins matches of detection rules into matches of correlations. Matches are added in any order; what comes out depends
/// on the matches alone. Not thread-safe.
/// </summary>
/// <remarks>
/// <c>docs/sigma-semantics.md</c>, "Correlations", says what windows and bursts are. Time is near-linear in the number of matches.
/// </remarks>
public sealed class SigmaCorrelator
{
    private readonly SigmaRuleSet _rules;
    private readonly CorrelationFields _fields;
    private readonly Dictionary<int, List<RuleMatch>> _matches = [];
    private readonly Dictionary<string, string> _strings = new(StringComparer.Ordinal);

    /// <summary>A correlator for the correlations of <paramref name="rules"/>.</summary>
    public SigmaCorrelator(SigmaRuleSet rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        _rules = rules;
        _fields = new CorrelationFields(rules);
    }

    /// <summary>Whether a correlation needs the matches of this rule.</summary>
    public bool IsNeeded(int ruleIndex) => _fields.IsNeeded(ruleIndex);

    /// <summary>The fields, as the rule names them, whose values <see cref="Add"/> takes, in this order. Empty for a rule that is not needed.</summary>
    public ImmutableArray<string> FieldsNeeded(int ruleIndex) => _fields.Of(ruleIndex);

    /// <summary>Takes in a match. The same event matched twice by one rule counts once.</summary>
    /// <param name="ruleIndex">Position of the rule in <see cref="SigmaRuleSet.Rules"/>.</param>
    /// <param name="utcTicks">When the event happened.</param>
    /// <param name="eventKey">Which event it is; it also orders events of one time.</param>
    /// <param name="values">The values of <see cref="FieldsNeeded"/>; null for a field that the event does not have.</param>
    public void Add(int ruleIndex, long utcTicks, long eventKey, IReadOnlyList<string?> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (!IsNeeded(ruleIndex))
        {
            return;
        }

        if (values.Count != FieldsNeeded(ruleIndex).Length)
        {
            throw new ArgumentException($"The rule needs {FieldsNeeded(ruleIndex).Length} values, not {values.Count}", nameof(values));
        }

        if (!_matches.TryGetValue(ruleIndex, out List<RuleMatch>? list))
        {
            _matches[ruleIndex] = list = [];
        }

        list.Add(new(ruleIndex, utcTicks, eventKey, [.. values.Select(Intern)]));
    }

    /// <summary>The matches of all correlations that are reported, sorted by time, then by correlation and group.</summary>
    public ImmutableArray<SigmaCorrelationMatch> Complete()
    {
        foreach ((int rule, List<RuleMatch> list) in _matches.ToArray())
        {
            _matches[rule] = [.. list.OrderBy(m => m.Ticks).ThenBy(m => m.Key).ThenBy(m => string.Join('\0', m.Values), StringComparer.Ordinal).DistinctBy(m => (m.Ticks, m.Key))];
        }

        var bursts = new List<(GroupKey Group, Burst Burst)>?[_rules.Correlations.Length];
        var results = new List<SigmaCorrelationMatch>();
        for (int i = 0; i < _rules.Correlations.Length; i++)
        {
            List<(GroupKey Group, Burst Burst)> found = BurstsOf(i, bursts);
            if (_rules.Correlations[i].Reported)
            {
                results.AddRange(found.Select(f => ToMatch(i, f.Group, f.Burst)));
            }
        }

        return
        [
            .. results.OrderBy(m => m.FirstTicks)
                .ThenBy(m => m.LastTicks)
                .ThenBy(m => m.CorrelationIndex)
                .ThenBy(m => string.Join('\0', m.GroupValues), StringComparer.Ordinal),
        ];
    }

    private string? Intern(string? value)
    {
        if (value is null)
        {
            return null;
        }

        if (_strings.TryGetValue(value, out string? known))
        {
            return known;
        }

        _strings.Add(value, value);
        return value;
    }

    // References of correlations never form a circle: that is refused when rules are loaded.
    private List<(GroupKey Group, Burst Burst)> BurstsOf(int index, List<(GroupKey Group, Burst Burst)>?[] done)
    {
        if (done[index] is { } known)
        {
            return known;
        }

        SigmaCorrelation correlation = _rules.Correlations[index];
        var groups = new Dictionary<GroupKey, List<CorrelationUnit>>();
        for (int reference = 0; reference < correlation.Rules.Length; reference++)
        {
            CorrelationReference target = correlation.Rules[reference];
            if (target.IsCorrelation)
            {
                AddBursts(index, reference, BurstsOf(target.Index, done), groups);
            }
            else if (_matches.TryGetValue(target.Index, out List<RuleMatch>? matches))
            {
                AddMatches(index, reference, matches, groups);
            }
        }

        var found = new List<(GroupKey Group, Burst Burst)>();
        foreach ((GroupKey group, List<CorrelationUnit> units) in groups)
        {
            units.Sort(static (a, b) => (a.Ticks, a.Key, a.Reference).CompareTo((b.Ticks, b.Key, b.Reference)));
            found.AddRange(Evaluate(correlation, units).Select(burst => (group, burst)));
        }

        return done[index] = found;
    }

    private static List<Burst> Evaluate(SigmaCorrelation correlation, List<CorrelationUnit> units) => correlation.Type switch
    {
        CorrelationType.TemporalOrdered => OrderedChains.Run(units, correlation),
        CorrelationType.ValuePercentile when correlation.Percentile is null => Shares.Run(units, correlation),
        CorrelationType.ValuePercentile => SlidingWindow.Run(units, correlation, new PercentileMeasure(correlation, correlation.Percentile.Value, units)),
        CorrelationType.Temporal => SlidingWindow.Run(units, correlation, new PresenceMeasure(correlation)),
        CorrelationType.ValueCount => SlidingWindow.Run(units, correlation, new DistinctMeasure(correlation)),
        CorrelationType.ValueSum => SlidingWindow.Run(units, correlation, new SumMeasure(correlation, average: false)),
        CorrelationType.ValueAverage => SlidingWindow.Run(units, correlation, new SumMeasure(correlation, average: true)),
        _ => SlidingWindow.Run(units, correlation, new CountMeasure(correlation)),
    };

    private void AddMatches(int correlation, int reference, List<RuleMatch> matches, Dictionary<GroupKey, List<CorrelationUnit>> groups)
    {
        foreach (RuleMatch match in matches)
        {
            if (GroupOf(correlation, reference, match) is { } group)
            {
                AddUnit(groups, group, new(reference, match.Ticks, match.Key, [match], ValueOf(correlation, reference, match)));
            }
        }
    }

    /// <summary>
    /// Makes units of inner bursts. To order and join events a burst stands at every instant at which it holds; to count or add
    /// up, it is one unit at the first. It belongs to each group that one of its events belongs to.
    /// </summary>
    private void AddBursts(
        int correlation, int reference, List<(GroupKey Group, Burst Burst)> bursts, Dictionary<GroupKey, List<CorrelationUnit>> groups)
    {
        bool temporal = _rules.Correlations[correlation].Type is CorrelationType.Temporal or CorrelationType.TemporalOrdered;
        foreach ((_, Burst burst) in bursts)
        {
            RuleMatch[] matches = Matches(burst);
            foreach (IGrouping<GroupKey, RuleMatch> part in matches
                .Select(m => (Match: m, Group: GroupOf(correlation, reference, m)))
                .Where(m => m.Group is not null)
                .GroupBy(m => m.Group!.Value, m => m.Match))
            {
                RuleMatch first = part.First();
                string? value = part.Select(m => ValueOf(correlation, reference, m)).FirstOrDefault(v => v is not null);
                foreach (CorrelationUnit instant in Instants(burst, part, first, temporal))
                {
                    AddUnit(groups, part.Key, new(reference, instant.Ticks, instant.Key, matches, value));
                }
            }
        }
    }

    private static IEnumerable<CorrelationUnit> Instants(Burst burst, IEnumerable<RuleMatch> part, RuleMatch first, bool temporal)
    {
        // A group is there from its first event on.
        IEnumerable<CorrelationUnit> since = burst.Instants.Where(i => (i.Ticks, i.Key).CompareTo((first.Ticks, first.Key)) >= 0);
        if (!temporal)
        {
            return since.Take(1).DefaultIfEmpty(burst.Instants[^1]);
        }

        HashSet<(long, long)> own = [.. part.Select(m => (m.Ticks, m.Key))];
        CorrelationUnit start = since.FirstOrDefault() ?? burst.Instants[^1];
        return since.Where(i => own.Contains((i.Ticks, i.Key))).Prepend(start).DistinctBy(i => (i.Ticks, i.Key));
    }

    private GroupKey? GroupOf(int correlation, int reference, RuleMatch match)
    {
        int[] places = _fields.Places(correlation, reference, match.RuleIndex).Group;
        string[] values = new string[places.Length];
        for (int i = 0; i < places.Length; i++)
        {
            // An event that lacks the field is equal to no other in it.
            if (match.Values[places[i]] is not { } value)
            {
                return null;
            }

            values[i] = value;
        }

        return new GroupKey(values);
    }

    private string? ValueOf(int correlation, int reference, RuleMatch match)
    {
        int[] places = _fields.Places(correlation, reference, match.RuleIndex).Value;
        return places.Length switch
        {
            0 => null,
            1 => match.Values[places[0]],

            // Several fields are one value together, where all of them are there.
            _ => Array.Exists(places, p => match.Values[p] is null) ? null : string.Join('\u001F', places.Select(p => match.Values[p])),
        };
    }

    private static void AddUnit(Dictionary<GroupKey, List<CorrelationUnit>> groups, GroupKey group, CorrelationUnit unit)
    {
        if (!groups.TryGetValue(group, out List<CorrelationUnit>? units))
        {
            groups[group] = units = [];
        }

        units.Add(unit);
    }

    private static RuleMatch[] Matches(Burst burst)
    {
        // Many units of a burst of bursts stand for the same matches.
        var lists = new HashSet<IReadOnlyList<RuleMatch>>(ReferenceEqualityComparer.Instance);
        var all = new List<RuleMatch>();
        foreach (CorrelationUnit unit in burst.Units)
        {
            if (lists.Add(unit.Matches))
            {
                all.AddRange(unit.Matches);
            }
        }

        return [.. all.Distinct(ReferenceEqualityComparer.Instance).Cast<RuleMatch>().OrderBy(m => m.Ticks).ThenBy(m => m.Key).ThenBy(m => m.RuleIndex)];
    }

    private SigmaCorrelationMatch ToMatch(int index, GroupKey group, Burst burst)
    {
        RuleMatch[] matches = Matches(burst);
        return new(index, matches[0].Ticks, matches[^1].Ticks, GroupValues(index, group, burst.Units[0]), [.. matches.DistinctBy(m => (m.Ticks, m.Key)).Select(m => m.Key)], burst.Value);
    }

    // As the first event of the burst writes them: which way of writing came first in the whole log is no matter of the burst's.
    private ImmutableArray<string> GroupValues(int index, GroupKey group, CorrelationUnit first)
    {
        foreach (RuleMatch match in first.Matches)
        {
            if (GroupOf(index, first.Reference, match) is { } written && written.Equals(group))
            {
                return [.. written.Values];
            }
        }

        return [.. group.Values];
    }
}
