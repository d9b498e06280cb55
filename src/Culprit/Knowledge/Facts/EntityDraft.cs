using System.Collections.Immutable;

namespace Culprit.Knowledge.Facts;

/// <summary>What an <see cref="EntityDraft"/> becomes.</summary>
internal enum EntityKind
{
    Group,
    Malware,
    Tool,
    Commodity,
    Campaign,
}

/// <summary>A group, software or campaign while its facts are collected. The same fact may be added several times, with other sources.</summary>
internal sealed class EntityDraft(EntityKind kind, string id, string name)
{
    public EntityKind Kind { get; } = kind;

    /// <summary>Whether it becomes software of some kind.</summary>
    public bool IsSoftware => Kind is EntityKind.Malware or EntityKind.Tool or EntityKind.Commodity;

    public string Id { get; } = id;

    public string Name { get; } = name;

    public DateOnly Created { get; init; }

    public DateOnly? FirstSeen { get; init; }

    public DateOnly? LastSeen { get; init; }

    public ImmutableArray<string> Platforms { get; init; } = [];

    public List<KnownAlias> Aliases { get; } = [];

    public List<Relation> Techniques { get; } = [];

    public List<Relation> Software { get; } = [];

    public List<Relation> Vulnerabilities { get; } = [];

    public List<Relation> AttributedTo { get; } = [];

    public List<CountryClaim> Countries { get; } = [];

    public List<SponsorClaim> Sponsors { get; } = [];

    /// <summary>Adds every source that a fact of it rests on.</summary>
    public void AddCited(HashSet<KnownSource> cited)
    {
        foreach (KnownAlias alias in Aliases)
        {
            Add(alias.Sources);
        }

        foreach (List<Relation> relations in (ReadOnlySpan<List<Relation>>)[Techniques, Software, Vulnerabilities, AttributedTo])
        {
            foreach (Relation relation in relations)
            {
                Add(relation.Sources);
            }
        }

        foreach (CountryClaim claim in Countries)
        {
            Add(claim.Sources);
        }

        foreach (SponsorClaim claim in Sponsors)
        {
            Add(claim.Sources);
        }

        void Add(ImmutableArray<KnownSource> sources)
        {
            foreach (KnownSource source in sources)
            {
                cited.Add(source);
            }
        }
    }

    /// <summary>The group, with what an actor adds that is certainly the same.</summary>
    public KnownGroup ToGroup(KnownActor? actor)
    {
        List<CountryClaim> countries = [.. Countries.GroupBy(static c => c.Country, StringComparer.Ordinal)
            .OrderBy(static g => g.Key, StringComparer.Ordinal)
            .Select(static g => g.First() with { Suspected = g.Any(static c => c.Suspected), Sources = Joined(g.SelectMany(static c => c.Sources)) })];
        List<SponsorClaim> sponsors = [.. Sponsors.GroupBy(static s => s.Sponsor, StringComparer.Ordinal)
            .OrderBy(static g => g.Key, StringComparer.Ordinal)
            .Select(static g => g.First() with { Suspected = g.Any(static s => s.Suspected), Sources = Joined(g.SelectMany(static s => s.Sources)) })];
        if (actor?.Country is { } country)
        {
            countries.Add(new CountryClaim(country, ClaimOrigin.MispGalaxy, Suspected: false, actor.Confidence, actor.Uuid, []));
        }

        if (actor?.Sponsor is { } sponsor)
        {
            sponsors.Add(new SponsorClaim(sponsor, Places.CountryNames.Code(sponsor), ClaimOrigin.MispGalaxy, Suspected: true, actor.Uuid, []));
        }

        return new KnownGroup
        {
            Id = Id,
            Name = Name,
            Aliases = SortedAliases(),
            Created = Created,
            Techniques = Sorted(Techniques),
            Software = Sorted(Software),
            Vulnerabilities = Sorted(Vulnerabilities),
            Countries = [.. countries],
            Sponsors = [.. sponsors],
            Victims = actor?.Victims,
            ActorIds = actor is null ? [] : [actor.Uuid],
        };
    }

