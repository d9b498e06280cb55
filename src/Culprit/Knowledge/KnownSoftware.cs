using System.Collections.Immutable;

namespace Culprit.Knowledge;

/// <summary>What kind of software it is.</summary>
public enum SoftwareKind
{
    /// <summary>Made to do harm.</summary>
    Malware,

    /// <summary>Sold or shared for other ends too: system programs, remote administration, penetration testing.</summary>
    Tool,

    /// <summary>Malware that is sold, rented, given away or used by many, such as ransomware as a service: who has it need not have made it.</summary>
    Commodity,
}

/// <summary>Software of ATT&amp;CK.</summary>
public sealed class KnownSoftware
{
    /// <summary>Such as <c>S0154</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its other names, by name.</summary>
    public required ImmutableArray<KnownAlias> Aliases { get; init; }

    /// <summary>Malware, commodity or tool.</summary>
    public required SoftwareKind Kind { get; init; }

    /// <summary>The platforms that it is known on, sorted.</summary>
    public required ImmutableArray<string> Platforms { get; init; }

    /// <summary>The techniques that it implements, by identifier.</summary>
    public required ImmutableArray<Relation> Techniques { get; init; }
}
