using Culprit.Evtx.BinXml;

namespace Culprit.Evtx;

/// <summary>
/// Reads chunks, one at a time. A reader serves one thread and is used again for chunk after chunk; once the layouts are
/// known, reading a record allocates nothing.
/// </summary>
/// <param name="cache">The layouts known so far, shared by all readers of a run.</param>
/// <param name="options">What to read and the limits.</param>
public sealed class EvtxChunkReader(EvtxLayoutCache cache, EvtxOptions options)
{
    private readonly RecordParser _parser = new(cache, options);
    private int _good;
    private int _bad;
    private int _slack;

    /// <summary>Reads one chunk of at most 64 KiB, hands each good record to the visitor, and notes what is wrong.</summary>
    /// <param name="chunk">The chunk's bytes; the last chunk of a file may be cut.</param>
    /// <param name="fileOffset">Where the chunk starts in the file.</param>
    /// <param name="visitor">Gets the records.</param>
    /// <param name="problems">Gets the problems.</param>
    public EvtxChunkResult Read(
        ReadOnlySpan<byte> chunk,
        long fileOffset,
        IEvtxVisitor visitor,
        ICollection<EvtxProblem> problems)
    {
        ArgumentNullException.ThrowIfNull(visitor);
        var forward = new Forward(visitor);
        return Read(chunk, fileOffset, ref forward, problems);
    }

    /// <summary>The same for a visitor that is a structure, which saves an indirect call a record.</summary>
    /// <param name="chunk">The chunk's bytes; the last chunk of a file may be cut.</param>
    /// <param name="fileOffset">Where the chunk starts in the file.</param>
    /// <param name="visitor">Gets the records.</param>
    /// <param name="problems">Gets the problems.</param>
    public EvtxChunkResult Read<TVisitor>(
        ReadOnlySpan<byte> chunk,
        long fileOffset,
        ref TVisitor visitor,
        ICollection<EvtxProblem> problems)
        where TVisitor : IEvtxVisitor, allows ref struct
    {
        ArgumentNullException.ThrowIfNull(problems);
        if (chunk.Length > EvtxFormat.ChunkSize)
        {
            throw new ArgumentOutOfRangeException(nameof(chunk), "a chunk has at most 65536 bytes");
        }

        _good = _bad = _slack = 0;
        _parser.StartChunk();
        int end = CheckHeader(chunk, fileOffset, problems);
        int pos = Math.Min(EvtxFormat.ChunkHeaderSize, end);
        while (pos < end)
        {
            pos = ReadNext(chunk, pos, end, fileOffset, ref visitor, problems);
        }

        if (options.IncludeSlack)
        {
            ReadSlack(chunk, end, fileOffset, ref visitor);
        }

        return new EvtxChunkResult(_good, _bad, _slack);
    }

