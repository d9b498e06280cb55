using System.IO.Compression;

namespace Culprit.Evidence.Archives;

/// <summary>
/// Unpacks gzip and tells when the archive is cut off, which the framework's stream takes for its end. Behind the last
/// packed byte the unpacker is offered padding that no member can go on with: one that is done stops there, one that is in
/// the middle of a member goes on to read them.
/// </summary>
internal sealed class GzipUnpacker : Stream
{
    private readonly Tail _tail;
    private readonly GZipStream _unpacked;

    public GzipUnpacker(Stream packed)
    {
        _tail = new Tail(packed);
        _unpacked = new GZipStream(_tail, CompressionMode.Decompress, leaveOpen: true);
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        int read;
        try
        {
            read = _unpacked.Read(buffer);
        }
        catch (InvalidDataException e) when (_tail.IsOffered)
        {
            throw new InvalidDataException("the archive is cut off", e);
        }

        return _tail.IsOffered && (read > 0 || _tail.IsMissed)
            ? throw new InvalidDataException("the archive is cut off")
            : read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

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
            _unpacked.Dispose();
        }

        base.Dispose(disposing);
    }

    private sealed class Tail(Stream packed) : Stream
    {
        private const int Padding = 16;

        /// <summary>Whether the padding was asked for.</summary>
        public bool IsOffered { get; private set; }

        /// <summary>Whether more was asked for behind the padding.</summary>
        public bool IsMissed { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(Span<byte> buffer)
        {
            int read = packed.Read(buffer);
            if (read > 0 || buffer.Length < Padding)
            {
                return read;
            }

            if (IsOffered)
            {
                IsMissed = true;
                return 0;
            }

            IsOffered = true;
            buffer[..Padding].Fill(0xFF);
            return Padding;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
