using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Globalization;

namespace Culprit.TestSupport.Evtx;

/// <summary>Security identifiers (MS-DTYP 2.4.2) from text to bytes.</summary>
public static class SecurityIdentifier
{
    private static readonly ConcurrentDictionary<string, byte[]> Parsed = new(StringComparer.Ordinal);

    /// <summary>The bytes of <c>S-1-5-21-...</c>; the same array for the same text.</summary>
    /// <exception cref="FormatException">The text is not a security identifier.</exception>
    public static byte[] Parse(string text) => Parsed.GetOrAdd(text, ParseNew);

    private static byte[] ParseNew(string text)
    {
        string[] parts = text.Split('-');
        if (parts.Length < 3 || parts.Length > 18 || parts[0] != "S")
        {
            throw new FormatException(text + " is not a security identifier");
        }

        byte[] bytes = new byte[8 + (4 * (parts.Length - 3))];
        bytes[0] = byte.Parse(parts[1], CultureInfo.InvariantCulture);
        bytes[1] = (byte)(parts.Length - 3);
        ulong authority = ulong.Parse(parts[2], CultureInfo.InvariantCulture);
        Span<byte> whole = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64BigEndian(whole, authority);
        whole[2..].CopyTo(bytes.AsSpan(2));
        for (int i = 3; i < parts.Length; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8 + ((i - 3) * 4)), uint.Parse(parts[i], CultureInfo.InvariantCulture));
        }

        return bytes;
    }
}
