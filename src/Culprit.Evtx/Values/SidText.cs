using System.Buffers.Binary;
using System.Globalization;

namespace Culprit.Evtx.Values;

/// <summary>Security identifiers (MS-DTYP 2.4.2).</summary>
internal static class SidText
{
    private const int HeaderSize = 8;

    /// <summary>Bytes of the identifier at the start of the value; what is there where it is cut.</summary>
    public static int SizeOf(ReadOnlySpan<byte> value) =>
        value.Length < HeaderSize ? value.Length : Math.Min(value.Length, HeaderSize + (value[1] * 4));

    /// <summary>
    /// Writes <c>S-1-...</c>. Of a cut identifier the sub-authorities that are whole are written: what is there is evidence,
    /// and the identifier's own count tells that it is cut.
    /// </summary>
    public static int Write(ReadOnlySpan<byte> value, Span<char> room)
    {
        if (value.Length < HeaderSize)
        {
            Convert.TryToHexString(value, room, out int hex);
            return hex;
        }

        ulong authority = BinaryPrimitives.ReadUInt64BigEndian(value) & 0xFFFF_FFFF_FFFF;
        "S-".CopyTo(room);
        int used = 2 + Number(value[0], room[2..]);
        room[used++] = '-';
        used += Number(authority, room[used..]);
        int end = SizeOf(value);
        for (int at = HeaderSize; at + 4 <= end; at += 4)
        {
            room[used++] = '-';
            used += Number(BinaryPrimitives.ReadUInt32LittleEndian(value[at..]), room[used..]);
        }

        return used;
    }

    private static int Number(ulong value, Span<char> room)
    {
        value.TryFormat(room, out int written, default, CultureInfo.InvariantCulture);
        return written;
    }
}
