using System.Collections.Immutable;

namespace Culprit.Cases;

/// <summary>How a check of a case ended.</summary>
public enum CheckState
{
    /// <summary>It holds.</summary>
    Passed,

    /// <summary>It could not be made, or not wholly: evidence is missing, or the rules are others.</summary>
    NotMade,

    /// <summary>It does not hold.</summary>
    Failed,
}

/// <summary>One check of a case and how it ended.</summary>
public sealed record CaseCheck
{
    /// <summary>How many problems are kept; <see cref="ProblemCount"/> stays exact beyond it.</summary>
    public const int MaxProblems = 20;

    /// <summary>What the check is called, such as <c>custody</c>; never renamed.</summary>
    public required string Code { get; init; }

    /// <summary>What is checked, as a sentence without its full stop.</summary>
    public required string Title { get; init; }

    /// <summary>How it ended.</summary>
    public required CheckState State { get; init; }

    /// <summary>What was held against what, and how much of it, as a sentence.</summary>
    public required string Detail { get; init; }

    /// <summary>What does not hold or could not be checked, and where; each a sentence without its full stop. It may hold text from evidence.</summary>
    public required ImmutableArray<string> Problems { get; init; }

    /// <summary>How many problems there are.</summary>
    public required long ProblemCount { get; init; }

    /// <summary>What to do about it, as a sentence; empty where it holds.</summary>
    public required string Advice { get; init; }
}
