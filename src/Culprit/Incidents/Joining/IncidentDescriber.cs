using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using Culprit.Events;
using Culprit.Findings;
using Culprit.Primitives;

namespace Culprit.Incidents.Joining;

/// <summary>Says what joined findings come to: who, where, when, which tactics, and how much speaks for an intrusion.</summary>
/// <param name="table">The findings.</param>
/// <param name="ordinary">What is ordinary in them.</param>
/// <param name="hostOf">The one name of a host that records name in several ways.</param>
internal sealed class IncidentDescriber(FindingTable table, Ordinary ordinary, Func<string, string> hostOf)
{
    // Points of one rule of each level, before its rarity is weighed. A rule counts once, however often it found something.
    private static readonly double[] PointsByLevel = [0, 0.5, 2, 5, 10];
    private const double PointsOfTactic = 1.5;
    private const double PointsOfHost = 3;
    private const double ShareOfHabit = 0.1;

    // Fewer tactics than this are what a single suspicious tool touches.
    private const int ExpectedTactics = 2;

    /// <summary>Describes an incident.</summary>
    /// <param name="members">Its findings by number, rising.</param>
    /// <param name="joins">Through what they were joined.</param>
    public Incident Describe(List<int> members, IEnumerable<string> joins)
    {
        var rules = new Dictionary<int, Tally>();
        foreach (int finding in members)
        {
            Count(rules, table[finding].Rule, finding);
        }

        ImmutableArray<IncidentPhase> phases = Phases(rules.Select(entry => (table.Rule(entry.Key), entry.Value)));
        ImmutableArray<IncidentHost> hosts = Hosts(members);
        ImmutableArray<IncidentReason> reasons = Reasons(members, phases, hosts);
        double score = Math.Round(reasons.Sum(static reason => reason.Points), 1);
        return new Incident
        {
            Number = 0,
            Severity = SeverityOf(score, phases.Length),
            Score = score,
            Reasons = reasons,
            First = rules.Values.Aggregate(static (a, b) => a.With(b)).First,
            Last = rules.Values.Aggregate(static (a, b) => a.With(b)).Last,
            Hosts = hosts,
            Accounts = Named(members, ClueKind.Account),
            Addresses = Named(members, ClueKind.Address),
            Phases = phases,
            Rules = Rules(rules),
            Joins = [.. joins.CountBy(static through => through, StringComparer.Ordinal)
                .Select(static entry => new IncidentJoin(entry.Key, entry.Value))
                .OrderByDescending(static join => join.Count).ThenBy(static join => join.Through, StringComparer.Ordinal)],
            Findings = [.. members],
        };
    }

    private static IncidentSeverity SeverityOf(double score, int tactics) => score switch
    {
        >= 30 when tactics > ExpectedTactics => IncidentSeverity.Critical,
        >= 12 => IncidentSeverity.High,
        >= 4 => IncidentSeverity.Medium,
        _ => IncidentSeverity.Low,
    };

    private ImmutableArray<IncidentHost> Hosts(List<int> members)
    {
        var hosts = new Dictionary<string, Tally>(StringComparer.Ordinal);
        foreach (int finding in members)
        {
            Count(hosts, hostOf(table.Host(table[finding].Host)), finding);
        }

        return
        [
            .. hosts.Select(entry => new IncidentHost(entry.Key, entry.Value.First, entry.Value.Last, entry.Value.Count))
                .Where(static host => host.Name.Length > 0)
                .OrderBy(static host => host.First.UtcTicks).ThenBy(static host => host.Name, StringComparer.Ordinal),
        ];
    }

    private ImmutableArray<IncidentName> Named(List<int> members, ClueKind kind)
    {
        var names = new Dictionary<int, Tally>();
        foreach (int finding in members)
        {
            foreach (int clue in table.CluesOf(finding))
            {
                if (clue >= 0 && table.Clue(clue).Kind == kind)
                {
                    Count(names, clue, finding);
                }
            }
        }

        return
        [
            .. names.Select(entry => new IncidentName(table.Clue(entry.Key).Name, entry.Value.First, entry.Value.Count))
                .OrderBy(static entry => entry.First.UtcTicks).ThenBy(static entry => entry.Name, StringComparer.Ordinal),
        ];
    }

    // By rule first: an incident has few rules and may have very many findings.
    private static ImmutableArray<IncidentPhase> Phases(IEnumerable<(RuleInfo Rule, Tally Tally)> rules)
    {
        var phases = new Dictionary<string, (Tally Tally, SortedSet<string> Techniques)>(StringComparer.Ordinal);
        foreach ((RuleInfo rule, Tally tally) in rules)
        {
            foreach (string tactic in rule.Attack.Tactics)
            {
                ref (Tally Tally, SortedSet<string> Techniques) phase = ref CollectionsMarshal.GetValueRefOrAddDefault(phases, tactic, out bool known);
                phase = known ? (phase.Tally.With(tally), phase.Techniques) : (tally, new SortedSet<string>(StringComparer.Ordinal));
                phase.Techniques.UnionWith(rule.Attack.Techniques);
            }
        }

        return
        [
            .. phases.Select(static entry => new IncidentPhase(
                    entry.Key, entry.Value.Tally.First, entry.Value.Tally.Last, [.. entry.Value.Techniques], entry.Value.Tally.Count))
                .OrderBy(static phase => phase.First.UtcTicks).ThenBy(static phase => AttackReferences.TacticOrder(phase.Tactic))
                .ThenBy(static phase => phase.Tactic, StringComparer.Ordinal),
        ];
    }

