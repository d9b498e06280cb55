namespace Culprit.Evtx;

/// <summary>What a file says about itself. Nothing here is trusted when reading: the chunks are.</summary>
/// <param name="FirstChunk">The number of the oldest chunk.</param>
/// <param name="LastChunk">The number of the newest chunk.</param>
/// <param name="NextRecordId">The identifier that the next record would get.</param>
/// <param name="MajorVersion">3 in every known file.</param>
/// <param name="MinorVersion">1, or 2 since Windows 10 2004.</param>
/// <param name="ChunkCount">The number of chunks; 16 bits, so it overflows past 4 GB, and it lags behind in a dirty file.</param>
/// <param name="IsDirty">The log was not closed.</param>
/// <param name="IsFull">The log reached its maximal size.</param>
/// <param name="ChecksumIsRight">The header's CRC-32 is that of its bytes.</param>
public sealed record EvtxFileHeader(
    ulong FirstChunk,
    ulong LastChunk,
    ulong NextRecordId,
    int MajorVersion,
    int MinorVersion,
    int ChunkCount,
    bool IsDirty,
    bool IsFull,
    bool ChecksumIsRight)
{
    private const int Size = 128;

    /// <summary>Reads a header, or gives null where the bytes are too few or not a header.</summary>
    public static EvtxFileHeader? TryRead(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Size || !bytes.StartsWith(EvtxFormat.FileMagic))
        {
            return null;
        }

        uint flags = EvtxFormat.UInt32At(bytes, 120);
        return new EvtxFileHeader(
            EvtxFormat.UInt64At(bytes, 8),
            EvtxFormat.UInt64At(bytes, 16),
            EvtxFormat.UInt64At(bytes, 24),
            MajorVersion: EvtxFormat.UInt16At(bytes, 38),
            MinorVersion: EvtxFormat.UInt16At(bytes, 36),
            ChunkCount: EvtxFormat.UInt16At(bytes, 42),
            IsDirty: (flags & 1) != 0,
            IsFull: (flags & 2) != 0,
            ChecksumIsRight: EvtxFormat.Crc32Of(bytes[..120]) == EvtxFormat.UInt32At(bytes, 124));
    }
}
