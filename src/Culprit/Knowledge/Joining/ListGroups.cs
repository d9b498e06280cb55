using System.Collections.Immutable;

namespace Culprit.Knowledge.Joining;

/// <summary>
/// The group that a list of indicators means. Its own word for it, an identifier of ATT&amp;CK, counts before the other names that it gives, and
/// those before what it is called; what ATT&amp;CK calls a group counts before what the MISP galaxy calls the same. Names that mean
/// several groups mean none, unless the list is called after one of these.
/// </summary>
internal static class ListGroups
{
    private const string Prefix = "apt_";

    /// <summary>Identifiers of the groups, ascending: several where the list gives several itself, none where the knowledge base holds none of them.</summary>
    public static ImmutableArray<string> Of(IndicatorList list, KnowledgeBase knowledge)
    {
        string[] known = [.. list.GroupIds.Select(knowledge.Group).OfType<KnownGroup>().Select(static g => g.Id).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return known.Length > 0 ? [.. known]
            : (Single(list, n => InAttack(n, knowledge)) ?? Single(list, n => InAttack(n, knowledge).Concat(InGalaxy(n, knowledge)))) is { } id ? [id]
            : [];
    }

    private static string? Single(IndicatorList list, Func<string, IEnumerable<string>> meaning)
    {
        string[] named = [.. list.Aliases.SelectMany(meaning).Distinct(StringComparer.Ordinal)];
        if (named.Length == 1)
        {
            return named[0];
        }

        foreach (string name in Names(list.Name))
        {
            string[] called = [.. meaning(name).Distinct(StringComparer.Ordinal).Where(g => named.Length == 0 || named.Contains(g, StringComparer.Ordinal))];
            if (called.Length == 1)
            {
                return called[0];
            }
        }

        return null;
    }

    // Public lists are called apt_30, apt_lazarus or, where they are long, apt_gamaredon-1; ATT&CK has APT30, Lazarus Group and Gamaredon Group.
    private static IEnumerable<string> Names(string list)
    {
        list = IndicatorList.GivenName(list);
        string bare = list.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? list[Prefix.Length..] : list;
        string part = bare.TrimEnd("0123456789".ToCharArray());
        bare = part.EndsWith('-') ? part[..^1] : bare;
        return new[] { list, bare, bare + " group" }.Distinct(StringComparer.Ordinal);
    }

    private static IEnumerable<string> InAttack(string name, KnowledgeBase knowledge) =>
        knowledge.Find(name).Where(static n => n.Kind == KnownKind.Group).Select(static n => n.Id);

    private static IEnumerable<string> InGalaxy(string name, KnowledgeBase knowledge) =>
        knowledge.Find(name).Where(static n => n.Kind == KnownKind.Actor)
            .SelectMany(n => knowledge.GroupsOfActor(n.Id).Select(static g => g.Id));
}
