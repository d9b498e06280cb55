using System.Globalization;
using System.Net;

namespace Culprit.Primitives;

/// <summary>Tells addresses inside of a network from those outside.</summary>
internal static class AddressRange
{
    /// <summary>Whether an address is given out inside of networks alone (RFC 1918, RFC 6598, RFC 4193).</summary>
    /// <param name="address">In its shortest form, as clues have it.</param>
    public static bool IsPrivate(ReadOnlySpan<char> address)
    {
        const int wholeGroup = 4;
        if (address.IndexOf(':') is var end and >= 0)
        {
            return end == wholeGroup && (address.StartsWith("fc", StringComparison.OrdinalIgnoreCase) || address.StartsWith("fd", StringComparison.OrdinalIgnoreCase));
        }

        int point = address.IndexOf('.');
        return point > 0 && byte.TryParse(address[..point], NumberStyles.None, CultureInfo.InvariantCulture, out byte first) && first switch
        {
            10 => true,
            172 => SecondOf(address[(point + 1)..]) is >= 16 and <= 31,
            192 => SecondOf(address[(point + 1)..]) == 168,
            100 => SecondOf(address[(point + 1)..]) is >= 64 and <= 127,
            _ => false,
        };
    }

    /// <summary>Whether an address is given out inside of networks alone.</summary>
    public static bool IsPrivate(IPAddress address)
    {
        const int longest = 64;
        Span<char> text = stackalloc char[longest];
        return address.TryFormat(text, out int length) && IsPrivate(text[..length]);
    }

    private static int SecondOf(ReadOnlySpan<char> rest) =>
        rest.IndexOf('.') is var point and > 0 && byte.TryParse(rest[..point], NumberStyles.None, CultureInfo.InvariantCulture, out byte second) ? second : -1;
}
