using Culprit.Findings;

namespace Culprit.Incidents.Joining;

/// <summary>
/// Which rules call each other similar, directly or through others, which need not have found anything: what they find is one act, seen in parts or in two ways.
/// </summary>
internal static class SimilarRules
{
    /// <summary>The groups, in the order of their first.</summary>
    /// <param name="all">What is to be grouped.</param>
    /// <param name="ruleOf">Its rule.</param>
    public static IEnumerable<IEnumerable<T>> Of<T>(IEnumerable<T> all, Func<T, RuleInfo> ruleOf)
    {
        T[] items = [.. all];
        var first = new Dictionary<string, int>(StringComparer.Ordinal);
        var components = new Components(items.Length);
        for (int i = 0; i < items.Length; i++)
        {
            RuleInfo rule = ruleOf(items[i]);
            foreach (string id in rule.Similar.Append(rule.Id).Where(static id => id.Length > 0))
            {
                if (!first.TryAdd(id, i))
                {
                    components.Union(i, first[id]);
                }
            }
        }

        return Enumerable.Range(0, items.Length).GroupBy(components.RootOf).Select(group => group.Select(i => items[i]));
    }
}
