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
