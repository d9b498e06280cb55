using System.Runtime.CompilerServices;
using Culprit.Sigma.Compilation;

namespace Culprit.Sigma.Matching;

/// <summary>Where a layout has the fields of a plan: found once, when the two first meet.</summary>
/// <param name="Ordinals">For each field of the plan, the places in the layout that hold it.</param>
/// <param name="HoldsKeywords">Whether a value that all events of the layout have holds a keyword, so that each of them does.</param>
internal sealed record LayoutPlaces(int[][] Ordinals, bool HoldsKeywords)
{
    /// <summary>Finds the places.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static LayoutPlaces Find<TEvent>(PlanState state, ref TEvent e)
        where TEvent : ISigmaEvent, allows ref struct
    {
        MatchPlan plan = state.Plan;
        var places = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        int count = e.FieldCount;
        for (int i = 0; i < count; i++)
        {
            string name = e.FieldName(i);
            if (!places.TryGetValue(name, out List<int>? list))
            {
                places.Add(name, list = []);
            }

            // A header's fields come first.
            if (list.Count == 1 && RouteFields.HidesHeader(name))
            {
                list.Clear();
            }

            list.Add(i);
        }

        int[][] ordinals = Array.ConvertAll(
            plan.Fields, field => field.Name is not null && places.TryGetValue(field.Name, out List<int>? list) ? list.ToArray() : []);
        if (plan.KeywordField < 0)
        {
            return new LayoutPlaces(ordinals, HoldsKeywords: false);
        }

        // The other fields' passes look for keywords too.
        IEnumerable<int> scanned = ordinals.Where((_, field) => plan.Fields[field].WithKeywords is not null).SelectMany(list => list);
        ordinals[plan.KeywordField] = [.. Enumerable.Range(0, count).Except(scanned)];
        return new LayoutPlaces(ordinals, ConstantsHoldKeywords(state, ref e));
    }

    private static bool ConstantsHoldKeywords<TEvent>(PlanState state, ref TEvent e)
        where TEvent : ISigmaEvent, allows ref struct
    {
        FieldMatcher? keywords = state.Plan.Fields[state.Plan.KeywordField].Matcher;
        state.Scratch.Begin();
        for (int ordinal = 0; keywords is not null && ordinal < e.FieldCount; ordinal++)
        {
            if (e.IsConstant(ordinal) && e.TryGetText(ordinal, 0, out ReadOnlySpan<char> text))
            {
                keywords.Scan(text, state.Folded, state.Scratch);
            }
        }

        return state.Scratch.Count > 0;
    }
}