    // Where the records end.
    private static int CheckHeader(ReadOnlySpan<byte> chunk, long fileOffset, ICollection<EvtxProblem> problems)
    {
        if (chunk.Length < EvtxFormat.ChunkSize)
        {
            problems.Add(new EvtxProblem(
                EvtxProblemKind.CutChunk,
                fileOffset,
                $"a chunk has 65536 bytes, here are {chunk.Length}"));
        }

        if (chunk.Length < EvtxFormat.ChunkHeaderSize || !chunk.StartsWith(EvtxFormat.ChunkMagic))
        {
            problems.Add(new EvtxProblem(
                EvtxProblemKind.ChunkHeader,
                fileOffset,
                "a chunk header is expected; records are looked for by their signature"));
            return chunk.Length;
        }

        uint headerSum = EvtxFormat.UInt32At(chunk, 124);
        var crc = new System.IO.Hashing.Crc32();
        crc.Append(chunk[..120]);
        crc.Append(chunk[128..EvtxFormat.ChunkHeaderSize]);
        if (crc.GetCurrentHashAsUInt32() != headerSum)
        {
            problems.Add(new EvtxProblem(EvtxProblemKind.Checksum, fileOffset, "the chunk header does not fit its CRC-32"));
        }

        uint free = EvtxFormat.UInt32At(chunk, 48);
        if (free < EvtxFormat.ChunkHeaderSize || free > chunk.Length)
        {
            if (chunk.Length == EvtxFormat.ChunkSize)
            {
                problems.Add(new EvtxProblem(
                    EvtxProblemKind.ChunkHeader,
                    fileOffset + 48,
                    $"the chunk says that its free space starts at {free}"));
            }

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

    // Reads the record at the place, or finds the next signature; gives the place to go on.
    private int ReadNext<TVisitor>(
        ReadOnlySpan<byte> chunk,
        int pos,
        int end,
        long fileOffset,
        ref TVisitor visitor,
        ICollection<EvtxProblem> problems)
        where TVisitor : IEvtxVisitor, allows ref struct
    {
        ReadOnlySpan<byte> rest = chunk[pos..end];
        if (!rest.StartsWith(EvtxFormat.RecordMagic))
        {
            int next = FindSignature(chunk, pos, end);
            if (chunk[pos..next].IndexOfAnyExcept((byte)0) >= 0)
            {
                problems.Add(new EvtxProblem(
                    EvtxProblemKind.LostRecords,
                    fileOffset + pos,
                    $"{next - pos} bytes are no record"));
            }

            return next;
        }

        if (rest.Length < EvtxFormat.MinRecordSize)
        {
            _bad++;
            problems.Add(new EvtxProblem(
                EvtxProblemKind.RecordSize,
                fileOffset + pos,
                $"a record needs {EvtxFormat.MinRecordSize} bytes, here are {rest.Length}"));
            return end;
        }

        uint size = EvtxFormat.UInt32At(rest, 4);
        bool fits = size >= EvtxFormat.MinRecordSize && size <= rest.Length;
        bool isWhole = fits && EvtxFormat.UInt32At(rest, (int)size - 4) == size;
        int recordEnd = pos + (int)size;
        if (!isWhole)
        {
            // Where another record starts at the end, the size is right and its copy is wrong.
            bool endsWell = fits && (recordEnd == end || chunk[recordEnd..end].StartsWith(EvtxFormat.RecordMagic));
            problems.Add(new EvtxProblem(
                EvtxProblemKind.RecordSize,
                fileOffset + pos,
                fits ? $"the record's size is {size}, its copy differs" : $"the record's size is {size}, there are {rest.Length} bytes"));
            if (!endsWell)
            {
                recordEnd = FindSignature(chunk, pos + 4, end);
            }
        }

        Fault fault = _parser.Read(chunk, pos + EvtxFormat.RecordHeaderSize, Math.Max(recordEnd - 4, pos + EvtxFormat.RecordHeaderSize), out Shape? shape);
        if (fault == Fault.None)
        {
            _good++;
            var place = new RecordPlace(
                EvtxFormat.UInt64At(rest, 8),
                (long)EvtxFormat.UInt64At(rest, 16),
                fileOffset + pos,
                recordEnd - pos,
                IsSlack: false);
            var record = new EvtxRecord(chunk, _parser.Slots, shape!.Layout, in place);
            visitor.Visit(in record);
        }
        else
        {
            _bad++;
            problems.Add(Problem(fault, fileOffset + pos, EvtxFormat.UInt64At(rest, 8)));
        }

        return recordEnd;
    }

    private void ReadSlack<TVisitor>(ReadOnlySpan<byte> chunk, int pos, long fileOffset, ref TVisitor visitor)
        where TVisitor : IEvtxVisitor, allows ref struct
    {
        pos = FindSignature(chunk, pos, chunk.Length);
        while (chunk.Length - pos >= EvtxFormat.MinRecordSize)
        {
            uint size = EvtxFormat.UInt32At(chunk, pos + 4);
            if (size >= EvtxFormat.MinRecordSize && size <= chunk.Length - pos &&
                EvtxFormat.UInt32At(chunk, pos + (int)size - 4) == size &&
                _parser.Read(chunk, pos + EvtxFormat.RecordHeaderSize, pos + (int)size - 4, out Shape? shape) == Fault.None)
            {
                _slack++;
                var place = new RecordPlace(
                    EvtxFormat.UInt64At(chunk, pos + 8),
                    (long)EvtxFormat.UInt64At(chunk, pos + 16),
                    fileOffset + pos,
                    (int)size,
                    IsSlack: true);
                var record = new EvtxRecord(chunk, _parser.Slots, shape!.Layout, in place);
                visitor.Visit(in record);
                pos += (int)size;
            }
            else
            {
                pos += 4;
            }

            pos = FindSignature(chunk, pos, chunk.Length);
        }
    }

    private static int FindSignature(ReadOnlySpan<byte> chunk, int pos, int end)
    {
        int found = chunk[pos..end].IndexOf(EvtxFormat.RecordMagic);
        return found < 0 ? end : pos + found;
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

    private readonly struct Forward(IEvtxVisitor visitor) : IEvtxVisitor
    {
        public void Visit(scoped in EvtxRecord record) => visitor.Visit(in record);
    }
}
