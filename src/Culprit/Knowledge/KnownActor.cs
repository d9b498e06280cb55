using System.Collections.Immutable;

namespace Culprit.Knowledge;

/// <summary>An actor of the MISP galaxy's threat-actor cluster.</summary>
public sealed class KnownActor
{
    /// <summary>Its identifier, lower case.</summary>
    public required string Uuid { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its other names, sorted.</summary>
    public required ImmutableArray<string> Aliases { get; init; }

    /// <summary>ISO 3166-1 alpha-2 of the country that it is said to act from or for; null where none is given.</summary>
    public required string? Country { get; init; }

    /// <summary>MISP's attribution confidence, 0 to 100; null where none is given.</summary>
    public required int? Confidence { get; init; }

    /// <summary>The suspected state sponsor, as published; null where none is given.</summary>
    public required string? Sponsor { get; init; }

    /// <summary>Whom it is said to have attacked; null where nothing is said.</summary>
    public required KnownVictims? Victims { get; init; }

    /// <summary>The addresses of what was published about it, sorted.</summary>
    public required ImmutableArray<string> References { get; init; }
}

/// <summary>Why a group and an actor could not be told to be the same.</summary>
public enum QuestionKind
{
    /// <summary>The group shares names with several actors.</summary>
    SeveralActors,

    /// <summary>The one actor that the group shares names with shares names with other groups too.</summary>
    SharedActor,
}

/// <summary>An actor that a group may be.</summary>
/// <param name="ActorId"><see cref="KnownActor.Uuid"/>.</param>
/// <param name="ActorName"><see cref="KnownActor.Name"/>.</param>
/// <param name="SharedNames">The group's names that the actor has too, sorted; its identifier among them where the actor goes by that.</param>
/// <param name="OtherGroups">Identifiers of the other groups that share a name with the actor, sorted.</param>
public sealed record CandidateActor(
    string ActorId, string ActorName, ImmutableArray<string> SharedNames, ImmutableArray<string> OtherGroups);

/// <summary>
/// Names that mean several things. Publishers draw the borders of groups differently; such names are kept as a question
/// rather than answered by merging what may not be the same.
/// </summary>
/// <param name="Kind">Why it is open.</param>
/// <param name="GroupId">The group.</param>
/// <param name="Candidates">The actors that it may be, by <see cref="CandidateActor.ActorId"/>.</param>
public sealed record OpenQuestion(QuestionKind Kind, string GroupId, ImmutableArray<CandidateActor> Candidates);
