using System.Collections.Immutable;

namespace Culprit.Knowledge;

/// <summary>A group of ATT&amp;CK, with what the MISP actor that is certainly the same adds.</summary>
public sealed class KnownGroup
{
    /// <summary>Such as <c>G0016</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The name that ATT&amp;CK files it under.</summary>
    public required string Name { get; init; }

    /// <summary>The other names that ATT&amp;CK gives, by name.</summary>
    public required ImmutableArray<KnownAlias> Aliases { get; init; }

    /// <summary>The day on which ATT&amp;CK first listed it; it may have been active, and reported on, long before.</summary>
    public required DateOnly Created { get; init; }

    /// <summary>The techniques that it is said to use, by identifier.</summary>
    public required ImmutableArray<Relation> Techniques { get; init; }

    /// <summary>The software that it is said to use, by identifier.</summary>
    public required ImmutableArray<Relation> Software { get; init; }

    /// <summary>The vulnerabilities (CVE) that it is said to have exploited, by identifier.</summary>
    public required ImmutableArray<Relation> Vulnerabilities { get; init; }

    /// <summary>The countries that it is said to act from or for, by each origin that says so.</summary>
    public required ImmutableArray<CountryClaim> Countries { get; init; }

    /// <summary>Who is said to stand behind it.</summary>
    public required ImmutableArray<SponsorClaim> Sponsors { get; init; }

    /// <summary>Whom it is said to have attacked; null where the origins do not say.</summary>
    public required KnownVictims? Victims { get; init; }

    /// <summary>The MISP actors that are certainly the same (<see cref="KnownActor.Uuid"/>); see <see cref="OpenQuestion"/> for the others.</summary>
    public required ImmutableArray<string> ActorIds { get; init; }
}

/// <summary>An intrusion, or several with one aim, that ATT&amp;CK describes by itself.</summary>
public sealed class KnownCampaign
{
    /// <summary>Such as <c>C0024</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its other names, by name.</summary>
    public required ImmutableArray<KnownAlias> Aliases { get; init; }

    /// <summary>The first day of it that is known; null where none is.</summary>
    public required DateOnly? FirstSeen { get; init; }

    /// <summary>The last day of it that is known; null where none is.</summary>
    public required DateOnly? LastSeen { get; init; }

    /// <summary>The groups that it is attributed to, by identifier.</summary>
    public required ImmutableArray<Relation> AttributedTo { get; init; }

    /// <summary>The techniques used in it, by identifier.</summary>
    public required ImmutableArray<Relation> Techniques { get; init; }

    /// <summary>The software used in it, by identifier.</summary>
    public required ImmutableArray<Relation> Software { get; init; }

    /// <summary>The vulnerabilities (CVE) exploited in it, by identifier.</summary>
    public required ImmutableArray<Relation> Vulnerabilities { get; init; }
}
