using System.Collections.Immutable;

namespace Culprit.Cases;

/// <summary>One thing that was done to a case; a line of its custody log.</summary>
public sealed record CustodyEntry
{
    /// <summary>1 for the first.</summary>
    public required int Sequence { get; init; }

    /// <summary>When, in UTC, as the clock of the machine said.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>By whom, as <c>user@machine</c>.</summary>
    public required string Who { get; init; }

    /// <summary>By which program and version.</summary>
    public required string Tool { get; init; }

    /// <summary>The identifier of the key that signed the case afterwards; empty where none did.</summary>
    public required string Signer { get; init; }

    /// <summary><c>create</c>, <c>read</c>, <c>judge</c>, <c>rejudge</c>, <c>note</c>, <c>tag</c>, <c>timestamp</c>, <c>add</c>, <c>export</c>, <c>attribute</c>.</summary>
    public required string Action { get; init; }

    /// <summary>What exactly, as a sentence. It may hold text from evidence.</summary>
    public required string Detail { get; init; }

    /// <summary>The files that it wrote, each with the SHA-256 of its bytes, by path; null for one that it removed.</summary>
    public required ImmutableSortedDictionary<string, string?> Files { get; init; }

    /// <summary>SHA-256 over all files of the case after it: a line <c>sha256  path</c> for each, sorted by path (ordinal).</summary>
    public required string State { get; init; }

    /// <summary>The hash of the entry before; 64 zeros for the first.</summary>
    public required string Previous { get; init; }

    /// <summary>SHA-256 of the line without this field.</summary>
    public required string Hash { get; init; }
}