    private void Count<TKey>(Dictionary<TKey, Tally> tallies, TKey key, int finding)
        where TKey : notnull
    {
        ref Tally tally = ref CollectionsMarshal.GetValueRefOrAddDefault(tallies, key, out bool known);
        var one = new Tally(table[finding].Time, table[finding].LastTime, 1);
        tally = known ? tally.With(one) : one;
    }

    private ImmutableArray<IncidentRule> Rules(Dictionary<int, Tally> rules) =>
    [
        .. rules.Select(entry => new IncidentRule(table.Rule(entry.Key), entry.Value.First, entry.Value.Count))
            .OrderByDescending(static rule => rule.Rule.Level).ThenBy(static rule => rule.First.UtcTicks).ThenBy(static rule => rule.Rule.Rank),
    ];

    private ImmutableArray<IncidentReason> Reasons(List<int> members, ImmutableArray<IncidentPhase> phases, ImmutableArray<IncidentHost> hosts)
    {
        var reasons = new List<IncidentReason>();
        foreach (IEnumerable<IGrouping<int, int>> rules in SimilarRules.Of(members.GroupBy(finding => table[finding].Rule), rule => table.Rule(rule.Key)))
        {
            // Rules that find parts of one act count as the one that tells most.
            reasons.AddRange(rules.Select(ReasonsOf).OrderByDescending(static own => own.Sum(static reason => reason.Points)).ThenBy(static own => own[0].Text, StringComparer.Ordinal).First());
        }

        if (phases.Length > ExpectedTactics)
        {
            reasons.Add(new IncidentReason(
                Text($"{phases.Length} ATT&CK tactics are touched, where one tool touches one or two."), PointsOfTactic * (phases.Length - ExpectedTactics)));
        }

        if (hosts.Length > 1)
        {
            reasons.Add(new IncidentReason(Text($"It spans {hosts.Length} hosts."), PointsOfHost * Math.Min(hosts.Length - 1, 5)));
        }

        return [.. reasons.Where(static reason => reason.Points != 0)
            .OrderByDescending(static reason => Math.Abs(reason.Points)).ThenBy(static reason => reason.Text, StringComparer.Ordinal)];
    }

    private List<IncidentReason> ReasonsOf(IGrouping<int, int> findings)
    {
        RuleInfo rule = table.Rule(findings.Key);
        double points = PointsByLevel[(int)rule.Level];
        int habitual = findings.Count(ordinary.IsHabit);

        // Of several things that antivirus names, the one that is rarest here speaks.
        (int days, bool isElsewhere) = findings.GroupBy(finding => table[finding].Kind).Min(kind => (ordinary.OtherDaysOf(kind.Key, OwnDays(kind)), ordinary.CountOf(kind.Key) > kind.Count()));

        // What the rule finds on other days too tells less: it halves at one other day, and so on by its logarithm. Other hosts of the same day take nothing: that is how a wave looks.
        double rarity = 1 / (1 + Math.Log2(1 + days));
        double kept = Math.Round(points * rarity, 1);
        string where = days > 0 ? Text($"and on {days} other day{(days == 1 ? "" : "s")}") : isElsewhere ? "elsewhere too, but on no other day" : "nowhere else in this evidence";
        List<IncidentReason> reasons = [new(Text($"{rule.Title} ({rule.Level.ToString().ToLowerInvariant()}), {where}."), kept)];
        if (habitual == findings.Count())
        {
            reasons.Add(new IncidentReason(
                Text($"{rule.Title}: the same account does this on the same host on {findings.Max(ordinary.DaysOfHabit)} of {ordinary.Days} days, so it is likely its ordinary work."),
                Math.Round(-kept * (1 - ShareOfHabit), 1)));
        }

        return reasons;
    }

    private int OwnDays(IEnumerable<int> findings) =>
        findings.Select(finding => table[finding]).Where(static row => row.IsTimed).Select(static row => row.Day).Distinct().Count();

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>How often something was seen, and from when to when. What has no time tells nothing of when.</summary>
    private readonly record struct Tally(EventTime First, EventTime Last, int Count)
    {
        public Tally With(Tally other) => new(Earlier(First, other.First), Later(Last, other.Last), Count + other.Count);

        private static EventTime Earlier(EventTime a, EventTime b) =>
            a.Certainty == TimeCertainty.Unknown || (b.Certainty != TimeCertainty.Unknown && b.UtcTicks < a.UtcTicks) ? b : a;

        private static EventTime Later(EventTime a, EventTime b) =>
            a.Certainty == TimeCertainty.Unknown || (b.Certainty != TimeCertainty.Unknown && b.UtcTicks > a.UtcTicks) ? b : a;
    }
}
