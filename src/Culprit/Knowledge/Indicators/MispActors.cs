using System.Text.Json;

namespace Culprit.Knowledge.Indicators;

/// <summary>
/// Whom an event or an attribute of MISP is about: what its galaxies and tags name (<c>misp-galaxy:threat-actor="..."</c>). Several names
/// may be those of one group. Where they are not, nobody can tell whose a value is, and it is ascribed to none of them.
/// </summary>
internal static class MispActors
{
    // What names more than this names several groups.
    private const int MaxNames = 64;

    private const int MaxTold = 4;

    private static readonly string[] Tags = ["misp-galaxy:threat-actor=\"", "misp-galaxy:mitre-intrusion-set=\"", "misp-galaxy:microsoft-activity-group=\""];

    /// <summary>
    /// What the list of its values is called: as the actor, whose other names <paramref name="collector"/> then learns; as all of several, which is
    /// nobody's name; null where no actor is named.
    /// </summary>
    public static string? ListOf(JsonElement element, IndicatorReading reading, IndicatorCollector collector)
    {
        List<Named> named = [];
        foreach (JsonElement cluster in Json.Items(element, "Galaxy").SelectMany(static g => Json.Items(g, "GalaxyCluster")))
        {
            if (TagOf(Json.Text(cluster, "tag_name") ?? "") is not null && Add(named, Json.TextOrNumber(cluster, "value") ?? "") is { } actor
                && cluster.TryGetProperty("meta", out JsonElement meta))
            {
                actor.Synonyms.UnionWith(Json.Texts(meta, "synonyms"));
            }
        }

        foreach (string tag in Json.Items(element, "Tag").Select(static t => Json.Text(t, "name") ?? ""))
        {
            if (TagOf(tag) is { } start)
            {
                Add(named, tag[start.Length..].TrimEnd('"'));
            }
        }

        List<Named> actors = Distinct(named);
        if (actors.Count > 1)
        {
            string[] names = [.. actors.Select(static a => a.Name).Order(StringComparer.Ordinal)];
            string all = string.Join(", ", names.Take(MaxTold)) + (names.Length > MaxTold ? ", ..." : "");
            reading.Warn($"what is about several actors ({all}) is ascribed to none of them");
            return all;
        }

        if (actors.Count == 0)
        {
            return null;
        }

        foreach (string synonym in actors[0].Synonyms)
        {
            collector.AddAlias(actors[0].Name, synonym);
        }

        foreach (string id in actors[0].GroupIds)
        {
            collector.AddGroupId(actors[0].Name, id);
        }

        return actors[0].Name;
    }

    private static string? TagOf(string tag) => Array.Find(Tags, start => tag.StartsWith(start, StringComparison.OrdinalIgnoreCase));

    // Intrusion sets are named with their id: "APT28 - G0007".
    private static Named? Add(List<Named> named, string written)
    {
        int at = written.LastIndexOf(" - ", StringComparison.Ordinal);
        string? id = at > 0 && IndicatorCollector.IsGroupId(written[(at + 3)..]) ? written[(at + 3)..] : null;
        string name = (id is null ? written : written[..at]).Trim();
        if (name.Length == 0)
        {
            return null;
        }

        Named? known = named.Find(n => n.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (known is null && named.Count < MaxNames)
        {
            named.Add(known = new Named(name));
        }

        if (id is not null)
        {
            known?.GroupIds.Add(id);
        }

        return known;
    }

    private static List<Named> Distinct(List<Named> named)
    {
        List<Named> actors = [];
        foreach (Named one in named)
        {
            if (actors.Find(actor => IsSame(actor, one)) is not { } same)
            {
                actors.Add(one);
                continue;
            }

            same.Synonyms.UnionWith(one.Synonyms);
            same.Synonyms.Add(one.Name);
            same.GroupIds.UnionWith(one.GroupIds);
        }

        return actors;
    }

    // Microsoft, MITRE and MISP call one group differently. That is seen by what the event says of them, or by what is known of the group.
    private static bool IsSame(Named one, Named other) =>
        one.GroupIds.Overlaps(other.GroupIds) || one.Synonyms.Contains(other.Name) || other.Synonyms.Contains(one.Name)
        || (GroupOf(one) is { } group && group == GroupOf(other));

    private static string? GroupOf(Named actor) =>
        KnowledgeBase.Embedded.GroupsOf(new IndicatorList(actor.Name, [], [.. actor.GroupIds])) is [string group] ? group : null;

    private sealed record Named(string Name)
    {
        public SortedSet<string> Synonyms { get; } = new(StringComparer.OrdinalIgnoreCase);

        public SortedSet<string> GroupIds { get; } = new(StringComparer.Ordinal);
    }
}
