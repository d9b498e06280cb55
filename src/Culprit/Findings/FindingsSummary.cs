using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Culprit.Primitives;

namespace Culprit.Findings;

/// <summary>What all findings of a run come to.</summary>
public sealed record FindingsSummary
{
    /// <summary>How many findings.</summary>
    public required long Count { get; init; }

    /// <summary>How many of each level, by <see cref="FindingLevel"/>.</summary>
    public required ImmutableArray<long> CountByLevel { get; init; }

    /// <summary>The time of the earliest finding whose time is known.</summary>
    public required EventTime First { get; init; }

    /// <summary>The time of the latest finding whose time is known.</summary>
    public required EventTime Last { get; init; }

    /// <summary>The rules that found something: gravest first, then those that found most, then by title and id.</summary>
    public required ImmutableArray<RuleTally> Rules { get; init; }

    /// <summary>The hosts on which something was found: those with the gravest findings first, then with most of them, then by name.</summary>
    public required ImmutableArray<HostTally> Hosts { get; init; }

    /// <summary>The ATT&amp;CK tactics touched, in the order of ATT&amp;CK's matrix.</summary>
    public required ImmutableArray<TacticTally> Tactics { get; init; }

    /// <summary>False where more hosts have findings than are told apart (<see cref="FindingsSummaryBuilder.MaxHosts"/>).</summary>
    public required bool AllHostsCounted { get; init; }

    /// <summary>
    /// What to look at first: for each of the gravest rules its earliest finding, and where antivirus names what a rule found, for each name. Graver
    /// levels come first; within a level names that tell who, then rules that found little before rules that found much, because what is rare is told
    /// more quickly. Of the other names of one rule the <see cref="MaxNames"/> rarest stand for all, so that they leave room for other rules.
    /// </summary>
    /// <param name="count">How many.</param>
    /// <param name="isTelling">Whether a name that antivirus gives tells who may have brought it.</param>
    public IEnumerable<Finding> LookAtFirst(int count, Func<string, bool> isTelling)
    {
        ArgumentNullException.ThrowIfNull(isTelling);
        return Rules.Where(static r => r.Rule.Level >= FindingLevel.Medium)
            .Select(r => (Tally: r, IsTelling: r.Threat.Length > 0 && isTelling(r.Threat)))
            .GroupBy(static r => (r.Tally.Rule, r.IsTelling))
            .SelectMany(static group => group.Key.IsTelling ? group : InOrder(group).Take(MaxNames))
            .GroupBy(static r => (r.Tally.Rule.Level, r.IsTelling))
            .OrderByDescending(static group => group.Key.Level).ThenByDescending(static group => group.Key.IsTelling)
            .SelectMany(InOrder)
            .Take(count)
            .Select(static r => r.Tally.FirstFinding);
    }

    /// <summary>How many names of one rule are shown where they tell nothing more than that there are several.</summary>
    public const int MaxNames = 3;

    private static IEnumerable<(RuleTally Tally, bool IsTelling)> InOrder(IEnumerable<(RuleTally Tally, bool IsTelling)> tallies) =>
        tallies.OrderBy(static r => r.Tally.Count).ThenBy(static r => r.Tally.FirstFinding.Time.UtcTicks).ThenBy(static r => r.Tally.Rule.Rank);
}

/// <summary>What one rule found. Where antivirus names what it found, each name has a tally of its own (<paramref name="Threat"/>; otherwise empty).</summary>
public sealed record RuleTally(RuleInfo Rule, string Threat, long Count, EventTime First, EventTime Last, ImmutableArray<string> Hosts, Finding FirstFinding);

/// <summary>What was found on one host. The name is empty where the records do not say.</summary>
public sealed record HostTally(string Host, ImmutableArray<long> CountByLevel, EventTime First, EventTime Last)
{
    /// <summary>How many findings.</summary>
    public long Count => CountByLevel.Sum();

    /// <summary>The gravest of them.</summary>
    public FindingLevel Gravest => (FindingLevel)Math.Max(0, CountByLevel.AsSpan().LastIndexOfAnyExcept(0));
}

/// <summary>How much was found of one ATT&amp;CK tactic.</summary>
public sealed record TacticTally(string Tactic, long Count, ImmutableArray<string> Techniques);

/// <summary>Adds findings up one by one, so that they need not all be in memory.</summary>
public sealed class FindingsSummaryBuilder
{
    /// <summary>How many hosts are told apart; hostile evidence may name another host in every record.</summary>
    public const int MaxHosts = 100_000;

    private static readonly int Levels = Enum.GetValues<FindingLevel>().Length;

    /// <summary>How many names of one rule are told apart, for the same reason; others count together, without a name.</summary>
    public const int MaxThreats = 1_000;

    private readonly Dictionary<RuleInfo, Dictionary<string, RuleCount>> _rules = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, HostCount> _hosts = new(StringComparer.OrdinalIgnoreCase);
    private readonly long[] _byLevel = new long[Levels];
    private Span _span;
    private bool _allHosts = true;

