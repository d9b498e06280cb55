using System.Collections.Immutable;

namespace Culprit.Knowledge;

/// <summary>That something uses, exploits or is attributed to something else, and who published it.</summary>
/// <param name="Target">The identifier of the other end: a technique, software, a group, or a CVE identifier.</param>
/// <param name="Sources">Who says so, by number; may be empty.</param>
public sealed record Relation(string Target, ImmutableArray<KnownSource> Sources);

/// <summary>Another name of something, and who uses it.</summary>
/// <param name="Name">The name, as published.</param>
/// <param name="Sources">Who uses it, by number; may be empty.</param>
public sealed record KnownAlias(string Name, ImmutableArray<KnownSource> Sources);

/// <summary>Which collection makes a claim.</summary>
public enum ClaimOrigin
{
    /// <summary>MITRE ATT&amp;CK.</summary>
    Attack,

    /// <summary>The threat-actor cluster of the MISP galaxy.</summary>
    MispGalaxy,
}

/// <summary>That a group acts from or for a country. It is what somebody published, and no finding of Culprit's.</summary>
/// <param name="Country">ISO 3166-1 alpha-2.</param>
/// <param name="Origin">Which collection says so.</param>
/// <param name="Suspected">Whether it is worded with reserve ("suspected", "likely", "linked to"). MISP words nothing; see <paramref name="Confidence"/>.</param>
/// <param name="Confidence">MISP's attribution confidence, 0 to 100; null where none is given.</param>
/// <param name="ActorId">The MISP actor that says so; null for ATT&amp;CK. Its addresses are in <see cref="KnownActor.References"/>.</param>
/// <param name="Sources">What is cited where ATT&amp;CK says so; may be empty.</param>
public sealed record CountryClaim(
    string Country, ClaimOrigin Origin, bool Suspected, int? Confidence, string? ActorId, ImmutableArray<KnownSource> Sources);

/// <summary>That a body of a state, or a state, stands behind a group. It is what somebody published, and no finding of Culprit's.</summary>
/// <param name="Sponsor">The body or state, such as <c>Foreign Intelligence Service (SVR)</c>.</param>
/// <param name="Country">ISO 3166-1 alpha-2 of the state; null where the name does not tell.</param>
/// <param name="Origin">Which collection says so.</param>
/// <param name="Suspected">Whether it is worded with reserve; always so for MISP, which speaks of suspected sponsors.</param>
/// <param name="ActorId">The MISP actor that says so; null for ATT&amp;CK.</param>
/// <param name="Sources">What is cited where ATT&amp;CK says so; may be empty.</param>
public sealed record SponsorClaim(
    string Sponsor, string? Country, ClaimOrigin Origin, bool Suspected, string? ActorId, ImmutableArray<KnownSource> Sources);

/// <summary>Whom a group is said to have attacked, by the MISP galaxy.</summary>
/// <param name="ActorId">The MISP actor that says so.</param>
/// <param name="Countries">ISO 3166-1 alpha-2, sorted.</param>
/// <param name="Sectors">Sectors and categories as published, sorted.</param>
/// <param name="Others">Victims that are no country: organisations and regions, as published, sorted.</param>
public sealed record KnownVictims(
    string ActorId, ImmutableArray<string> Countries, ImmutableArray<string> Sectors, ImmutableArray<string> Others);
