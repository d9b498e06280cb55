using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Culprit.Sigma.Compilation;

/// <summary>
/// Finds, for each route, the plan of the rules that can speak of its events. Plans are made when a route is first
/// met and kept; routes for which the same conditions remain share one. Thread-safe.
/// </summary>
internal sealed class Planner
{
    /// <summary>Evidence decides how many routes there are; past this many the oldest are forgotten together and made again when met.</summary>
    private const int MostRoutes = 65_536;

    private readonly ImmutableArray<SigmaRule> _rules;
    private readonly ImmutableArray<LogSourceBinding>[] _bindings;
    private readonly Dictionary<string, ByEventId> _byChannel = new(StringComparer.OrdinalIgnoreCase);
    private readonly ByEventId _anyChannel = new();
    private readonly NodeFactory _factory = new();
    private readonly Dictionary<Candidate, Node> _conditions = [];
    private readonly ConcurrentDictionary<SigmaRoute, MatchPlan> _plans = new(RouteComparer.Instance);
    private readonly Dictionary<PlanKey, Lazy<MatchPlan>> _shared = [];
    private readonly Lock _building = new();

    // Under the lock: the rules and conditions of the route at hand.
    private readonly List<(int Rule, Node Condition)> _found = [];

    public Planner(ImmutableArray<SigmaRule> rules, Func<SigmaLogSource, ImmutableArray<LogSourceBinding>> resolve)
    {
        _rules = rules;
        var resolved = new Dictionary<SigmaLogSource, ImmutableArray<LogSourceBinding>>();
        _bindings = new ImmutableArray<LogSourceBinding>[rules.Length];
        for (int rule = 0; rule < rules.Length; rule++)
        {
            ref ImmutableArray<LogSourceBinding> bindings =
                ref CollectionsMarshal.GetValueRefOrAddDefault(resolved, rules[rule].LogSource, out bool known);
            if (!known)
            {
                bindings = resolve(rules[rule].LogSource);
            }

            _bindings[rule] = bindings;
            Index(rule);
        }
    }

    /// <summary>The ways in which a rule's log source is found.</summary>
    public ImmutableArray<LogSourceBinding> BindingsOf(int rule) => _bindings[rule];

    /// <summary>The plan for events of a route.</summary>
    public MatchPlan PlanFor(SigmaRoute route)
    {
        if (_plans.TryGetValue(route, out MatchPlan? plan))
        {
            return plan;
        }

        Lazy<MatchPlan> shared;
        lock (_building)
        {
            shared = SharedPlanFor(route);
        }

        // Most of the work is here, and one thread's new route waits for no other's.
        plan = shared.Value;
        if (_plans.Count >= MostRoutes)
        {
            _plans.Clear();
        }

        return _plans.GetOrAdd(route, plan);
    }

    private void Index(int rule)
    {
        for (int i = 0; i < _bindings[rule].Length; i++)
        {
            var candidate = new Candidate(rule, i);
            if (_bindings[rule][i].Channels.IsEmpty)
            {
                _anyChannel.Add(candidate, _bindings[rule][i].EventIds);
            }

            foreach (string channel in _bindings[rule][i].Channels)
            {
                if (!_byChannel.TryGetValue(channel, out ByEventId? byEventId))
                {
                    _byChannel.Add(channel, byEventId = new ByEventId());
                }

                byEventId.Add(candidate, _bindings[rule][i].EventIds);
            }
        }
    }

    private Lazy<MatchPlan> SharedPlanFor(SigmaRoute route)
    {
        _found.Clear();
        AddConditions(_anyChannel, route);
        if (_byChannel.TryGetValue(route.Channel, out ByEventId? byEventId))
        {
            AddConditions(byEventId, route);
        }

        var key = new PlanKey(Merged());
        ref Lazy<MatchPlan>? plan = ref CollectionsMarshal.GetValueRefOrAddDefault(_shared, key, out _);
        return plan ??= new Lazy<MatchPlan>(() => PlanCompiler.Compile(key.Entries));
    }

    private void AddConditions(ByEventId candidates, SigmaRoute route)
    {
        AddConditions(candidates.Of(route.EventId), route);
        AddConditions(candidates.OfAny, route);
    }

