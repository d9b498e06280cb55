using System.Buffers.Binary;
using System.IO.Hashing;

namespace Culprit.Evtx;

/// <summary>The fixed facts of the file format (libevtx, "Windows XML Event Log (EVTX)").</summary>
public static class EvtxFormat
{
    /// <summary>Bytes before the first chunk.</summary>
    public const int FileHeaderSize = 4096;

    /// <summary>Bytes of a chunk: header, string and template tables, records, slack.</summary>
    public const int ChunkSize = 65536;

    /// <summary>Bytes of a chunk before its first record.</summary>
    internal const int ChunkHeaderSize = 512;

    /// <summary>Bytes of a record before its BinXML.</summary>
    internal const int RecordHeaderSize = 24;

    /// <summary>The smallest record: its header and the copy of its size.</summary>
    internal const int MinRecordSize = RecordHeaderSize + 4;

    internal static ReadOnlySpan<byte> FileMagic => "ElfFile\0"u8;

    internal static ReadOnlySpan<byte> ChunkMagic => "ElfChnk\0"u8;

    internal static ReadOnlySpan<byte> RecordMagic => [0x2A, 0x2A, 0, 0];

    /// <summary>Whether the first bytes of a file are those of an event log: a file header, or a bare chunk.</summary>
    public static bool IsEvtx(ReadOnlySpan<byte> start) => start.StartsWith(FileMagic) || start.StartsWith(ChunkMagic);

    internal static uint Crc32Of(ReadOnlySpan<byte> bytes) => Crc32.HashToUInt32(bytes);

    internal static int UInt16At(ReadOnlySpan<byte> bytes, int offset) =>
        BinaryPrimitives.ReadUInt16LittleEndian(bytes[offset..]);

    internal static uint UInt32At(ReadOnlySpan<byte> bytes, int offset) =>
        BinaryPrimitives.ReadUInt32LittleEndian(bytes[offset..]);

    internal static ulong UInt64At(ReadOnlySpan<byte> bytes, int offset) =>
        BinaryPrimitives.ReadUInt64LittleEndian(bytes[offset..]);
}
