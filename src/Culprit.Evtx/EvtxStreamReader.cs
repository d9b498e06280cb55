namespace Culprit.Evtx;

/// <summary>What a stretch of a file is.</summary>
public enum EvtxUnitKind
{
    /// <summary>The file header.</summary>
    Header,

    /// <summary>A chunk with its magic.</summary>
    Chunk,

    /// <summary>Nothing but zeros: space that the log has not used.</summary>
    Unallocated,

    /// <summary>Something else. A chunk reader finds the records that it may hold.</summary>
    Damaged,
}

/// <summary>A stretch of a file, at most one chunk long.</summary>
/// <param name="Offset">Where it starts in the file.</param>
/// <param name="Length">How many bytes it has.</param>
/// <param name="Kind">What it is.</param>
public readonly record struct EvtxUnit(long Offset, int Length, EvtxUnitKind Kind);

/// <summary>
/// Cuts a file into its header and its chunks, in one pass and in bounded memory. The header's count of chunks is not
/// trusted: the file is read to its end. Where a chunk's magic is gone, the next one is looked for.
/// </summary>
/// <param name="stream">The file from its start. It is only read, need not seek, and stays open.</param>
public sealed class EvtxStreamReader(Stream stream)
{
    private readonly List<EvtxProblem> _problems = [];

    // Bytes read from the stream that belong to the next unit: where a chunk's magic is gone, and never in a sound file.
    private byte[] _ahead = [];
    private int _aheadLength;
    private long _offset;

    /// <summary>What is wrong with the file so far, the chunks' insides left aside.</summary>
    public IReadOnlyList<EvtxProblem> Problems => _problems;

    /// <summary>The file header, once the first unit is read; null where the file has none.</summary>
    public EvtxFileHeader? Header { get; private set; }

    /// <summary>Reads the next unit into the buffer; false at the end of the file.</summary>
    /// <param name="buffer">Room for a chunk.</param>
    /// <param name="unit">What was read; its bytes stand at the start of the buffer.</param>
    public bool TryReadUnit(Span<byte> buffer, out EvtxUnit unit)
    {
        if (buffer.Length < EvtxFormat.ChunkSize)
        {
            throw new ArgumentException("the buffer must have room for 65536 bytes", nameof(buffer));
        }

        buffer = buffer[..EvtxFormat.ChunkSize];
        int length = _aheadLength;
        _ahead.AsSpan(0, length).CopyTo(buffer);
        _aheadLength = 0;
        bool isFirst = _offset == 0;
        if (isFirst)
        {
            length = Fill(buffer[..EvtxFormat.FileHeaderSize], length);
        }

        if (!isFirst || !buffer[..length].StartsWith(EvtxFormat.FileMagic))
        {
            length = Fill(buffer, length);
        }

        ReadOnlySpan<byte> bytes = buffer[..length];
        EvtxUnitKind kind;
        if (length == 0)
        {
            unit = default;
            return false;
        }

        if (isFirst && bytes.StartsWith(EvtxFormat.FileMagic))
        {
            kind = EvtxUnitKind.Header;
            ReadHeader(bytes);
        }
        else if (bytes.StartsWith(EvtxFormat.ChunkMagic))
        {
            kind = EvtxUnitKind.Chunk;
        }
        else
        {
            int next = bytes.IndexOf(EvtxFormat.ChunkMagic);
            length = next > 0 ? next : length;
            kind = bytes[..length].IndexOfAnyExcept((byte)0) < 0 ? EvtxUnitKind.Unallocated : EvtxUnitKind.Damaged;
        }

        if (isFirst && kind != EvtxUnitKind.Header)
        {
            _problems.Add(new EvtxProblem(EvtxProblemKind.FileHeader, 0, "the file has no file header"));
        }

        KeepAhead(bytes[length..]);
        unit = new EvtxUnit(_offset, length, kind);
        _offset += length;
        return true;
    }

    private int Fill(Span<byte> buffer, int filled) =>
        filled + stream.ReadAtLeast(buffer[filled..], buffer.Length - filled, throwOnEndOfStream: false);

    private void KeepAhead(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.IsEmpty && _ahead.Length == 0)
        {
            _ahead = new byte[EvtxFormat.ChunkSize];
        }

        bytes.CopyTo(_ahead);
        _aheadLength = bytes.Length;
    }

    private void ReadHeader(ReadOnlySpan<byte> bytes)
    {
        Header = EvtxFileHeader.TryRead(bytes);
        if (Header is null)
        {
            _problems.Add(new EvtxProblem(EvtxProblemKind.FileHeader, 0, $"the file header is cut after {bytes.Length} bytes"));
            return;
        }

        if (!Header.ChecksumIsRight)
        {
            _problems.Add(new EvtxProblem(EvtxProblemKind.Checksum, 0, "the file header does not fit its CRC-32"));
        }

        if (Header.IsDirty)
        {
            _problems.Add(new EvtxProblem(EvtxProblemKind.Dirty, 0, "the log was not closed"));
        }
    }
}
