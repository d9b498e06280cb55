using System.Collections.Immutable;
using Culprit.Sigma.Semantics;

namespace Culprit.Sigma.Matching;

/// <summary>
/// Evaluates one rule on one event in the order of the rule's text, and writes down the values that made it match and, if
/// asked, each step. It walks the rule's own expression, not the compiled plan, so that it speaks in the rule's words.
/// </summary>
/// <param name="condition">The binding's own condition; null where it has none.</param>
/// <param name="detection">The rule's detection.</param>
internal sealed class Explainer(Trace? condition, Trace detection)
{
    /// <summary>Longer values are cut in steps; the values of matched fields are kept whole.</summary>
    private const int LongestShown = 200;

    /// <summary>Evaluates the rule.</summary>
    /// <param name="e">The event.</param>
    /// <param name="withSteps">Whether to write down each step, which costs many times what the evaluation costs.</param>
    public SigmaExplanation Explain<TEvent>(ref TEvent e, bool withSteps)
        where TEvent : ISigmaEvent, allows ref struct
    {
        var walk = new Walk(withSteps ? [] : null);
        bool belongs = condition is null || walk.Evaluate(condition, ref e, 0, negated: false, "");
        walk.Matched.Clear();
        bool matched = walk.Evaluate(detection, ref e, 0, negated: false, "") && belongs;
        return new SigmaExplanation(
            matched, LogSourceAccepted: true, walk.Steps is null ? [] : [.. walk.Steps], matched ? [.. walk.Matched.Distinct()] : []);
    }

    private sealed class Walk(List<ExplanationStep>? steps)
    {
        // A walk is over one event; this stands for it.
        private const int Round = 1;

        private LastAddress _address;

        public List<ExplanationStep>? Steps { get; } = steps;

        public List<MatchedField> Matched { get; } = [];

        public bool Evaluate<TEvent>(Trace trace, ref TEvent e, int depth, bool negated, string identifier)
            where TEvent : ISigmaEvent, allows ref struct
        {
            switch (trace)
            {
                case Trace.Always always:
                    Steps?.Add(new ExplanationStep(depth, always.Value ? "always" : "never", always.Value));
                    return always.Value;

                case Trace.Not not:
                    int place = Open();
                    bool opposite = !Evaluate(not.Child, ref e, depth + 1, !negated, identifier);
                    Close(place, depth, "not", opposite);
                    return opposite;

                case Trace.Join join:
                    return Parts(join, ref e, depth, negated, join.Identifier ?? identifier);

                default:
                    return Field((Trace.Field)trace, ref e, depth, negated, identifier);
            }
        }

        private int Open()
        {
            Steps?.Add(new ExplanationStep(0, "", Result: false));
            return (Steps?.Count ?? 0) - 1;
        }

        private void Close(int place, int depth, string text, bool result)
        {
            if (Steps is not null)
            {
                Steps[place] = new ExplanationStep(depth, text, result);
            }
        }

        private bool Parts<TEvent>(Trace.Join join, ref TEvent e, int depth, bool negated, string identifier)
            where TEvent : ISigmaEvent, allows ref struct
        {
            int place = Open();
            int matchedBefore = Matched.Count;
            bool result = join.All;
            foreach (Trace child in join.Children)
            {
                bool holds = Evaluate(child, ref e, depth + 1, negated, identifier);
                result = join.All ? result && holds : result || holds;

                // Steps tell of every part; the values that count are known once one part fails.
                if (join.All && !holds && !negated && Steps is null)
                {
                    break;
                }
            }

            Close(place, depth, join.Text, result);
            if (!result && !negated)
            {
                // Values found for a branch that failed did not make the rule match.
                Matched.RemoveRange(matchedBefore, Matched.Count - matchedBefore);
            }

            return result;
        }

        private bool Field<TEvent>(Trace.Field field, ref TEvent e, int depth, bool negated, string identifier)
            where TEvent : ISigmaEvent, allows ref struct
        {
            bool result = field.Test is ValueTest.Null or ValueTest.Exists
                ? Presence(field, ref e, negated, identifier)
                : Values(field, ref e, negated, identifier);
            Steps?.Add(new ExplanationStep(depth, $"{field.Name ?? "any field"} {field.Asked}: {Seen(field, ref e)}", result));
            return result;
        }

        private bool Presence<TEvent>(Trace.Field field, ref TEvent e, bool negated, string identifier)
            where TEvent : ISigmaEvent, allows ref struct
        {
            FieldState state = StateOf(field, ref e);
            bool result = field.Test is ValueTest.Exists exists
                ? exists.Expected == (state != FieldState.Absent)
                : state != FieldState.Present;
            if (result && !negated)
            {
                Matched.Add(new MatchedField(identifier, field.Name ?? "", "", field.Asked));
            }

            return result;
        }

        private bool Values<TEvent>(Trace.Field field, ref TEvent e, bool negated, string identifier)
            where TEvent : ISigmaEvent, allows ref struct
        {
            bool result = false;
            foreach (int ordinal in field.OrdinalsIn(ref e))
            {
                for (int i = 0; e.TryGetText(ordinal, i, out ReadOnlySpan<char> text); i++)
                {
                    if (!(field.Compiled is { } compiled ? _address.Satisfies(compiled, Round, ordinal, i, text) : RefersTo(field, text, ref e)))
                    {
                        continue;
                    }

                    result = true;
                    if (!negated)
                    {
                        Matched.Add(new MatchedField(identifier, e.FieldName(ordinal), text.ToString(), field.Asked));
                    }
                }
            }

            return result;
        }

        private static bool RefersTo<TEvent>(Trace.Field field, scoped ReadOnlySpan<char> value, ref TEvent e)
            where TEvent : ISigmaEvent, allows ref struct
        {
            var reference = (ValueTest.FieldReference)field.Test;
            string whole = value.ToString();
            foreach (string name in field.OtherNames)
            {
                foreach ((_, string part) in FieldReader.AllTexts(ref e, name))
                {
                    if (TestEvaluator.StandsAt(whole, part, reference.Position, reference.Cased))
                    {
                        return true;
                    }
                }
            }

            return false;
        }

        private static FieldState StateOf<TEvent>(Trace.Field field, ref TEvent e)
            where TEvent : ISigmaEvent, allows ref struct
        {
            FieldState state = FieldState.Absent;
            foreach (string name in field.Names)
            {
                state = (FieldState)Math.Max((int)state, (int)FieldReader.StateOf(ref e, name));
            }

            return state;
        }

        private static string Seen<TEvent>(Trace.Field field, ref TEvent e)
            where TEvent : ISigmaEvent, allows ref struct
        {
            if (field.Test is ValueTest.Null or ValueTest.Exists)
            {
                return StateOf(field, ref e).ToString().ToLowerInvariant();
            }

            if (field.Name is null)
            {
                return $"{FieldReader.AllTexts(ref e, null).Count} values";
            }

            var values = new List<string>();
            foreach (string name in field.Names)
            {
                values.AddRange(FieldReader.AllTexts(ref e, name).Select(value => $"'{Cut(value.Value)}'"));
            }

            return values.Count == 0 ? "absent" : string.Join(", ", values);
        }

        private static string Cut(string value) => value.Length <= LongestShown ? value : value[..LongestShown] + "...";
    }
}
