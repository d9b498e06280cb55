using System.Collections.Immutable;
using Culprit.Sigma.Syntax;

namespace Culprit.Sigma.Semantics;

/// <summary>
/// Joins filters into rules. A filter exists to leave matches out and never touches an event that none of its search
/// identifiers describes. That tells how its condition is meant: one that such an event satisfies ("not selection") says what
/// stays, one that it does not satisfy ("selection") says what is left out.
/// </summary>
internal static class FilterJoiner
{
    /// <summary>Joins <paramref name="filter"/> into every rule that it is about; false where there is none (reported).</summary>
    public static bool Join(FilterDraft filter, SigmaRule[] rules, NameTable names, DiagnosticSink sink)
    {
        bool keeps = HoldsWithoutSelections(filter.Detection);
        if (!keeps)
        {
            sink.Report(
                DiagnosticKinds.FilterExcludes,
                filter.Condition,
                "The condition is read as what to leave out",
                "Write 'not ...' to say the same for tools that read it as what must hold");
        }

        Expression detection = new Expression.Named(filter.Metadata.Title, filter.Detection);
        Expression added = keeps ? detection : new Expression.Not(detection);
        bool joined = false;
        foreach (int index in Targets(filter, rules, names, sink))
        {
            ImmutableArray<Expression> both = [rules[index].Detection, added];
            rules[index] = rules[index] with { Detection = new Expression.And(both) };
            joined = true;
        }

        if (!joined)
        {
            sink.Report(DiagnosticKinds.FilterUnused, filter.Metadata.Location.Line, filter.Metadata.Location.Column, "The filter applies to none of the rules that were loaded");
        }

        return joined;
    }

    private static List<int> Targets(FilterDraft filter, SigmaRule[] rules, NameTable names, DiagnosticSink sink)
    {
        if (filter.Any)
        {
            return [.. Enumerable.Range(0, rules.Length).Where(i => Covers(filter.LogSource, rules[i].LogSource))];
        }

        var targets = new List<int>();
        foreach ((string name, YamlScalar at) in filter.Targets)
        {
            List<int> found = names.RulesNamed(name);
            if (found.Count == 0)
            {
                sink.Report(DiagnosticKinds.FilterTarget, at, $"No rule that was loaded has the id or name '{name}'");
            }

            foreach (int index in found)
            {
                if (!Covers(filter.LogSource, rules[index].LogSource))
                {
                    sink.Report(
                        DiagnosticKinds.FilterLogSource,
                        at,
                        $"The filter is not applied to '{rules[index].Title}': their log sources differ",
                        "Give the filter the rule's log source, or fewer attributes of it");
                }
                else if (!targets.Contains(index))
                {
                    targets.Add(index);
                }
            }
        }

        return targets;
    }

    // What the filter says of the log source, the rule must say too.
    private static bool Covers(SigmaLogSource filter, SigmaLogSource rule) =>
        Covers(filter.Product, rule.Product) && Covers(filter.Category, rule.Category) && Covers(filter.Service, rule.Service);

    private static bool Covers(string filter, string rule) =>
        filter.Length == 0 || string.Equals(filter, rule, StringComparison.OrdinalIgnoreCase);

    private static bool HoldsWithoutSelections(Expression expression) => expression switch
    {
        Expression.And and => and.Children.All(HoldsWithoutSelections),
        Expression.Or or => or.Children.Any(HoldsWithoutSelections),
        Expression.Not not => !HoldsWithoutSelections(not.Child),
        Expression.Constant constant => constant.Value,
        _ => false,
    };
}
