using Culprit.Cases.Storage;
using Culprit.Findings;

namespace Culprit.Cases;

/// <summary>What is to be investigated, and the case that keeps it.</summary>
public sealed record CaseRequest
{
    /// <summary>The folder of the case; it is made where there is none.</summary>
    public required string Folder { get; init; }

    /// <summary>What the case is called; null takes the folder's name. A case keeps the name that it was made with.</summary>
    public string? Name { get; init; }

    /// <summary>The evidence and how it is judged. What of the evidence the case has read is not read again.</summary>
    public required InvestigationRequest Investigation { get; init; }

    /// <summary>Who does it.</summary>
    public required CaseActor Actor { get; init; }

    /// <summary>Whether all evidence of the case is read and judged again, by rules or options that differ from the case's.</summary>
    public bool Rejudge { get; init; }

    /// <summary>Whether all events are kept too, as Parquet.</summary>
    public bool KeepEvents { get; init; }

    /// <summary>How many bytes of evidence are read before what was found is committed; a single file that has more is read whole.</summary>
    public long CommitEvery { get; init; } = 512L << 20;

    /// <summary>How the folder is changed; tests replace it to make that fail.</summary>
    internal CaseDisk Disk { get; init; } = CaseDisk.Real;
}
