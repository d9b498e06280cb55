using System.Buffers.Binary;

namespace Culprit.TestSupport.Evtx;

/// <summary>
/// Damages a finished event log in the ways that real ones are damaged. Each method says whether the checksums are
/// mended afterwards, so that a test meets one defect at a time.
/// </summary>
public static class EvtxDefects
{
    /// <summary>Where a record stands.</summary>
    /// <param name="Chunk">Its chunk, counted from 0.</param>
    /// <param name="Offset">Its first byte, from the file's start.</param>
    /// <param name="Length">Its length in bytes.</param>
    public readonly record struct RecordPlace(int Chunk, int Offset, int Length);

    /// <summary>Every record that the writer wrote, in order.</summary>
    public static IReadOnlyList<RecordPlace> Records(ReadOnlySpan<byte> file)
    {
        var places = new List<RecordPlace>();
        for (int chunk = 0; ChunkStart(chunk) < file.Length; chunk++)
        {
            int start = ChunkStart(chunk);
            int free = start + (int)BinaryPrimitives.ReadUInt32LittleEndian(file[(start + 48)..]);
            for (int offset = start + EvtxChunkBuilder.HeaderSize; offset < free;)
            {
                int length = (int)BinaryPrimitives.ReadUInt32LittleEndian(file[(offset + 4)..]);
                places.Add(new RecordPlace(chunk, offset, length));
                offset += length;
            }
        }

        return places;
    }

    /// <summary>The offset of a chunk's first byte in the file.</summary>
    public static int ChunkStart(int chunk) => 4096 + (chunk * EvtxChunkBuilder.Size);

    /// <summary>Sets the file header's flags (1 dirty, 2 full); the checksum is mended.</summary>
    public static void SetFileFlags(byte[] file, uint flags)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(120), flags);
        EvtxChecksums.FixFileHeader(file);
    }

    /// <summary>Sets the file header's number of chunks, as after a crash; the checksum is mended.</summary>
    public static void SetChunkCount(byte[] file, ushort count)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(42), count);
        BinaryPrimitives.WriteUInt64LittleEndian(file.AsSpan(16), (ulong)Math.Max(0, count - 1));
        EvtxChecksums.FixFileHeader(file);
    }

    /// <summary>Makes the file header's checksum wrong.</summary>
    public static void BreakFileHeaderChecksum(byte[] file) => file[124] ^= 0xFF;

    /// <summary>Makes the checksum of a chunk's header wrong.</summary>
    public static void BreakChunkHeaderChecksum(byte[] file, int chunk) => file[ChunkStart(chunk) + 124] ^= 0xFF;

    /// <summary>Makes the checksum of a chunk's records wrong; the header's own checksum is mended.</summary>
    public static void BreakRecordsChecksum(byte[] file, int chunk)
    {
        Span<byte> bytes = Chunk(file, chunk);
        EvtxChecksums.FixChunk(bytes);
        bytes[52] ^= 0xFF;
        FixChunkHeaderOnly(bytes);
    }

    /// <summary>Overwrites a chunk's magic and header fields with zeros; its records stay whole.</summary>
    public static void WipeChunkHeader(byte[] file, int chunk) => Chunk(file, chunk)[..128].Clear();

    /// <summary>Overwrites a chunk with zeros, as an allocated chunk that was never written.</summary>
    public static void ZeroChunk(byte[] file, int chunk) => Chunk(file, chunk).Clear();

    /// <summary>
    /// Moves a chunk's free space before its last <paramref name="count"/> records: they become slack. Checksums are mended.
    /// </summary>
    public static void TurnIntoSlack(byte[] file, int chunk, int count)
    {
        List<RecordPlace> records = [.. Records(file).Where(r => r.Chunk == chunk)];
        RecordPlace firstLost = records[^count];
        RecordPlace last = records[^(count + 1)];
        Span<byte> bytes = Chunk(file, chunk);
        ulong firstNumber = BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[16..], firstNumber + (ulong)(records.Count - count) - 1);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[32..], BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(last.Offset + 8)));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[44..], (uint)(last.Offset - ChunkStart(chunk)));
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[48..], (uint)(firstLost.Offset - ChunkStart(chunk)));
        EvtxChecksums.FixChunk(bytes);
    }

    /// <summary>Sets the size at a record's start, or the copy at its end; checksums are mended.</summary>
    public static void SetRecordSize(byte[] file, RecordPlace record, uint size, bool copy)
    {
        int offset = copy ? record.Offset + record.Length - 4 : record.Offset + 4;
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(offset), size);
        EvtxChecksums.FixChunk(Chunk(file, record.Chunk));
    }

    /// <summary>Replaces bytes of a record, counted from its start; checksums are mended.</summary>
    public static void Overwrite(byte[] file, RecordPlace record, int at, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(file.AsSpan(record.Offset + at));
        EvtxChecksums.FixChunk(Chunk(file, record.Chunk));
    }

    /// <summary>A chunk's bytes.</summary>
    public static Span<byte> Chunk(byte[] file, int chunk) => file.AsSpan(ChunkStart(chunk), EvtxChunkBuilder.Size);

    private static void FixChunkHeaderOnly(Span<byte> chunk)
    {
        var crc = new System.IO.Hashing.Crc32();
        crc.Append(chunk[..120]);
        crc.Append(chunk[128..512]);
        BinaryPrimitives.WriteUInt32LittleEndian(chunk[124..], crc.GetCurrentHashAsUInt32());
    }
}
