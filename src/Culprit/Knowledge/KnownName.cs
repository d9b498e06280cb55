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

/// <summary>What a knowledge base was built from.</summary>
/// <param name="Origin">Which collection.</param>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its version as it names it; empty where it names none.</param>
/// <param name="Date">The day of its newest fact; null where it gives no dates.</param>
/// <param name="Licence">Under which terms it is given.</param>
/// <param name="Notice">The notice that those terms ask to be kept; empty where they ask for none.</param>
public sealed record KnowledgeOrigin(ClaimOrigin Origin, string Name, string Version, DateOnly? Date, string Licence, string Notice);

/// <summary>What knowledge was read from cannot be used. The message says where, what is wrong, and what to do.</summary>
public sealed class KnowledgeException : Exception
{
    /// <summary>With what is wrong.</summary>
    public KnowledgeException(string message)
        : base(message)
    {
    }

    /// <summary>With what is wrong and what showed it.</summary>
    public KnowledgeException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
