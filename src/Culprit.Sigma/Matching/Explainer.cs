using System.Collections.Immutable;
using Culprit.Sigma.Compilation;
using Culprit.Sigma.Semantics;

namespace Culprit.Sigma.Matching;

/// <summary>
/// Evaluates one rule on one event in the order of the rule's text, and writes down each step. It walks the rule's own
/// expression, not the compiled plan, so that an explanation speaks in the rule's words.
/// </summary>
internal static class Explainer
{
    /// <summary>Longer values are cut in steps; the values of matched fields are kept whole.</summary>
    private const int LongestShown = 200;

    public static SigmaExplanation Explain<TEvent>(
        SigmaRule rule, ImmutableArray<LogSourceBinding> bindings, SigmaRoute route, ref TEvent e)
        where TEvent : ISigmaEvent, allows ref struct
    {
        SigmaExplanation? best = null;
        foreach (LogSourceBinding binding in bindings)
        {
            if (!binding.Accepts(route))
            {
                continue;
            }

            SigmaExplanation explanation = Explain(rule, binding, ref e);
            if (explanation.Matched)
            {
                return explanation;
            }

            best ??= explanation;
        }

        return best ?? new SigmaExplanation(Matched: false, LogSourceAccepted: false, [], []);
    }

    private static SigmaExplanation Explain<TEvent>(SigmaRule rule, LogSourceBinding binding, ref TEvent e)
        where TEvent : ISigmaEvent, allows ref struct
    {
        var walk = new Walk();
        bool belongs = true;
        if (binding.Condition is not null)
        {
            walk.FieldMap = null;
            belongs = walk.Evaluate(binding.Condition, ref e, 0, negated: false, "");
            walk.Matched.Clear();
        }

        walk.FieldMap = binding.FieldMap;
        bool matched = walk.Evaluate(rule.Detection, ref e, 0, negated: false, "") && belongs;
        return new SigmaExplanation(matched, LogSourceAccepted: true, [.. walk.Steps], matched ? [.. walk.Matched.Distinct()] : []);
    }

    private sealed class Walk
    {
        public ImmutableDictionary<string, ImmutableArray<string>>? FieldMap { get; set; }

        public List<ExplanationStep> Steps { get; } = [];

        public List<MatchedField> Matched { get; } = [];

        public bool Evaluate<TEvent>(Expression expression, ref TEvent e, int depth, bool negated, string identifier)
            where TEvent : ISigmaEvent, allows ref struct
        {
            switch (expression)
            {
                case Expression.Constant constant:
                    Steps.Add(new ExplanationStep(depth, constant.Value ? "always" : "never", constant.Value));
                    return constant.Value;

                case Expression.Named named:
                    return Step(depth, named.Identifier, ref e, [named.Child], all: true, negated, named.Identifier);

                case Expression.Not not:
                    int place = Steps.Count;
                    Steps.Add(new ExplanationStep(depth, "not", Result: false));
                    bool result = !Evaluate(not.Child, ref e, depth + 1, !negated, identifier);
                    Steps[place] = new ExplanationStep(depth, "not", result);
                    return result;

                case Expression.And and:
                    return Step(depth, "all of", ref e, and.Children, all: true, negated, identifier);

                case Expression.Or or:
                    return Step(depth, "any of", ref e, or.Children, all: false, negated, identifier);

                case Expression.FieldTest field:
                    return Field(field.Field, field.Test, ref e, depth, negated, identifier);

                case Expression.KeywordTest keyword:
                    return Field(null, keyword.Test, ref e, depth, negated, identifier);

                default:
                    throw new ArgumentOutOfRangeException(nameof(expression), expression.GetType().Name, "unknown kind of expression");
            }
        }

        private bool Step<TEvent>(
            int depth, string text, ref TEvent e, ImmutableArray<Expression> children, bool all, bool negated, string identifier)
            where TEvent : ISigmaEvent, allows ref struct
        {
            int place = Steps.Count;
            int matchedBefore = Matched.Count;
            Steps.Add(new ExplanationStep(depth, text, Result: false));
            bool result = all;
            foreach (Expression child in children)
            {
                bool holds = Evaluate(child, ref e, depth + 1, negated, identifier);
                result = all ? result && holds : result || holds;
            }

            Steps[place] = new ExplanationStep(depth, text, result);
            if (!result && !negated)
            {
                // Values found for a branch that failed did not make the rule match.
                Matched.RemoveRange(matchedBefore, Matched.Count - matchedBefore);
            }

            return result;
        }

        private bool Field<TEvent>(string? field, ValueTest test, ref TEvent e, int depth, bool negated, string identifier)
            where TEvent : ISigmaEvent, allows ref struct
        {
            ImmutableArray<string> names = field is null ? [] : RouteFields.NamesOf(field, FieldMap);
            string asked = TestText.Of(test);
            string label = field ?? "any field";
            bool result = false;
            string seen;
            switch (test)
            {
                case ValueTest.Null or ValueTest.Exists:
                    FieldState state = FieldState.Absent;
                    foreach (string name in names)
                    {
                        state = (FieldState)Math.Max((int)state, (int)FieldReader.StateOf(ref e, name));
                    }

                    result = test is ValueTest.Exists exists ? exists.Expected == (state != FieldState.Absent) : state != FieldState.Present;
                    seen = state.ToString().ToLowerInvariant();
                    if (result && !negated)
                    {
                        Matched.Add(new MatchedField(identifier, field ?? "", "", asked));
                    }

                    break;

                default:
                    List<(string Field, string Value)> values = [];
                    if (field is null)
                    {
                        values = FieldReader.AllTexts(ref e, null);
                    }

                    foreach (string name in names)
                    {
                        values.AddRange(FieldReader.AllTexts(ref e, name));
                    }

                    CompiledTest? compiled = TestEvaluator.Compile(test);
                    foreach ((string name, string value) in values)
                    {
                        if (compiled is null ? RefersTo((ValueTest.FieldReference)test, value, ref e) : compiled.Matches(value))
                        {
                            result = true;
                            if (!negated)
                            {
                                Matched.Add(new MatchedField(identifier, name, value, asked));
                            }
                        }
                    }

                    seen = field is null ? $"{values.Count} values" : values.Count == 0 ? "absent" : string.Join(", ", values.Select(v => $"'{Cut(v.Value)}'"));
                    break;
            }

            Steps.Add(new ExplanationStep(depth, $"{label} {asked}: {seen}", result));
            return result;
        }

        private bool RefersTo<TEvent>(ValueTest.FieldReference reference, string value, ref TEvent e)
            where TEvent : ISigmaEvent, allows ref struct
        {
            foreach (string name in RouteFields.NamesOf(reference.Field, FieldMap))
            {
                foreach ((_, string part) in FieldReader.AllTexts(ref e, name))
                {
                    if (TestEvaluator.StandsAt(value, part, reference.Position, reference.Cased))
                    {
                        return true;
                    }
                }
            }

            return false;
        }

        private static string Cut(string value) => value.Length <= LongestShown ? value : value[..LongestShown] + "...";
    }
}
