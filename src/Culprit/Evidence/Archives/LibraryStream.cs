namespace Culprit.Evidence.Archives;

/// <summary>
/// A stream of the archive library, which on damaged input throws whatever its decoders run into: any of it says here
/// that the archive is damaged.
/// </summary>
internal sealed class LibraryStream(Stream inner) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Runs a call of the library.</summary>
    public static T Guard<T>(Func<T> call)
    {
        try
        {
            return call();
        }
        catch (Exception e) when (e is not (IOException or OutOfMemoryException or OperationCanceledException))
        {
            throw new InvalidDataException("the archive is damaged: " + e.Message, e);
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Guard(() => inner.Read(buffer, offset, count));

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
            Guard<object?>(() =>
            {
                inner.Dispose();
                return null;
            });
        }

        base.Dispose(disposing);
    }
}
