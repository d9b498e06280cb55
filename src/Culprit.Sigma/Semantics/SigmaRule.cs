using System.Collections.Immutable;

namespace Culprit.Sigma;

/// <summary>Sigma's levels, in rising order of severity.</summary>
public enum SigmaLevel
{
    /// <summary>For the enrichment of events; also a rule that gives no level.</summary>
    Informational,

    /// <summary>Notable, rarely an incident.</summary>
    Low,

    /// <summary>To be reviewed regularly.</summary>
    Medium,

    /// <summary>To be reviewed promptly.</summary>
    High,

    /// <summary>To be reviewed at once.</summary>
    Critical,
}

/// <summary>The place of something in a rule file.</summary>
/// <param name="Path">The file, as the host named it.</param>
/// <param name="Line">1 for the first line; 0 where not known.</param>
/// <param name="Column">1 for the first character; 0 where not known.</param>
public readonly record struct SigmaLocation(string Path, int Line, int Column);

/// <summary>The log source that a rule asks for. An attribute that is not given is empty.</summary>
public sealed record SigmaLogSource(string Product, string Category, string Service);

/// <summary>What detection rules, correlations and filters have in common.</summary>
public abstract record SigmaDocument
{
    /// <summary>The rule's id, lower case as a rule; empty where it gives none.</summary>
    public required string Id { get; init; }

    /// <summary>The name that correlations may use; empty where it gives none.</summary>
    public required string Name { get; init; }

    /// <summary>The title.</summary>
    public required string Title { get; init; }

    /// <summary>Where the document begins.</summary>
    public required SigmaLocation Location { get; init; }

    /// <summary>The level; <see cref="SigmaLevel.Informational"/> where it gives none.</summary>
    public SigmaLevel Level { get; init; }

    /// <summary><c>stable</c>, <c>test</c>, <c>experimental</c>, ...; empty where it gives none.</summary>
    public string Status { get; init; } = "";

    /// <summary>The description.</summary>
    public string Description { get; init; } = "";

    /// <summary>The author.</summary>
    public string Author { get; init; } = "";

    /// <summary>Tags as written, such as <c>attack.t1059.001</c>.</summary>
    public ImmutableArray<string> Tags { get; init; } = [];

    /// <summary>The ids of rules that the rule calls similar under <c>related</c> (Sigma specification 2.1, <c>related</c>).</summary>
    public ImmutableArray<string> Similar { get; init; } = [];

    /// <summary>References.</summary>
    public ImmutableArray<string> References { get; init; } = [];

    /// <summary>Known false positives.</summary>
    public ImmutableArray<string> FalsePositives { get; init; } = [];

    /// <summary>Fields that the author wants shown.</summary>
    public ImmutableArray<string> Fields { get; init; } = [];
}

/// <summary>A detection rule whose meaning is resolved.</summary>
public sealed record SigmaRule : SigmaDocument
{
    /// <summary>The log source.</summary>
    public required SigmaLogSource LogSource { get; init; }

    /// <summary>The detection; several conditions are joined with OR, and filters that apply are joined in.</summary>
    public required Semantics.Expression Detection { get; init; }

    /// <summary>False where a correlation uses the rule without <c>generate</c>: its matches are then no findings of their own.</summary>
    public bool Reported { get; init; } = true;
}
