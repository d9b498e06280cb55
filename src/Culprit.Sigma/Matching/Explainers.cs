using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Culprit.Sigma.Compilation;

namespace Culprit.Sigma.Matching;

/// <summary>
/// The explainers of one session, made when a rule first matches. They remember where a layout has their fields, and
/// layouts belong to a thread, so threads share none of them.
/// </summary>
internal sealed class Explainers(SigmaRuleSet rules, Planner planner)
{
    private readonly Dictionary<(int Rule, int Binding), Explainer> _made = [];

    /// <summary>Evaluates a rule on an event, by the first binding for which it matches.</summary>
    public SigmaExplanation Explain<TEvent>(int rule, SigmaRoute route, ref TEvent e, bool withSteps)
        where TEvent : ISigmaEvent, allows ref struct
    {
        ImmutableArray<LogSourceBinding> bindings = planner.BindingsOf(rule);
        SigmaExplanation? best = null;
        for (int i = 0; i < bindings.Length; i++)
        {
            if (!bindings[i].Accepts(route))
            {
                continue;
            }

            SigmaExplanation explanation = Of(rule, i, bindings[i]).Explain(ref e, withSteps);
            if (explanation.Matched)
            {
                return explanation;
            }

            best ??= explanation;
        }

        return best ?? new SigmaExplanation(Matched: false, LogSourceAccepted: false, [], []);
    }

    private Explainer Of(int rule, int index, LogSourceBinding binding)
    {
        ref Explainer? explainer = ref CollectionsMarshal.GetValueRefOrAddDefault(_made, (rule, index), out _);
        return explainer ??= new Explainer(
            binding.Condition is null ? null : Trace.Of(binding.Condition, fieldMap: null),
            Trace.Of(rules.Rules[rule].Detection, binding.FieldMap));
    }
}
