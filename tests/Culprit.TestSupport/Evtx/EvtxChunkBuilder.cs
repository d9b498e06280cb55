using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace Culprit.TestSupport.Evtx;

/// <summary>
/// One 64 KiB chunk under construction: records, the names and templates that they share, and the two hash tables
/// that find them. A record that turns out not to fit is taken back whole, with the names and templates it brought.
/// </summary>
internal sealed class EvtxChunkBuilder
{
    public const int Size = 65536;
    public const int HeaderSize = 512;

    // Larger than a chunk: a record is written first and judged afterwards.
    private byte[] _bytes = new byte[Size * 2];
    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<BinXmlTemplate, int> _templates = [];
    private readonly List<(string Name, int Bucket, uint Previous)> _nameJournal = [];
    private readonly List<(BinXmlTemplate Template, int Bucket, uint Previous)> _templateJournal = [];
    private int _end = HeaderSize;
    private int _lastRecord;
    private ulong _firstId;
    private ulong _lastId;

    public int Count { get; private set; }

    /// <summary>The next byte to be written.</summary>
    public int Position { get; private set; } = HeaderSize;

    /// <summary>Writes a record; false where it does not fit, and then the chunk is as it was.</summary>
    /// <exception cref="InvalidOperationException">The record does not even fit an empty chunk.</exception>
    public bool TryWriteRecord(ulong id, long fileTime, IReadOnlyList<BinXmlNode> fragment)
    {
        int start = _end;
        Position = start;
        WriteUInt32(0x00002A2A);
        WriteUInt32(0);
        WriteUInt64(id);
        WriteUInt64((ulong)fileTime);
        new BinXmlEmitter(this).WriteFragment(fragment);
        int length = (Position - start + 4 + 7) & ~7;
        Pad(start + length - 4 - Position);
        WriteUInt32((uint)length);

        // Windows never fills a chunk to its last byte, and libevtx loses the last record of one that is.
        if (Position >= Size)
        {
            TakeBack(start);
            return Count == 0
                ? throw new InvalidOperationException($"record {id} takes {length} bytes and fits no chunk")
                : false;
        }

        PatchUInt32(start + 4, (uint)length);
        _nameJournal.Clear();
        _templateJournal.Clear();
        _firstId = Count == 0 ? id : _firstId;
        _lastId = id;
        _lastRecord = start;
        _end = Position;
        Count++;
        return true;
    }

    /// <summary>The finished chunk, checksums included. Valid until <see cref="Reset"/>.</summary>
    /// <param name="firstNumber">The number of its first record, counted from 1 through the file.</param>
    public ReadOnlySpan<byte> Finish(ulong firstNumber)
    {
        Span<byte> chunk = _bytes.AsSpan(0, Size);
        chunk[_end..].Clear();
        "ElfChnk\0"u8.CopyTo(chunk);
        BinaryPrimitives.WriteUInt64LittleEndian(chunk[8..], firstNumber);
        BinaryPrimitives.WriteUInt64LittleEndian(chunk[16..], firstNumber + (ulong)Count - 1);
        BinaryPrimitives.WriteUInt64LittleEndian(chunk[24..], _firstId);
        BinaryPrimitives.WriteUInt64LittleEndian(chunk[32..], _lastId);
        BinaryPrimitives.WriteUInt32LittleEndian(chunk[40..], 128);
        BinaryPrimitives.WriteUInt32LittleEndian(chunk[44..], (uint)_lastRecord);
        BinaryPrimitives.WriteUInt32LittleEndian(chunk[48..], (uint)_end);
        EvtxChecksums.FixChunk(chunk);
        return chunk;
    }

    /// <summary>Empties the chunk.</summary>
    public void Reset()
    {
        _bytes.AsSpan(0, Size).Clear();
        _names.Clear();
        _templates.Clear();
        _nameJournal.Clear();
        _templateJournal.Clear();
        _end = HeaderSize;
        Position = HeaderSize;
        _lastRecord = 0;
        Count = 0;
    }