    /// <summary>Adds one finding; they come in order.</summary>
    public void Add(Finding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        int level = (int)finding.Rule.Level;
        _byLevel[level]++;
        _span.Add(finding);
        RuleCount rule = CountOf(finding);
        rule.Count++;
        rule.Span.Add(finding);
        foreach (string host in HostsOf(finding))
        {
            if (!_hosts.TryGetValue(host, out HostCount? known))
            {
                if (_hosts.Count == MaxHosts)
                {
                    _allHosts = false;
                    continue;
                }

                known = new HostCount(host);
                _hosts.Add(host, known);
            }

            known.ByLevel[level]++;
            known.Span.Add(finding);
            rule.Hosts.Add(known.Name);
        }
    }

    /// <summary>The sum of what was added.</summary>
    public FindingsSummary ToSummary() => new()
    {
        Count = _byLevel.Sum(),
        CountByLevel = [.. _byLevel],
        First = _span.First,
        Last = _span.Last,
        Rules =
        [
            .. _rules.Values.SelectMany(static names => names)
                .Select(static entry => (Threat: entry.Key, Rule: entry.Value))
                .Select(static r => new RuleTally(
                    r.Rule.FirstFinding.Rule, r.Threat, r.Rule.Count, r.Rule.Span.First, r.Rule.Span.Last, [.. r.Rule.Hosts.Order(StringComparer.Ordinal)], r.Rule.FirstFinding))
                .OrderByDescending(static r => r.Rule.Level)
                .ThenByDescending(static r => r.Count)
                .ThenBy(static r => r.Rule.Title, StringComparer.Ordinal)
                .ThenBy(static r => r.Rule.Rank)
                .ThenBy(static r => r.Threat, StringComparer.Ordinal),
        ],
        Hosts =
        [
            .. _hosts.Values
                .Select(static h => new HostTally(h.Name, [.. h.ByLevel], h.Span.First, h.Span.Last))
                .OrderByDescending(static h => h.Gravest)
                .ThenByDescending(static h => h.CountByLevel[(int)h.Gravest])
                .ThenByDescending(static h => h.Count)
                .ThenBy(static h => h.Host, StringComparer.Ordinal),
        ],
        Tactics = Tactics(),
        AllHostsCounted = _allHosts,
    };

    private RuleCount CountOf(Finding finding)
    {
        if (!_rules.TryGetValue(finding.Rule, out Dictionary<string, RuleCount>? names))
        {
            _rules.Add(finding.Rule, names = new Dictionary<string, RuleCount>(StringComparer.OrdinalIgnoreCase));
        }

        string threat = ThreatName.Of(finding);
        threat = names.Count < MaxThreats || names.ContainsKey(threat) ? threat : "";
        if (!names.TryGetValue(threat, out RuleCount? rule))
        {
            names.Add(threat, rule = new RuleCount(finding));
        }

        return rule;
    }

    private static IEnumerable<string> HostsOf(Finding finding) => finding.IsCorrelation
        ? finding.Events.Select(static e => e.Host).Distinct(StringComparer.OrdinalIgnoreCase)
        : [finding.Host];

    private ImmutableArray<TacticTally> Tactics()
    {
        var tactics = new Dictionary<string, (long Count, SortedSet<string> Techniques)>(StringComparer.Ordinal);
        foreach (RuleCount rule in _rules.Values.SelectMany(static names => names.Values))
        {
            AttackReferences attack = rule.FirstFinding.Rule.Attack;
            foreach (string tactic in attack.Tactics)
            {
                ref (long Count, SortedSet<string> Techniques) tally = ref CollectionsMarshal.GetValueRefOrAddDefault(tactics, tactic, out bool known);
                tally = (tally.Count + rule.Count, known ? tally.Techniques : new SortedSet<string>(StringComparer.Ordinal));
                tally.Techniques.UnionWith(attack.Techniques);
            }
        }

        return
        [
            .. tactics.OrderBy(static t => AttackReferences.TacticOrder(t.Key)).ThenBy(static t => t.Key, StringComparer.Ordinal)
                .Select(static t => new TacticTally(t.Key, t.Value.Count, [.. t.Value.Techniques])),
        ];
    }

    private sealed class RuleCount(Finding first)
    {
        public Finding FirstFinding { get; } = first;

        public HashSet<string> Hosts { get; } = new(StringComparer.OrdinalIgnoreCase);

        public long Count { get; set; }

        public Span Span;
    }

    private sealed class HostCount(string name)
    {
        public string Name { get; } = name;

        public long[] ByLevel { get; } = new long[Levels];

        public Span Span;
    }

    // From the earliest to the latest known time.
    private struct Span
    {
        private EventTime _first;
        private EventTime _last;
        private bool _any;

        public readonly EventTime First => _any ? _first : EventTime.Unknown;

        public readonly EventTime Last => _any ? _last : EventTime.Unknown;

        public void Add(Finding finding)
        {
            if (finding.Time.Certainty == TimeCertainty.Unknown)
            {
                return;
            }

            _first = !_any || finding.Time.UtcTicks < _first.UtcTicks ? finding.Time : _first;
            _last = !_any || finding.LastTime.UtcTicks > _last.UtcTicks ? finding.LastTime : _last;
            _any = true;
        }
    }
}