    public KnownSoftware ToSoftware() => new()
    {
        Id = Id,
        Name = Name,
        Aliases = SortedAliases(),
        Kind = Kind switch { EntityKind.Tool => SoftwareKind.Tool, EntityKind.Commodity => SoftwareKind.Commodity, _ => SoftwareKind.Malware },
        Platforms = Platforms,
        Techniques = Sorted(Techniques),
    };

    public KnownCampaign ToCampaign() => new()
    {
        Id = Id,
        Name = Name,
        Aliases = SortedAliases(),
        FirstSeen = FirstSeen,
        LastSeen = LastSeen,
        AttributedTo = Sorted(AttributedTo),
        Techniques = Sorted(Techniques),
        Software = Sorted(Software),
        Vulnerabilities = Sorted(Vulnerabilities),
    };

    private ImmutableArray<KnownAlias> SortedAliases() =>
        Sorted(Aliases, static a => a.Name, static a => a.Sources, static (name, sources) => new KnownAlias(name, sources));

    private static ImmutableArray<Relation> Sorted(List<Relation> relations) =>
        Sorted(relations, static r => r.Target, static r => r.Sources, static (target, sources) => new Relation(target, sources));

    // Facts are kept sorted, so that most often there is nothing to do but to see that.
    private static ImmutableArray<T> Sorted<T>(
        List<T> facts, Func<T, string> key, Func<T, ImmutableArray<KnownSource>> sources, Func<string, ImmutableArray<KnownSource>, T> create)
    {
        bool inOrder = true;
        for (int i = 0; i < facts.Count && inOrder; i++)
        {
            inOrder = (i == 0 || string.CompareOrdinal(key(facts[i - 1]), key(facts[i])) < 0) && AreInOrder(sources(facts[i]));
        }

        return inOrder
            ? [.. facts]
            : [.. facts.GroupBy(key, StringComparer.Ordinal).OrderBy(static g => g.Key, StringComparer.Ordinal)
                .Select(g => create(g.Key, Joined(g.SelectMany(fact => sources(fact)))))];
    }

    private static bool AreInOrder(ImmutableArray<KnownSource> sources)
    {
        for (int i = 1; i < sources.Length; i++)
        {
            if (sources[i - 1].Number >= sources[i].Number)
            {
                return false;
            }
        }

        return true;
    }

    private static ImmutableArray<KnownSource> Joined(IEnumerable<KnownSource> sources) =>
        [.. sources.Distinct().OrderBy(static s => s.Number)];
}

/// <summary>An actor while its facts are collected.</summary>
internal sealed class ActorDraft(string uuid, string name)
{
    public string Uuid { get; } = uuid;

    public string Name { get; } = name;

    public string? Country { get; init; }

    public int? Confidence { get; init; }

    public string? Sponsor { get; init; }

    public List<string> Aliases { get; } = [];

    public List<string> References { get; } = [];

    public List<string> VictimCountries { get; } = [];

    public List<string> VictimSectors { get; } = [];

    public List<string> OtherVictims { get; } = [];

    public KnownActor ToActor() => new()
    {
        Uuid = Uuid,
        Name = Name,
        Aliases = Sorted(Aliases),
        Country = Country,
        Confidence = Confidence,
        Sponsor = Sponsor,
        Victims = VictimCountries.Count + VictimSectors.Count + OtherVictims.Count == 0
            ? null
            : new KnownVictims(Uuid, Sorted(VictimCountries), Sorted(VictimSectors), Sorted(OtherVictims)),
        References = Sorted(References),
    };

    private static ImmutableArray<string> Sorted(List<string> values)
    {
        for (int i = 1; i < values.Count; i++)
        {
            if (string.CompareOrdinal(values[i - 1], values[i]) >= 0)
            {
                return [.. values.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
            }
        }

        return [.. values];
    }
}