    private void AddConditions(List<Candidate> candidates, SigmaRoute route)
    {
        foreach (Candidate candidate in candidates)
        {
            if (_bindings[candidate.Rule][candidate.Binding].Accepts(route))
            {
                _found.Add((candidate.Rule, _factory.Specialise(ConditionOf(candidate), route)));
            }
        }
    }

    // What was found, by rising position of the rule, each rule once: any of its bindings will do.
    private (int Rule, Node Condition)[] Merged()
    {
        _found.Sort(static (a, b) => a.Rule != b.Rule ? a.Rule.CompareTo(b.Rule) : a.Condition.Id.CompareTo(b.Condition.Id));
        int kept = 0;
        for (int i = 0; i < _found.Count; i++)
        {
            (int rule, Node condition) = _found[i];
            if (condition.Kind == NodeKind.False)
            {
                continue;
            }

            if (kept > 0 && _found[kept - 1].Rule == rule)
            {
                _found[kept - 1] = (rule, _factory.Either(_found[kept - 1].Condition, condition));
            }
            else
            {
                _found[kept++] = (rule, condition);
            }
        }

        return [.. _found[..kept]];
    }

    private Node ConditionOf(Candidate candidate)
    {
        if (!_conditions.TryGetValue(candidate, out Node? condition))
        {
            condition = _factory.FromRule(_rules[candidate.Rule].Detection, _bindings[candidate.Rule][candidate.Binding]);
            _conditions.Add(candidate, condition);
        }

        return condition;
    }

    /// <summary>A rule together with one of the bindings of its log source.</summary>
    private readonly record struct Candidate(int Rule, int Binding);

    /// <summary>Candidates by the event ids that their bindings ask for, so that a route looks at few of them.</summary>
    private sealed class ByEventId
    {
        private static readonly List<Candidate> None = [];
        private readonly List<Candidate> _any = [];
        private readonly Dictionary<int, List<Candidate>> _some = [];

        public void Add(Candidate candidate, ImmutableArray<int> eventIds)
        {
            if (eventIds.IsEmpty)
            {
                _any.Add(candidate);
            }

            foreach (int eventId in eventIds)
            {
                if (!_some.TryGetValue(eventId, out List<Candidate>? list))
                {
                    _some.Add(eventId, list = []);
                }

                list.Add(candidate);
            }
        }

        /// <summary>Those that ask for this event id.</summary>
        public List<Candidate> Of(int eventId) => _some.TryGetValue(eventId, out List<Candidate>? list) ? list : None;

        /// <summary>Those that take any.</summary>
        public List<Candidate> OfAny => _any;
    }

    private readonly struct PlanKey((int Rule, Node Condition)[] entries) : IEquatable<PlanKey>
    {
        public (int Rule, Node Condition)[] Entries { get; } = entries;

        public bool Equals(PlanKey other) => Entries.AsSpan().SequenceEqual(other.Entries);

        public override bool Equals(object? obj) => obj is PlanKey other && Equals(other);

        public override int GetHashCode()
        {
            var hash = new HashCode();
            foreach ((int rule, Node condition) in Entries)
            {
                hash.Add(rule);
                hash.Add(condition.Id);
            }

            return hash.ToHashCode();
        }
    }

    /// <summary>Routes are compared without regard to case, as their names are.</summary>
    private sealed class RouteComparer : IEqualityComparer<SigmaRoute>
    {
        public static readonly RouteComparer Instance = new();

        public bool Equals(SigmaRoute? x, SigmaRoute? y) =>
            ReferenceEquals(x, y)
            || (x is not null && y is not null && x.EventId == y.EventId
                && Same(x.Channel, y.Channel) && Same(x.Provider, y.Provider)
                && Same(x.Product, y.Product) && Same(x.Category, y.Category) && Same(x.Service, y.Service));

        public int GetHashCode(SigmaRoute route) =>
            HashCode.Combine(route.EventId, string.GetHashCode(route.Channel, StringComparison.OrdinalIgnoreCase),
                string.GetHashCode(route.Provider, StringComparison.OrdinalIgnoreCase));

        private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
    }
}
