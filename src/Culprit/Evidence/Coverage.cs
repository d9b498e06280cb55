using System.Collections.Immutable;
using Culprit.Primitives;

namespace Culprit.Evidence;

/// <summary>What of the evidence was read, and what was not and why. Nothing is left out of it.</summary>
public sealed record Coverage
{
    /// <summary>
    /// Every file given or found and every entry of an archive that was reached, sorted by path (ordinal). Paths that do
    /// not exist are here too.
    /// </summary>
    public required ImmutableArray<SourceCoverage> Sources { get; init; }

    /// <summary>The bytes of all files; entries of archives are not added, because their archive is.</summary>
    public required long BytesGiven { get; init; }

    /// <summary>Of <see cref="BytesGiven"/>, those read as what they are.</summary>
    public required long BytesRead { get; init; }

    /// <summary>Of <see cref="BytesGiven"/>, all others.</summary>
    public required long BytesNotRead { get; init; }

    /// <summary>Records that were read, over all sources.</summary>
    public required long RecordsGood { get; init; }

    /// <summary>Records that were found but could not be read, over all sources.</summary>
    public required long RecordsBad { get; init; }

    /// <summary>Records that were recovered where a log is damaged or no longer uses its space; not among the good ones.</summary>
    public required long RecordsRecovered { get; init; }

    /// <summary>Whether the run was stopped before the end.</summary>
    public required bool Stopped { get; init; }
}

/// <summary>What of one source was read.</summary>
public sealed record SourceCoverage
{
    /// <summary>The source.</summary>
    public required EvidenceSource Source { get; init; }

    /// <summary>
    /// <c>evtx</c>, <c>windows-json</c>, <c>iis-w3c</c>, <c>ncsa</c>; <c>zip</c>, <c>gzip</c>, <c>tar</c>,
    /// <c>tar.gz</c>, <c>7z</c>, ... for archives; <c>empty</c>; <c>unknown</c> where it was not recognised or could
    /// not be opened.
    /// </summary>
    public required string Format { get; init; }

    /// <summary>Bytes that were read as this format.</summary>
    public required long BytesRead { get; init; }

    /// <summary>The rest of its bytes.</summary>
    public required long BytesNotRead { get; init; }

    /// <summary>Records that were read.</summary>
    public required long RecordsGood { get; init; }

    /// <summary>Records that were found but could not be read.</summary>
    public required long RecordsBad { get; init; }

    /// <summary>Records that were recovered where the log is damaged or no longer uses its space; not among the good ones.</summary>
    public required long RecordsRecovered { get; init; }

    /// <summary>
    /// Of <see cref="RecordsGood"/>, the events whose data has no names, because what exported them left those out: rules that ask for a field could not judge them.
    /// </summary>
    public long RecordsNameless { get; init; }

    /// <summary>The earliest time of a record; unknown where no record has one.</summary>
    public required EventTime First { get; init; }

    /// <summary>The latest time of a record; unknown where no record has one.</summary>
    public required EventTime Last { get; init; }

    /// <summary>The hosts that its records name, sorted (ordinal), up to <see cref="EvidenceOptions.MaxHosts"/>.</summary>
    public required ImmutableArray<string> Hosts { get; init; }

    /// <summary>What went wrong and where, sorted by place, up to <see cref="EvidenceOptions.MaxProblems"/>.</summary>
    public required ImmutableArray<CoverageProblem> Problems { get; init; }

    /// <summary>How many problems there were beyond those in <see cref="Problems"/>.</summary>
    public required long MoreProblems { get; init; }

    /// <summary>Why it, or the rest of it, was not read; empty when it was read to its end.</summary>
    public required string NotReadReason { get; init; }

    /// <summary>What was assumed about the times of its records; empty when nothing was.</summary>
    public required string TimeAssumption { get; init; }
}

/// <summary>Something in a source that could not be read, or that is not as it should be.</summary>
/// <param name="Offset">Where in the source, in bytes; -1 where it has no place.</param>
/// <param name="Message">What, as a sentence without a full stop.</param>
public sealed record CoverageProblem(long Offset, string Message);
