using System.Collections.Immutable;

namespace Culprit.Knowledge.Facts;

/// <summary>A knowledge base while it comes to be: what readers add to, in any order. <see cref="Assemble"/> brings it into the one order that it is kept in.</summary>
internal sealed class KnowledgeDraft
{
    public List<KnowledgeOrigin> Origins { get; } = [];

    /// <summary>By name, which is how they are cited.</summary>
    public Dictionary<string, KnownSource> Sources { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, KnownTechnique> Techniques { get; } = new(StringComparer.Ordinal);

    /// <summary>Groups, software and campaigns, by identifier.</summary>
    public Dictionary<string, EntityDraft> Entities { get; } = new(StringComparer.Ordinal);

    /// <summary>By UUID.</summary>
    public Dictionary<string, ActorDraft> Actors { get; } = new(StringComparer.Ordinal);

    /// <summary>Identifiers that were withdrawn, and what takes their place.</summary>
    public Dictionary<string, string> Successors { get; } = new(StringComparer.Ordinal);

    /// <summary>Identifiers that were withdrawn and that nothing took the place of, and the names of what they stood for.</summary>
    public Dictionary<string, string> Retired { get; } = new(StringComparer.Ordinal);

    /// <summary>Which actor a group is or may be.</summary>
    public List<ActorLink> Links { get; } = [];

    /// <summary>The parts of the knowledge base, each in its order, with sources numbered.</summary>
    public KnowledgeParts Assemble()
    {
        // A source that nothing rests on is no fact about anybody.
        HashSet<KnownSource> cited = [];
        foreach (EntityDraft entity in Entities.Values)
        {
            entity.AddCited(cited);
        }

        ImmutableArray<KnownSource> sources = [.. cited.OrderBy(static s => s.Name, StringComparer.Ordinal)];
        for (int i = 0; i < sources.Length; i++)
        {
            sources[i].Number = i + 1;
        }

        EntityDraft[] entities = [.. Entities.Values.OrderBy(static e => e.Id, StringComparer.Ordinal)];
        ImmutableArray<KnownActor> actors = [.. Actors.Values.OrderBy(static a => a.Uuid, StringComparer.Ordinal).Select(static a => a.ToActor())];
        ActorLink[] links = [.. Links.OrderBy(static l => l.GroupId, StringComparer.Ordinal).ThenBy(static l => l.ActorId, StringComparer.Ordinal)];
        Dictionary<string, KnownActor> actorOfGroup = Linked(links, actors);
        return new KnowledgeParts(
            [.. Origins.OrderBy(static o => o.Origin).ThenBy(static o => o.Name, StringComparer.Ordinal).ThenBy(static o => o.Version, StringComparer.Ordinal)],
            sources,
            [.. entities.Where(static e => e.Kind is EntityKind.Group).Select(e => e.ToGroup(actorOfGroup.GetValueOrDefault(e.Id)))],
            [.. entities.Where(static e => e.IsSoftware).Select(static e => e.ToSoftware())],
            [.. Techniques.Values.OrderBy(static t => t.Id, StringComparer.Ordinal)],
            [.. entities.Where(static e => e.Kind is EntityKind.Campaign).Select(static e => e.ToCampaign())],
            actors,
            links,
            Successors,
            Retired);
    }

    private static Dictionary<string, KnownActor> Linked(ActorLink[] links, ImmutableArray<KnownActor> actors)
    {
        Dictionary<string, KnownActor> byId = actors.ToDictionary(static a => a.Uuid, StringComparer.Ordinal);
        return links.Where(static l => l.Certain).ToDictionary(static l => l.GroupId, l => byId[l.ActorId], StringComparer.Ordinal);
    }
}

/// <summary>That a group and an actor share names.</summary>
/// <param name="GroupId">The group.</param>
/// <param name="ActorId">The actor.</param>
/// <param name="Names">The group's names that the actor has too, sorted.</param>
/// <param name="Certain">Whether neither shares names with any other.</param>
internal sealed record ActorLink(string GroupId, string ActorId, ImmutableArray<string> Names, bool Certain);

/// <summary>Everything that a knowledge base holds, in its order.</summary>
internal sealed record KnowledgeParts(
    ImmutableArray<KnowledgeOrigin> Origins,
    ImmutableArray<KnownSource> Sources,
    ImmutableArray<KnownGroup> Groups,
    ImmutableArray<KnownSoftware> Software,
    ImmutableArray<KnownTechnique> Techniques,
    ImmutableArray<KnownCampaign> Campaigns,
    ImmutableArray<KnownActor> Actors,
    IReadOnlyList<ActorLink> Links,
    IReadOnlyDictionary<string, string> Successors,
    IReadOnlyDictionary<string, string> Retired);
