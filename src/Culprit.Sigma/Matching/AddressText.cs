using System.Buffers.Binary;
using System.Globalization;
using System.Net;

namespace Culprit.Sigma.Matching;

/// <summary>
/// Reads IP addresses without allocating. An address is 128 bits; IPv4 is mapped to <c>::ffff:0:0/96</c> (RFC 4291,
/// 2.5.5.2). Only the full dotted form of IPv4 is taken: <c>10.1</c> or <c>1</c> is no address in a log.
/// </summary>
internal static class AddressText
{
    private static readonly UInt128 MappedPrefix = (UInt128)0xFFFF << 32;

    public static bool IsMappedIPv4(UInt128 address) => (address >> 32) == 0xFFFF;

    public static UInt128 FromAddress(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.MapToIPv6().TryWriteBytes(bytes, out _);
        return BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    public static bool TryParse(ReadOnlySpan<char> text, out UInt128 address)
    {
        address = default;
        text = text.Trim();
        int zone = text.IndexOf('%');
        if (zone >= 0)
        {
            text = text[..zone];
        }

        if (text.Contains(':'))
        {
            return TryParseIPv6(text, out address);
        }

        bool v4 = TryParseIPv4(text, out uint bits);
        address = MappedPrefix | bits;
        return v4;
    }

    private static bool TryParseIPv4(ReadOnlySpan<char> text, out uint bits)
    {
        bits = 0;
        for (int part = 0; part < 4; part++)
        {
            int dot = text.IndexOf('.');
            ReadOnlySpan<char> digits = dot < 0 ? text : text[..dot];
            if (dot < 0 != (part == 3) || digits.Length is 0 or > 3
                || !byte.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out byte value))
            {
                return false;
            }

            bits = (bits << 8) | value;
            text = dot < 0 ? default : text[(dot + 1)..];
        }

        return true;
    }

    private static bool TryParseIPv6(ReadOnlySpan<char> text, out UInt128 address)
    {
        address = default;
        int gap = text.IndexOf("::");
        if (gap < 0)
        {
            return TryParseGroups(text, out address, out int count) && count == 8;
        }

        if (!TryParseGroups(text[..gap], out UInt128 head, out int headCount)
            || !TryParseGroups(text[(gap + 2)..], out UInt128 tail, out int tailCount)
            || headCount + tailCount > 7)
        {
            return false;
        }

        address = headCount == 0 ? tail : (head << (16 * (8 - headCount))) | tail;
        return true;
    }

    /// <summary>Reads groups of four hexadecimal digits; the last may be an IPv4 address, which counts as two.</summary>
    private static bool TryParseGroups(ReadOnlySpan<char> text, out UInt128 value, out int count)
    {
        value = default;
        count = 0;
        while (!text.IsEmpty)
        {
            int colon = text.IndexOf(':');
            ReadOnlySpan<char> group = colon < 0 ? text : text[..colon];
            if (colon < 0 && group.Contains('.'))
            {
                if (!TryParseIPv4(group, out uint bits))
                {
                    return false;
                }

                value = (value << 32) | bits;
                count += 2;
                return count <= 8;
            }

            if (group.Length is 0 or > 4
                || !ushort.TryParse(group, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort part)
                || ++count > 8)
            {
                return false;
            }

            value = (value << 16) | part;
            if (colon >= 0 && colon == text.Length - 1)
            {
                return false;
            }

            text = colon < 0 ? default : text[(colon + 1)..];
        }

        return true;
    }
}
