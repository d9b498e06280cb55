using System.Buffers;
using System.IO.Hashing;
using System.Security.Cryptography;
using Culprit.Evidence.Archives;

namespace Culprit.Evidence.Reading;

/// <summary>
/// The bytes of one source, read once from start to end. Hashes and counts them as they pass. A read error, a damaged
/// archive or a limit ends the stream early and is told to the source; it is never thrown at the format's reader.
/// </summary>
internal sealed class SourceStream : Stream
{
    /// <summary>How many bytes text is recognised by.</summary>
    public const int HeadSize = 256 * 1024;

    /// <summary>How many bytes everything else is recognised by.</summary>
    public const int MagicSize = 8 * 1024;

    private readonly Stream _inner;
    private readonly SourceState _state;
    private Action<int>? _passed;
    private readonly Crc32? _crc;
    private readonly ArchiveBudget? _budget;
    private readonly long _packedLength;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private byte[] _head = [];
    private int _headLength;
    private int _headUsed;
    private bool _ended;

    /// <summary>The bytes of a source.</summary>
    /// <param name="inner">The bytes; owned by this stream.</param>
    /// <param name="state">The source.</param>
    /// <param name="passed">Told of each stretch of bytes read; null where nobody needs to be.</param>
    /// <param name="budget">The limits that an entry of an archive is held to; null for a file.</param>
    /// <param name="packedLength">The length of an entry before unpacking, for the ratio limit; 0 where not known.</param>
    public SourceStream(
        Stream inner, SourceState state, Action<int>? passed, ArchiveBudget? budget = null, long packedLength = 0)
    {
        _inner = inner;
        _state = state;
        _passed = passed;
        _budget = budget;
        _packedLength = packedLength;
    }

    /// <summary>Bytes that came from the source.</summary>
    public long Taken { get; private set; }

    /// <summary>Bytes that were looked at but not read.</summary>
    public int Waiting => _headLength - _headUsed;

    /// <summary>The packed stream that this one is unpacked from, whose place is told with a problem.</summary>
    public SourceStream? Packed { get; init; }

    /// <summary>The CRC-32 that the archive gives for an entry; null where it gives none.</summary>
    public uint? ExpectedCrc
    {
        get;
        init
        {
            field = value;
            _crc = value is null ? null : new Crc32();
        }
    }

    /// <summary>Whether an error or a limit ended the stream before its end.</summary>
    public bool Failed { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => Taken - Waiting;
        set => throw new NotSupportedException();
    }

    /// <summary>The first bytes, without taking them from the readers; fewer where the source is shorter.</summary>
    /// <param name="size">How many, up to <see cref="HeadSize"/>; not less than before.</param>
    public ReadOnlySpan<byte> Peek(int size)
    {
        if (_head.Length < size)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(size);
            _head.AsSpan(0, _headLength).CopyTo(larger);
            ReturnHead();
            _head = larger;
        }

        while (_headLength < size)
        {
            int read = Pull(_head.AsSpan(_headLength, size - _headLength));
            if (read == 0)
            {
                break;
            }

            _headLength += read;
        }

        return _head.AsSpan(0, _headLength);
    }

    public override int Read(Span<byte> buffer)
    {
        if (_headUsed < _headLength)
        {
            int count = Math.Min(buffer.Length, _headLength - _headUsed);
            _head.AsSpan(_headUsed, count).CopyTo(buffer);
            _headUsed += count;
            if (_headUsed == _headLength)
            {
                ReturnHead();
                _headUsed = 0;
                _headLength = 0;
            }

            return count;
        }

        return Pull(buffer);
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <summary>Reads until the buffer is full or the source ends.</summary>
    public int ReadFully(Span<byte> buffer)
    {
        int filled = 0;
        while (filled < buffer.Length)
        {
            int read = Read(buffer[filled..]);
            if (read == 0)
            {
                break;
            }

            filled += read;
        }

        return filled;
    }

    /// <summary>Reads and drops the rest, so that the hash is whole.</summary>
    public void Drain(byte[] scratch, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested && Read(scratch) > 0)
        {
            // Each read hashes what passes.
        }
    }

    /// <summary>Stops telling of bytes read, because they will be told in another way.</summary>
    public void StopTelling() => _passed = null;

    /// <summary>Sets the source's length and, where it was read to its end, its hash.</summary>
    public void Complete()
    {
        _state.Source.Length = _ended && !Failed ? Taken : Math.Max(_state.Source.Length, Taken);
        if (_ended && !Failed)
        {
            _state.Source.Sha256 = Convert.ToHexStringLower(_hash.GetCurrentHash());
        }
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            ReturnHead();
            _hash.Dispose();
            _inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private void ReturnHead()
    {
        if (_head.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_head);
            _head = [];
        }
    }

    private int Pull(Span<byte> buffer)
    {
        if (_ended || buffer.IsEmpty)
        {
            return 0;
        }

        int read;
        try
        {
            read = _inner.Read(buffer);
        }
        catch (Exception e) when (ReadFault.IsFault(e))
        {
            Fail("cannot be read from here on: " + ReadFault.Describe(e));
            return 0;
        }

        if (read == 0)
        {
            _ended = true;
            if (_crc is not null && _crc.GetCurrentHashAsUInt32() != ExpectedCrc)
            {
                _state.AddProblem(-1, "the unpacked bytes do not fit the CRC-32 that the archive gives for them");
            }

            return 0;
        }

        Taken += read;
        if (_budget is not null && _budget.Refuses(read, Taken, _packedLength, out string limit))
        {
            Fail("not unpacked further: " + limit);
            return 0;
        }

        _hash.AppendData(buffer[..read]);
        _crc?.Append(buffer[..read]);
        _passed?.Invoke(read);
        return read;
    }

    private void Fail(string reason)
    {
        _ended = true;
        Failed = true;
        _state.AddProblem(Packed?.Taken ?? Taken, reason);
        _state.NotRead(reason);
    }
}
