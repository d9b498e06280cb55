using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Culprit.Sigma.Compilation;
using Culprit.Sigma.Matching;

namespace Culprit.Sigma;

/// <summary>
/// Matches events against an engine's rules. A session belongs to one thread; sessions of one engine share all that is
/// compiled. After warm-up nothing is allocated for an event, whether rules match or not.
/// </summary>
public sealed class SigmaSession
{
    private readonly Planner _planner;
    private readonly Explainers _explainers;
    private readonly Dictionary<SigmaRoute, PlanState> _byRoute = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<MatchPlan, PlanState> _byPlan = new(ReferenceEqualityComparer.Instance);
    private readonly List<int> _matches = [];
    private readonly FoldedText _folded = new();
    private SigmaRoute? _lastRoute;
    private PlanState? _lastState;

    internal SigmaSession(Planner planner, Explainers explainers)
    {
        _planner = planner;
        _explainers = explainers;
    }

    /// <summary>
    /// The rules that match an event, as rising positions in <see cref="SigmaRuleSet.Rules"/>; valid until the next call.
    /// Rules that are not reported (see <see cref="SigmaRule.Reported"/>) are among them.
    /// </summary>
    /// <param name="route">The event's log source. Give the same instance for the same route: it is looked up by reference.</param>
    /// <param name="e">The event.</param>
    public ReadOnlySpan<int> Match<TEvent>(SigmaRoute route, scoped in TEvent e)
        where TEvent : ISigmaEvent, allows ref struct
    {
        PlanState state = ReferenceEquals(route, _lastRoute) ? _lastState! : StateFor(route);
        if (state.Plan.Roots.Length == 0)
        {
            return default;
        }

        _matches.Clear();
        var evaluation = new Evaluation<TEvent>(state, e);
        evaluation.Run(_matches);
        if (_matches.Count > 1)
        {
            _matches.Sort();
        }

        return CollectionsMarshal.AsSpan(_matches);
    }

    /// <summary>The values that made a rule match an event: what an explanation gives, without its steps and much cheaper.</summary>
    /// <param name="ruleIndex">The rule's position in the rule set.</param>
    /// <param name="route">The event's log source.</param>
    /// <param name="e">The event.</param>
    public ImmutableArray<MatchedField> MatchedFields<TEvent>(int ruleIndex, SigmaRoute route, scoped in TEvent e)
        where TEvent : ISigmaEvent, allows ref struct
    {
        TEvent copy = e;
        return _explainers.Explain(ruleIndex, route, ref copy, withSteps: false).MatchedFields;
    }

    /// <summary>Whether any rule can match events of a route; if not, they need not be looked at.</summary>
    public bool CanMatch(SigmaRoute route) => StateFor(route).Plan.Roots.Length > 0;

    private PlanState StateFor(SigmaRoute route)
    {
        const int mostRoutes = 65_536;
        if (!_byRoute.TryGetValue(route, out PlanState? state))
        {
            MatchPlan plan = _planner.PlanFor(route);
            if (!_byPlan.TryGetValue(plan, out state))
            {
                _byPlan.Add(plan, state = new PlanState(plan, _folded));
            }

            if (_byRoute.Count >= mostRoutes)
            {
                _byRoute.Clear();
            }

            _byRoute.Add(route, state);
        }

        _lastRoute = route;
        _lastState = state;
        return state;
    }
}
