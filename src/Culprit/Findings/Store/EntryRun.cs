using System.Buffers.Binary;

namespace Culprit.Findings.Store;

/// <summary>Entries in order, which can be read any number of times.</summary>
internal abstract class EntryRun
{
    public abstract EntryCursor Open();
}

/// <summary>Reads a run from its start.</summary>
internal abstract class EntryCursor
{
    /// <summary>The entry read last; valid until the next one is read.</summary>
    public abstract ReadOnlySpan<byte> Current { get; }

    /// <summary>Reads the next entry; false at the end.</summary>
    public abstract bool MoveNext();
}

/// <summary>A run in memory.</summary>
internal sealed class MemoryRun(EntryBlocks blocks, EntrySpan[] order) : EntryRun
{
    public override EntryCursor Open() => new Cursor(blocks, order);

    private sealed class Cursor(EntryBlocks blocks, EntrySpan[] order) : EntryCursor
    {
        private int _next;

        public override ReadOnlySpan<byte> Current => blocks[order[_next - 1]];

        public override bool MoveNext() => _next++ < order.Length;
    }
}

/// <summary>A run in a file, from <paramref name="start"/> to <paramref name="end"/>: each entry behind its length.</summary>
/// <param name="file">The file.</param>
/// <param name="start">Where in it the first entry's length stands.</param>
/// <param name="end">Where the last entry ends.</param>
/// <param name="sources">The store's number of each source that the entries number in their own way; null where they use the store's.</param>
internal sealed class SpilledRun(SpillFile file, long start, long end, int[]? sources = null) : EntryRun
{
    public override EntryCursor Open() => new Cursor(file, start, end, sources);

    private sealed class Cursor(SpillFile file, long start, long end, int[]? sources) : EntryCursor
    {
        private byte[] _buffer = new byte[64 * 1024];
        private long _position = start;
        private int _begin;
        private int _filled;
        private int _entry;
        private int _entryLength;

        public override ReadOnlySpan<byte> Current => _buffer.AsSpan(_entry, _entryLength);

        public override bool MoveNext()
        {
            if (!Ensure(4))
            {
                return false;
            }

            _entryLength = BitConverter.ToInt32(_buffer, _begin);
            _begin += 4;
            if (!Ensure(_entryLength))
            {
                throw new EndOfStreamException("the file that findings were spilled to has become shorter");
            }

            _entry = _begin;
            _begin += _entryLength;
            if (sources is not null)
            {
                Span<byte> source = _buffer.AsSpan(_entry + FindingEntry.SourceAt, sizeof(int));
                BinaryPrimitives.WriteInt32LittleEndian(source, sources[BinaryPrimitives.ReadInt32LittleEndian(source)]);
            }

            return true;
        }

        private bool Ensure(int length)
        {
            if (_filled - _begin >= length)
            {
                return true;
            }

            _buffer.AsSpan(_begin, _filled - _begin).CopyTo(_buffer);
            _filled -= _begin;
            _begin = 0;
            if (_buffer.Length < length)
            {
                Array.Resize(ref _buffer, length);
            }

            while (_filled < length && _position < end)
            {
                int read = file.Read(_position, _buffer.AsSpan(_filled, (int)Math.Min(_buffer.Length - _filled, end - _position)));
                if (read == 0)
                {
                    break;
                }

                _filled += read;
                _position += read;
            }

            return _filled >= length;
        }
    }
}

/// <summary>A stream of the host's that entries are spilled to. Safe for several threads.</summary>
internal sealed class SpillFile(Stream stream) : IDisposable
{
    private readonly Lock _gate = new();

    public (long Start, long End) Append(Action<Stream> write)
    {
        lock (_gate)
        {
            long start = stream.Seek(0, SeekOrigin.End);
            write(stream);
            stream.Flush();
            return (start, stream.Position);
        }
    }

    public int Read(long position, Span<byte> target)
    {
        lock (_gate)
        {
            stream.Position = position;
            return stream.Read(target);
        }
    }

    public void Dispose() => stream.Dispose();
}
