using System.Buffers.Binary;

namespace Culprit.TestSupport.Evtx;

/// <summary>
/// Writes event logs, for fixtures and samples. A chunk is the only thing kept in memory. The same events give the
/// same bytes. The file header is written when the writer is disposed of; until then the file is marked dirty.
/// </summary>
public sealed class EvtxWriter : IDisposable
{
    private readonly Stream _stream;
    private readonly bool _leaveOpen;
    private readonly long _start;
    private readonly EvtxChunkBuilder _chunk = new();
    private readonly EvtxTemplates _templates = new();
    private readonly byte[] _header = new byte[4096];
    private ulong _firstNumberOfChunk = 1;
    private ulong _nextId = 1;
    private long _chunks;
    private bool _disposed;

    /// <summary>Starts a file at the stream's position. The stream must be able to seek.</summary>
    public EvtxWriter(Stream stream, bool leaveOpen = false)
    {
        _stream = stream;
        _leaveOpen = leaveOpen;
        _start = stream.Position;
        WriteHeader(dirty: true);
    }

    /// <summary>How many records were written.</summary>
    public long RecordCount { get; private set; }

    /// <summary>How many bytes the file has so far, full chunks only.</summary>
    public long Length => 4096 + (_chunks * EvtxChunkBuilder.Size);

    /// <summary>An event log in memory.</summary>
    public static byte[] ToBytes(Action<EvtxWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new EvtxWriter(stream, leaveOpen: true))
        {
            write(writer);
        }

        return stream.ToArray();
    }

    /// <summary>Writes an event with templates, as Windows does. Returns its record identifier.</summary>
    public ulong Write(EvtxEvent e)
    {
        ulong id = e.RecordId ?? _nextId;
        return WriteRecord(id, e.Written ?? e.Time, [_templates.Instantiate(e, id)]);
    }

    /// <summary>
    /// Writes a record of any content: a tree without templates (as forwarded records have), a template instance of the
    /// caller's own, several fragments' worth of nodes, or bytes. Returns its record identifier.
    /// </summary>
    public ulong WriteFragment(DateTime written, params IReadOnlyList<BinXmlNode> nodes) => WriteRecord(_nextId, written, nodes);

    /// <summary>The same, with a chosen record identifier.</summary>
    public ulong WriteRecord(ulong id, DateTime written, params IReadOnlyList<BinXmlNode> nodes)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        long fileTime = written.ToFileTimeUtc();
        if (!_chunk.TryWriteRecord(id, fileTime, nodes))
        {
            EndChunk();
            _chunk.TryWriteRecord(id, fileTime, nodes);
        }

        RecordCount++;
        _nextId = id + 1;
        return id;
    }

    /// <summary>Ends the chunk, if it has a record: what follows stands in the next one.</summary>
    public void EndChunk()
    {
        if (_chunk.Count == 0)
        {
            return;
        }

        _stream.Write(_chunk.Finish(_firstNumberOfChunk));
        _firstNumberOfChunk += (ulong)_chunk.Count;
        _chunks++;
        _chunk.Reset();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        EndChunk();
        _disposed = true;
        long end = _stream.Position;
        _stream.Position = _start;
        WriteHeader(dirty: false);
        _stream.Position = end;
        if (!_leaveOpen)
        {
            _stream.Dispose();
        }
    }

    private void WriteHeader(bool dirty)
    {
        Span<byte> header = _header;
        header.Clear();
        "ElfFile\0"u8.CopyTo(header);
        BinaryPrimitives.WriteUInt64LittleEndian(header[16..], (ulong)Math.Max(0, _chunks - 1));
        BinaryPrimitives.WriteUInt64LittleEndian(header[24..], (ulong)RecordCount + 1);
        BinaryPrimitives.WriteUInt32LittleEndian(header[32..], 128);
        BinaryPrimitives.WriteUInt16LittleEndian(header[36..], 1);
        BinaryPrimitives.WriteUInt16LittleEndian(header[38..], 3);
        BinaryPrimitives.WriteUInt16LittleEndian(header[40..], 4096);

        // Sixteen bits: the count wraps at 4 GB, as it does in files that Windows writes.
        BinaryPrimitives.WriteUInt16LittleEndian(header[42..], unchecked((ushort)_chunks));
        BinaryPrimitives.WriteUInt32LittleEndian(header[120..], dirty ? 1u : 0u);
        EvtxChecksums.FixFileHeader(header);
        _stream.Write(header);
    }
}
