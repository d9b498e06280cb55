namespace Culprit.Evidence;

/// <summary>How evidence is read, and the limits that hostile evidence meets.</summary>
public sealed record EvidenceOptions
{
    /// <summary>Worker threads. With 1 everything runs on the caller's thread. The result never depends on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Whether records are also recovered from the unused end of event log chunks.</summary>
    public bool IncludeSlack { get; init; }

    /// <summary>Folders that are not looked into: what the run itself writes is no evidence.</summary>
    public IReadOnlyList<string> LeftOut { get; init; } = [];

    /// <summary>The longest record of a text format, in bytes; longer ones are counted bad.</summary>
    public int MaxRecordBytes { get; init; } = 4 << 20;

    /// <summary>How deep JSON may nest.</summary>
    public int MaxJsonDepth { get; init; } = 64;

    /// <summary>How many archives may lie within one another.</summary>
    public int MaxArchiveDepth { get; init; } = 4;

    /// <summary>How many entries of one outermost archive are read.</summary>
    public int MaxArchiveEntries { get; init; } = 100_000;

    /// <summary>How many bytes are unpacked from one outermost archive.</summary>
    public long MaxUnpackedBytes { get; init; } = 1L << 40;

    /// <summary>
    /// How many times larger than its archive an entry may be once it is larger than <see cref="RatioFloorBytes"/>.
    /// </summary>
    public int MaxUnpackRatio { get; init; } = 1000;

    /// <summary>Entries up to this size are not held to <see cref="MaxUnpackRatio"/>.</summary>
    public long RatioFloorBytes { get; init; } = 64L << 20;

    /// <summary>
    /// The largest archive within an archive that has to be set aside on disk, because its format is read from the end.
    /// </summary>
    public long MaxSpooledBytes { get; init; } = 8L << 30;

    /// <summary>How many host names are kept for each source; those that sort first are.</summary>
    public int MaxHosts { get; init; } = 100;

    /// <summary>How many problems are kept for each source; those nearest to its start are, and the rest are counted.</summary>
    public int MaxProblems { get; init; } = 100;

    /// <summary>Opens a file; tests replace it to make reading fail.</summary>
    internal Func<string, Stream>? OpenFile { get; init; }
}

/// <summary>How far a run has come.</summary>
/// <param name="BytesRead">Of the bytes given; of an archive, its packed bytes.</param>
/// <param name="BytesTotal">All bytes given.</param>
/// <param name="Records">Good records handed out so far.</param>
/// <param name="SourcesDone">Files finished.</param>
/// <param name="SourcesTotal">Files given.</param>
public sealed record EvidenceProgress(long BytesRead, long BytesTotal, long Records, int SourcesDone, int SourcesTotal);
