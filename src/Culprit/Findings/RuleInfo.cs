using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Culprit.Findings;

/// <summary>What people and outputs need to know of a rule.</summary>
public sealed record RuleInfo
{
    /// <summary>The rule's id; empty where it gives none.</summary>
    public required string Id { get; init; }

    /// <summary>The short name that correlations use; empty where it gives none.</summary>
    public required string Name { get; init; }

    /// <summary>The title, in plain words.</summary>
    public required string Title { get; init; }

    /// <summary>The level.</summary>
    public required FindingLevel Level { get; init; }

    /// <summary>Whether it joins several events.</summary>
    public required bool IsCorrelation { get; init; }

    /// <summary><c>stable</c>, <c>test</c>, <c>experimental</c>, ...; empty where it gives none.</summary>
    public required string Status { get; init; }

    /// <summary>What the rule finds, at length.</summary>
    public required string Description { get; init; }

    /// <summary>The author.</summary>
    public required string Author { get; init; }

    /// <summary>The log source that it speaks of, such as <c>windows/process_creation</c>; for correlations, its type.</summary>
    public required string LogSource { get; init; }

    /// <summary>ATT&amp;CK ids.</summary>
    public required AttackReferences Attack { get; init; }

    /// <summary>The vulnerabilities that its tags (Sigma tags specification, namespace <c>cve</c>) or its title name: CVE identifiers, sorted.</summary>
    public ImmutableArray<string> Vulnerabilities { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>The ids of rules that find parts of the same act, or the same otherwise, as the rule says under <c>related</c>.</summary>
    public ImmutableArray<string> Similar { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>Where the facts come from.</summary>
    public required ImmutableArray<string> References { get; init; }

    /// <summary>What else may look like this.</summary>
    public required ImmutableArray<string> FalsePositives { get; init; }

    /// <summary>The file that it stands in.</summary>
    public required string Path { get; init; }

    /// <summary>The line at which it begins, 1 for the first.</summary>
    public required int Line { get; init; }

    /// <summary>The indicator that the rule stands for; null for a rule that somebody wrote.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IndicatorInfo? Indicator { get; init; }

    // Position in the catalogue's rules, or in its correlations; -1 for an indicator.
    internal int Index { get; init; }

    // Position among all of the catalogue's rules by id, title and place: the order of equal findings.
    internal int Rank { get; init; }
}