    /// <summary>Writes the offset of a name, and the name itself where the chunk does not have it yet.</summary>
    public void WriteName(string name)
    {
        if (_names.TryGetValue(name, out int known))
        {
            WriteUInt32((uint)known);
            return;
        }

        int offset = Position + 4;
        ushort hash = HashOf(name);
        int bucket = 128 + (4 * (hash % 64));
        uint previous = ReadUInt32(bucket);
        WriteUInt32((uint)offset);
        WriteUInt32(previous);
        WriteUInt16(hash);
        WriteUInt16((ushort)name.Length);
        WriteText(name);
        WriteUInt16(0);
        PatchUInt32(bucket, (uint)offset);
        _names.Add(name, offset);
        _nameJournal.Add((name, bucket, previous));
    }

    /// <summary>Where the chunk has the template; false where it does not have it yet.</summary>
    public bool TryFind(BinXmlTemplate template, out int offset) => _templates.TryGetValue(template, out offset);

    /// <summary>Enters a template into the table; its definition's first field (the next one's offset) is returned.</summary>
    public uint Enter(BinXmlTemplate template, uint shortId, int offset)
    {
        int bucket = 384 + (4 * (int)(shortId % 32));
        uint previous = ReadUInt32(bucket);
        PatchUInt32(bucket, (uint)offset);
        _templates.Add(template, offset);
        _templateJournal.Add((template, bucket, previous));
        return previous;
    }

    public void WriteByte(byte value) => Take(1)[0] = value;

    public void WriteUInt16(ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(Take(2), value);

    public void WriteUInt32(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Take(4), value);

    public void WriteUInt64(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Take(8), value);

    public void WriteText(string value) => MemoryMarshal.AsBytes(value.AsSpan()).CopyTo(Take(value.Length * 2));

    public void WriteBytes(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Take(bytes.Length));

    /// <summary>Room for <paramref name="length"/> bytes at <see cref="Position"/>, which moves past it.</summary>
    public Span<byte> Take(int length)
    {
        if (Position + length > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, Position + length));
        }

        Span<byte> room = _bytes.AsSpan(Position, length);
        Position += length;
        return room;
    }

    public void PatchUInt32(int offset, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(_bytes.AsSpan(offset), value);

    public void PatchUInt16(int offset, ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(_bytes.AsSpan(offset), value);

    public void PatchByte(int offset, byte value) => _bytes[offset] = value;

    // The hash of MS-EVEN6's name table: h * 65599 + c, of which the low 16 bits are kept.
    internal static ushort HashOf(string name)
    {
        uint hash = 0;
        foreach (char c in name)
        {
            hash = unchecked((hash * 65599) + c);
        }

        return (ushort)hash;
    }

    private uint ReadUInt32(int offset) => BinaryPrimitives.ReadUInt32LittleEndian(_bytes.AsSpan(offset));

    private void Pad(int count) => Take(count).Clear();

    private void TakeBack(int start)
    {
        for (int i = _nameJournal.Count - 1; i >= 0; i--)
        {
            PatchUInt32(_nameJournal[i].Bucket, _nameJournal[i].Previous);
            _names.Remove(_nameJournal[i].Name);
        }

        for (int i = _templateJournal.Count - 1; i >= 0; i--)
        {
            PatchUInt32(_templateJournal[i].Bucket, _templateJournal[i].Previous);
            _templates.Remove(_templateJournal[i].Template);
        }

        _nameJournal.Clear();
        _templateJournal.Clear();
        Position = start;
    }
}

/// <summary>The three checksums of the format; also used to mend a file that a test has changed on purpose.</summary>
public static class EvtxChecksums
{
    /// <summary>Recomputes a chunk's checksums: that of the records up to the free space, then that of the header.</summary>
    public static void FixChunk(Span<byte> chunk)
    {
        int free = (int)Math.Clamp(BinaryPrimitives.ReadUInt32LittleEndian(chunk[48..]), 512, (uint)chunk.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(chunk[52..], Crc32.HashToUInt32(chunk[512..free]));
        var crc = new Crc32();
        crc.Append(chunk[..120]);
        crc.Append(chunk[128..512]);
        BinaryPrimitives.WriteUInt32LittleEndian(chunk[124..], crc.GetCurrentHashAsUInt32());
    }

    /// <summary>Recomputes the file header's checksum.</summary>
    public static void FixFileHeader(Span<byte> header) =>
        BinaryPrimitives.WriteUInt32LittleEndian(header[124..], Crc32.HashToUInt32(header[..120]));
}
