using Culprit.Evtx.BinXml;

namespace Culprit.Evtx;

/// <summary>
/// Reads chunks, one at a time. A reader serves one thread and is used again for chunk after chunk; once the layouts are
/// known, reading a record allocates nothing.
/// </summary>
/// <param name="cache">The layouts known so far, shared by all readers of a run.</param>
/// <param name="options">What to read and the limits.</param>
public sealed partial class EvtxChunkReader(EvtxLayoutCache cache, EvtxOptions options)
{
    private readonly RecordParser _parser = new(cache, options);
    private readonly RecordScratch _scratch = new();
    private int _good;
    private int _bad;
    private int _slack;

    // The chain of records is broken: what follows in the chunk is found by signature.
    private bool _isBroken;

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
        _isBroken = false;
        _parser.StartChunk();
        int end = CheckHeader(chunk, fileOffset, problems);
        int pos = _isBroken ? 0 : EvtxFormat.ChunkHeaderSize;
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
            return SkipToRecord(chunk, pos, end, fileOffset, problems);
        }

        if (rest.Length < EvtxFormat.MinRecordSize)
        {
            Break();
            problems.Add(new EvtxProblem(
                EvtxProblemKind.RecordSize,
                fileOffset + pos,
                $"a record needs {EvtxFormat.MinRecordSize} bytes, here are {rest.Length}"));
            return end;
        }

        int recordEnd = FindEnd(chunk, pos, end, fileOffset, problems);
        int start = pos + EvtxFormat.RecordHeaderSize;
        Fault fault = _parser.Read(chunk, start, Math.Max(recordEnd - 4, start), out Shape? shape);
        if (fault == Fault.None && _isBroken && shape!.Layout.Fields.Count == 0)
        {
            // What a cut leaves of a record's head reads as a record of nothing.
            return recordEnd;
        }

        if (fault == Fault.None)
        {
            Visit(chunk, pos, recordEnd - pos, fileOffset, _isBroken, shape!, ref visitor);
        }
        else if (_isBroken)
        {
            problems.Add(Problem(fault, fileOffset + pos, EvtxFormat.UInt64At(rest, 8)));
        }
        else
        {
            _bad++;
            problems.Add(Problem(fault, fileOffset + pos, EvtxFormat.UInt64At(rest, 8)));
        }

        return recordEnd;
    }

    // The end of the record: where its size says, or where the next signature stands if the size cannot be right.
    private int FindEnd(ReadOnlySpan<byte> chunk, int pos, int end, long fileOffset, ICollection<EvtxProblem> problems)
    {
        uint size = EvtxFormat.UInt32At(chunk, pos + 4);
        if (size < EvtxFormat.MinRecordSize || size > end - pos)
        {
            Break();
            problems.Add(new EvtxProblem(
                EvtxProblemKind.RecordSize,
                fileOffset + pos,
                $"the record's size is {size}, between {EvtxFormat.MinRecordSize} and {end - pos} are possible"));
            return FindSignature(chunk, pos + 4, end);
        }

        uint copy = EvtxFormat.UInt32At(chunk, pos + (int)size - 4);
        if (copy != size)
        {
            problems.Add(new EvtxProblem(
                EvtxProblemKind.RecordSize,
                fileOffset + pos,
                $"the record's size is {size}, its copy is {copy}"));

            // A record that starts before this one ends shows which of the two is wrong.
            int next = FindSignature(chunk, pos + 4, end);
            return next < pos + (int)size && !chunk[(pos + (int)size)..end].StartsWith(EvtxFormat.RecordMagic)
                ? next
                : pos + (int)size;
        }

        return pos + (int)size;
    }

    private int SkipToRecord(ReadOnlySpan<byte> chunk, int pos, int end, long fileOffset, ICollection<EvtxProblem> problems)
    {
        int next = FindSignature(chunk, pos, end);
        bool isEmpty = chunk[pos..next].IndexOfAnyExcept((byte)0) < 0;
        if (!isEmpty || next < end)
        {
            // Zeros up to the end are space that was never written, and no loss.
            Break();
        }

        if (!isEmpty)
        {
            problems.Add(new EvtxProblem(
                EvtxProblemKind.LostRecords,
                fileOffset + pos,
                $"{next - pos} bytes are no record"));
        }

        return next;
    }

    // At least one record is lost at the first break; later ones in the chunk may be due to the same cause.
    private void Break()
    {
        _bad += _isBroken ? 0 : 1;
        _isBroken = true;
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
                Visit(chunk, pos, (int)size, fileOffset, isSlack: true, shape!, ref visitor);
                pos += (int)size;
            }
            else
            {
                pos += 4;
            }

            pos = FindSignature(chunk, pos, chunk.Length);
        }
    }

    private void Visit<TVisitor>(
        ReadOnlySpan<byte> chunk,
        int pos,
        int size,
        long fileOffset,
        bool isSlack,
        Shape shape,
        ref TVisitor visitor)
        where TVisitor : IEvtxVisitor, allows ref struct
    {
        _good += isSlack ? 0 : 1;
        _slack += isSlack ? 1 : 0;
        _scratch.Place = default;
        _scratch.Slots = _parser.Slots;
        _scratch.SlotCount = _parser.SlotCount;
        _scratch.Layout = shape.Layout;
        _scratch.Sources = shape.Layout.Sources;
        _scratch.Start = pos;
        _scratch.Header = new RecordPlace(
            EvtxFormat.UInt64At(chunk, pos + 8),
            (long)EvtxFormat.UInt64At(chunk, pos + 16),
            fileOffset + pos,
            size,
            isSlack);
        var record = new EvtxRecord(chunk, _scratch);
        visitor.Visit(in record);
    }

    private static int FindSignature(ReadOnlySpan<byte> chunk, int pos, int end)
    {
        int found = pos < end ? chunk[pos..end].IndexOf(EvtxFormat.RecordMagic) : -1;
        return found < 0 ? end : pos + found;
    }

    private readonly struct Forward(IEvtxVisitor visitor) : IEvtxVisitor
    {
        public void Visit(scoped in EvtxRecord record) => visitor.Visit(in record);
    }
}
