using System.Collections.Immutable;
using Culprit.Knowledge.Facts;

namespace Culprit.Knowledge.Joining;

/// <summary>Which actor of the MISP galaxy a group of ATT&amp;CK is. Only where names leave no choice is it answered; otherwise it stays a question.</summary>
internal static class ActorLinks
{
    // All groups and actors of the collections that are published share a few hundred; each shared name costs as many as there are pairs.
    private const int MaxShared = 100_000;

    /// <summary>Every pair of group and actor that share a name.</summary>
    /// <exception cref="KnowledgeException">There are more than any collection can mean.</exception>
    public static IEnumerable<ActorLink> Find(IEnumerable<EntityDraft> groups, IEnumerable<ActorDraft> actors)
    {
        Dictionary<string, List<ActorDraft>> byName = new(StringComparer.Ordinal);
        Dictionary<string, ActorDraft> byId = new(StringComparer.Ordinal);
        foreach (ActorDraft actor in actors.OrderBy(static a => a.Uuid, StringComparer.Ordinal))
        {
            byId.Add(actor.Uuid, actor);
            foreach (string name in actor.Aliases.Prepend(actor.Name).Select(NameIndex.Normalised).Distinct(StringComparer.Ordinal))
            {
                if (!byName.TryGetValue(name, out List<ActorDraft>? named))
                {
                    byName.Add(name, named = []);
                }

                named.Add(actor);
            }
        }

        int pairs = 0;
        (string Group, string Actor, ImmutableArray<string> Names)[] shared = [.. groups.SelectMany(group => group.Aliases
            .Select(static a => a.Name).Prepend(group.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .SelectMany(name => (byName.GetValueOrDefault(NameIndex.Normalised(name)) ?? []).Select(actor => Counted((name, actor.Uuid))))
            .GroupBy(static pair => pair.Item2, static pair => pair.Item1, StringComparer.Ordinal)
            .Select(found => (group.Id, found.Key, Shared(group, found, byId[found.Key]))))];
        HashSet<string> ambiguousGroups = [.. shared.GroupBy(static s => s.Group, StringComparer.Ordinal).Where(static g => g.Count() > 1).Select(static g => g.Key)];
        HashSet<string> ambiguousActors = [.. shared.GroupBy(static s => s.Actor, StringComparer.Ordinal).Where(static g => g.Count() > 1).Select(static g => g.Key)];
        return shared.Select(s => new ActorLink(s.Group, s.Actor, s.Names, !ambiguousGroups.Contains(s.Group) && !ambiguousActors.Contains(s.Actor)));

        (string, string) Counted((string, string) pair) => ++pairs <= MaxShared
            ? pair
            : throw new KnowledgeException($"groups and actors share names more than {MaxShared} times: these are no names");
    }

    // That an actor also goes by the group's identifier answers no question by itself, but it tells candidates apart.
    // Names of a link share one field, so that none may hold what divides them.
    private static ImmutableArray<string> Shared(EntityDraft group, IEnumerable<string> names, ActorDraft actor) =>
        [.. (actor.Aliases.Contains(group.Id, StringComparer.OrdinalIgnoreCase) ? names.Append(group.Id) : names)
            .Select(FactText.CleanItem).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>The links that are not certain, as one question for each group.</summary>
    public static ImmutableArray<OpenQuestion> Questions(IReadOnlyList<ActorLink> links, Func<string, KnownActor?> actor)
    {
        ILookup<string, string> groupsOfActor = links.ToLookup(static l => l.ActorId, static l => l.GroupId, StringComparer.Ordinal);
        return [.. links.Where(static l => !l.Certain)
            .GroupBy(static l => l.GroupId, StringComparer.Ordinal)
            .Select(group => new OpenQuestion(
                group.Count() > 1 ? QuestionKind.SeveralActors : QuestionKind.SharedActor,
                group.Key,
                [.. group.Select(link => new CandidateActor(
                    link.ActorId,
                    actor(link.ActorId)?.Name ?? link.ActorId,
                    link.Names,
                    [.. groupsOfActor[link.ActorId].Where(id => id != group.Key).Order(StringComparer.Ordinal)]))]))];
    }
}
