using System.IO.Hashing;
using Culprit.Evtx.BinXml;

namespace Culprit.Evtx;

/// <content>What the header says, and how problems are worded.</content>
public sealed partial class EvtxChunkReader
{
    // Where the records end. A chunk without header is broken from its first byte.
    private int CheckHeader(ReadOnlySpan<byte> chunk, long fileOffset, ICollection<EvtxProblem> problems)
    {
        if (chunk.Length < EvtxFormat.ChunkSize)
        {
            problems.Add(new EvtxProblem(
                EvtxProblemKind.CutChunk,
                fileOffset,
                $"a chunk has {EvtxFormat.ChunkSize} bytes, here are {chunk.Length}"));
        }

        if (chunk.Length < EvtxFormat.ChunkHeaderSize || !chunk.StartsWith(EvtxFormat.ChunkMagic))
        {
            Break();
            problems.Add(new EvtxProblem(
                EvtxProblemKind.ChunkHeader,
                fileOffset,
                "a chunk header is expected; records are looked for by their signature"));
            return chunk.Length;
        }

        if (HeaderSum(chunk) != EvtxFormat.UInt32At(chunk, 124))
        {
            problems.Add(new EvtxProblem(EvtxProblemKind.Checksum, fileOffset, "the chunk header does not fit its CRC-32"));
        }

        uint free = EvtxFormat.UInt32At(chunk, 48);
        if (free is < EvtxFormat.ChunkHeaderSize or > EvtxFormat.ChunkSize)
        {
            problems.Add(new EvtxProblem(
                EvtxProblemKind.ChunkHeader,
                fileOffset + 48,
                $"the chunk says that its free space starts at {free}"));
            return chunk.Length;
        }

        if (free > chunk.Length)
        {
            return chunk.Length;
        }

        if (EvtxFormat.Crc32Of(chunk[EvtxFormat.ChunkHeaderSize..(int)free]) != EvtxFormat.UInt32At(chunk, 52))
        {
            problems.Add(new EvtxProblem(
                EvtxProblemKind.Checksum,
                fileOffset + EvtxFormat.ChunkHeaderSize,
                "the records of the chunk do not fit their CRC-32"));
        }

        return (int)free;
    }

    private static uint HeaderSum(ReadOnlySpan<byte> chunk)
    {
        // The sum leaves out its own place and the flags before it.
        Span<byte> covered = stackalloc byte[120 + EvtxFormat.ChunkHeaderSize - 128];
        chunk[..120].CopyTo(covered);
        chunk[128..EvtxFormat.ChunkHeaderSize].CopyTo(covered[120..]);
        return Crc32.HashToUInt32(covered);
    }

    private static EvtxProblem Problem(Fault fault, long offset, ulong recordId)
    {
        EvtxProblemKind kind = fault is Fault.TooDeep or Fault.TooLarge or Fault.TooMuchWork
            ? EvtxProblemKind.Limit
            : EvtxProblemKind.BinXml;
        string cause = fault switch
        {
            Fault.Truncated => "its BinXML ends too early",
            Fault.UnknownToken => "its BinXML holds a token that cannot stand there",
            Fault.UnknownValueType => "its BinXML holds a value of an unknown type",
            Fault.BadName => "a name stands outside the chunk",
            Fault.BadTemplate => "its template stands outside the chunk",
            Fault.TooDeep => "its elements nest too deep",
            Fault.TooMuchWork => "the templates of its chunk are too large together",
            _ => "it has too many values or fields",
        };
        return new EvtxProblem(kind, offset, $"record {recordId}: {cause}");
    }
}
