using System.Collections.Frozen;
using Culprit.Knowledge;

namespace Culprit.Attribution.Judging;

/// <summary>
/// Lists of indicators that do not come with the program. Whom they ascribe something to is the word of whoever made them, and a list that somebody made up
/// names whom he likes.
/// </summary>
internal static class ForeignLists
{
    private const int MostTold = 3;

    private static readonly Lazy<FrozenSet<string>> Brought = new(static () => IndicatorSet.BuiltIn.Lists.Select(static l => l.Name).ToFrozenSet(StringComparer.Ordinal));

    /// <summary>
    /// Whether others know of what a list claims: it comes with the program, names a report, or ascribes it to a group, which whoever notes his own case's values does not.
    /// </summary>
    public static bool IsPublished(IndicatorClaim claim) => claim.Source is { Length: > 0 } || !claim.GroupIds.IsEmpty || Brought.Value.Contains(claim.List);

    /// <summary>A sentence that names those by which a group is ascribed an indicator here; none where all come with the program.</summary>
    public static IEnumerable<string> Sentences(IEnumerable<Observation> observed)
    {
        string[] lists = [.. observed.Where(static o => !o.OfVictim).SelectMany(static o => o.Indicators).Where(static c => !c.GroupIds.IsEmpty).Select(static c => c.List).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        string[] foreign = lists.Length == 0 ? [] : [.. lists.Where(static l => !Brought.Value.Contains(l))];
        if (foreign.Length > 0)
        {
            yield return $"{string.Join(", ", foreign.Take(MostTold))}{(foreign.Length > MostTold ? $" and {foreign.Length - MostTold} more" : "")} "
                + $"{(foreign.Length == 1 ? "is a list" : "are lists")} that {(foreign.Length == 1 ? "does" : "do")} not come with the program: whose these indicators are is the word of whoever made {(foreign.Length == 1 ? "it" : "them")}.";
        }
    }
}
