namespace Culprit.Knowledge;

/// <summary>What a name can mean.</summary>
public enum KnownKind
{
    /// <summary><see cref="KnownGroup"/>.</summary>
    Group,

    /// <summary><see cref="KnownSoftware"/>.</summary>
    Software,

    /// <summary><see cref="KnownTechnique"/>.</summary>
    Technique,

    /// <summary><see cref="KnownCampaign"/>.</summary>
    Campaign,

    /// <summary><see cref="KnownActor"/>.</summary>
    Actor,

    /// <summary>A vulnerability by its CVE identifier.</summary>
    Vulnerability,
}

/// <summary>Something that a text means.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Id">Its identifier; for an actor its UUID.</param>
/// <param name="Name">The name that it is filed under.</param>
/// <param name="Matched">Its identifier, name or alias that the text is, as published; an identifier that was withdrawn in its favour among them.</param>
public sealed record KnownName(KnownKind Kind, string Id, string Name, string Matched);
