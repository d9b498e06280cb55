namespace Culprit.Evtx;

/// <summary>How to read. The limits bound the time and the memory that a hostile file can cost.</summary>
public sealed record EvtxOptions
{
    /// <summary>Reading the records that the log holds, with the usual limits.</summary>
    public static EvtxOptions Default { get; } = new();

    /// <summary>Whether records in the unused part of a chunk are read too, flagged as slack.</summary>
    public bool IncludeSlack { get; init; }

    /// <summary>How deep elements may nest in one fragment; a deeper record is bad.</summary>
    public int MaxDepth { get; init; } = 64;

    /// <summary>How deep fragments may nest in the values of fragments; a deeper record is bad.</summary>
    public int MaxNesting { get; init; } = 8;

    /// <summary>How many substitution values one record may hold, over all its nested templates; a larger one is bad.</summary>
    public int MaxValues { get; init; } = 16384;

    /// <summary>How many fields one record may have; a larger one is bad.</summary>
    public int MaxFields { get; init; } = 16384;
}
