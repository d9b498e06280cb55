namespace Culprit.Evtx;

/// <summary>What is wrong at a place of a file.</summary>
public enum EvtxProblemKind
{
    /// <summary>The file header is missing, cut or not one.</summary>
    FileHeader,

    /// <summary>The file was not closed by the event service; its header lags behind. The chunks are read all the same.</summary>
    Dirty,

    /// <summary>A CRC-32 does not fit. What it covers is read all the same.</summary>
    Checksum,

    /// <summary>The chunk header is missing or not one; records are looked for by their signature.</summary>
    ChunkHeader,

    /// <summary>The file ends inside a chunk.</summary>
    CutChunk,

    /// <summary>There are bytes where a record is expected, but no record; reading goes on at the next signature.</summary>
    LostRecords,

    /// <summary>The size of a record differs from its copy, or does not fit the chunk.</summary>
    RecordSize,

    /// <summary>The BinXML of a record cannot be read; the record is bad.</summary>
    BinXml,

    /// <summary>A record passes a limit of <see cref="EvtxOptions"/>; the record is bad.</summary>
    Limit,
}

/// <summary>Something wrong with a file, and where.</summary>
/// <param name="Kind">What kind of thing.</param>
/// <param name="Offset">Where, in bytes from the start of the file.</param>
/// <param name="Message">What, where, need and have, for a person.</param>
public sealed record EvtxProblem(EvtxProblemKind Kind, long Offset, string Message);

/// <summary>How many records a chunk gave.</summary>
/// <param name="Good">Records handed to the visitor that the chunk vouches for.</param>
/// <param name="Bad">
/// Records that could not be read, and one more where the chain of records breaks: at least one is lost there.
/// </param>
/// <param name="Slack">
/// Records found by their signature and handed to the visitor flagged <see cref="EvtxRecord.IsSlack"/>: after a break or in a
/// chunk without header always, from the unused part of a chunk where <see cref="EvtxOptions.IncludeSlack"/> says so.
/// </param>
public readonly record struct EvtxChunkResult(int Good, int Bad, int Slack);
