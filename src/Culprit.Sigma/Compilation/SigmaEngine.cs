using System.Collections.Immutable;
using Culprit.Sigma.Compilation;
using Culprit.Sigma.Matching;

namespace Culprit.Sigma;

/// <summary>
/// A rule set, compiled together. Comes in: resolved rules and the log source map. Goes out: sessions that match events,
/// and explanations. The conditions of the rules that can speak of a kind of event are compiled when such an event is first met.
/// Thread-safe.
/// </summary>
public sealed class SigmaEngine
{
    private readonly Planner _planner;

    /// <summary>Compiles a rule set for log sources that <paramref name="resolve"/> explains.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="resolve">What log sources mean.</param>
    internal SigmaEngine(SigmaRuleSet rules, Func<SigmaLogSource, ImmutableArray<LogSourceBinding>> resolve)
    {
        RuleSet = rules;
        _planner = new Planner(rules.Rules, resolve);
    }

    /// <summary>The rules.</summary>
    public SigmaRuleSet RuleSet { get; }

    /// <summary>How many matches of regular expressions took too long and were given up, in this process.</summary>
    public static long RegexTimeoutCount => RegexTimeouts.Count;

    /// <summary>Compiles a rule set.</summary>
    public static SigmaEngine Compile(SigmaRuleSet rules, LogSourceMap map)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(map);
        return new SigmaEngine(rules, map.Resolve);
    }

    /// <summary>A session for one thread.</summary>
    public SigmaSession CreateSession() => new(_planner, new Explainers(RuleSet, _planner));

    /// <summary>Says step by step why a rule matches an event, or does not.</summary>
    /// <param name="ruleIndex">The rule's position in the rule set.</param>
    /// <param name="route">The event's log source.</param>
    /// <param name="e">The event.</param>
    public SigmaExplanation Explain<TEvent>(int ruleIndex, SigmaRoute route, scoped in TEvent e)
        where TEvent : ISigmaEvent, allows ref struct
    {
        TEvent copy = e;
        return new Explainers(RuleSet, _planner).Explain(ruleIndex, route, ref copy, withSteps: true);
    }

    /// <summary>The value of a field that a rule, or a correlation of it, names; null where the event has none. Several values give the first.</summary>
    public string? FieldText<TEvent>(int ruleIndex, SigmaRoute route, scoped in TEvent e, string field)
        where TEvent : ISigmaEvent, allows ref struct
    {
        TEvent copy = e;
        foreach (LogSourceBinding binding in _planner.BindingsOf(ruleIndex))
        {
            if (!binding.Accepts(route))
            {
                continue;
            }

            foreach (string name in RouteFields.NamesOf(field, binding.FieldMap))
            {
                if (FieldReader.FirstText(ref copy, name) is { } text)
                {
                    return text;
                }
            }
        }

        return null;
    }
}
