namespace Culprit.Knowledge;

/// <summary>Reads streams that may be anything.</summary>
internal static class BoundedRead
{
    /// <summary>All bytes.</summary>
    /// <exception cref="KnowledgeException">There are more than <paramref name="maxBytes"/>.</exception>
    public static byte[] ToEnd(Stream stream, int maxBytes)
    {
        int size = stream.CanSeek ? (int)Math.Clamp(stream.Length - stream.Position, 0, maxBytes) : 1 << 16;
        byte[] buffer = new byte[size + 1];
        int filled = 0;
        int read;
        while ((read = stream.Read(buffer, filled, buffer.Length - filled)) > 0)
        {
            filled += read;
            if (filled > maxBytes)
            {
                throw new KnowledgeException($"larger than {maxBytes >> 20} MiB, which no knowledge is");
            }

            if (filled == buffer.Length)
            {
                Array.Resize(ref buffer, (int)Math.Min((long)buffer.Length * 2, (long)maxBytes + 1));
            }
        }

        return filled == buffer.Length ? buffer : buffer[..filled];
    }
}
