using System.Globalization;
using System.Net;

namespace Culprit.Knowledge.Indicators;

/// <summary>Addresses of IPv4 as text.</summary>
internal static class AddressText
{
    /// <summary>The longest text of one.</summary>
    public const int MaxLength = 15;

    /// <summary>Reads four decimal numbers up to 255, without zeros before them.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, out uint address)
    {
        address = 0;
        int parts = 0, at = 0;
        while (true)
        {
            int start = at;
            uint part = 0;
            while (at < text.Length && char.IsAsciiDigit(text[at]) && at - start < 4)
            {
                part = (part * 10) + (uint)(text[at++] - '0');
            }

            int length = at - start;
            if (length is 0 or > 3 || part > 255 || (length > 1 && text[start] == '0'))
            {
                return false;
            }

            address = (address << 8) | part;
            parts++;
            if (parts == 4 || at == text.Length)
            {
                return parts == 4 && at == text.Length;
            }

            if (text[at++] != '.')
            {
                return false;
            }
        }
    }

    /// <summary>An address of IPv4 that is written as one of IPv6, with or without a port, as its own text; any other text as it is.</summary>
    public static string WithoutSix(string text) =>
        HostText.TrySplit(text, out string host, out int port) && host.Contains(':', StringComparison.Ordinal) && IPAddress.TryParse(host, out IPAddress? address) && address.IsIPv4MappedToIPv6
            ? address.MapToIPv4() + (port < 0 ? "" : ":" + port.ToString(CultureInfo.InvariantCulture))
            : text;

    /// <summary>Writes an address.</summary>
    /// <returns>How many characters it took.</returns>
    public static int Write(uint address, Span<char> target)
    {
        int length = 0;
        for (int shift = 24; shift >= 0; shift -= 8)
        {
            ((address >> shift) & 255).TryFormat(target[length..], out int written, default, CultureInfo.InvariantCulture);
            length += written;
            if (shift > 0)
            {
                target[length++] = '.';
            }
        }

        return length;
    }
}
