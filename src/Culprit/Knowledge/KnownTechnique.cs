using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Culprit.Knowledge;

/// <summary>A technique or sub-technique of ATT&amp;CK.</summary>
public sealed class KnownTechnique
{
    // What goes before an intrusion: two tactics today, and those of PRE-ATT&CK, which ATT&CK took in with its version 8.
    private static readonly FrozenSet<string> TacticsElsewhere = FrozenSet.Create(
        StringComparer.Ordinal,
        "reconnaissance", "resource-development",
        "priority-definition-planning", "priority-definition-direction", "target-selection", "technical-information-gathering", "people-information-gathering",
        "organizational-information-gathering", "technical-weakness-identification", "people-weakness-identification", "organizational-weakness-identification",
        "adversary-opsec", "establish-&-maintain-infrastructure", "persona-development", "build-capabilities", "test-capabilities", "stage-capabilities");

    /// <summary>Such as <c>T1505</c> or <c>T1505.003</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Its name, without that of its parent.</summary>
    public required string Name { get; init; }

    /// <summary>The short names of its tactics, such as <c>credential-access</c>, sorted.</summary>
    public required ImmutableArray<string> Tactics { get; init; }

    /// <summary>The technique that it is a part of; null for a technique.</summary>
    public required string? Parent { get; init; }

    /// <summary>The platforms that it is known on, sorted.</summary>
    public required ImmutableArray<string> Platforms { get; init; }

    /// <summary>
    /// Whether the victim's own logs can show it. False where its only tactics are <c>reconnaissance</c>,
    /// <c>resource-development</c> and those of PRE-ATT&amp;CK, which take place elsewhere (ATT&amp;CK's platform PRE).
    /// </summary>
    public bool Detectable => Tactics.IsEmpty || !Tactics.All(TacticsElsewhere.Contains);
}

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
