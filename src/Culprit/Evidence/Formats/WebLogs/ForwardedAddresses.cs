using System.Net;
using Culprit.Primitives;

namespace Culprit.Evidence.Formats.WebLogs;

/// <summary>Lists of addresses as <c>X-Forwarded-For</c> has them: whom each proxy saw, the nearest last.</summary>
internal static class ForwardedAddresses
{
    // Of IPv4 (RFC 3927).
    private static readonly IPNetwork LinkLocal = new(new IPAddress([169, 254, 0, 0]), 16);

    /// <summary>Whether a text is one address or several with commas; some proxies write <c>unknown</c> for one, and ports.</summary>
    public static bool IsList(ReadOnlySpan<char> text)
    {
        bool hasAddress = false;
        foreach (Range part in text.Split(','))
        {
            ReadOnlySpan<char> one = text[part].Trim(' ');
            bool isAddress = TryAddress(one, out _);
            if (!isAddress && one is not "unknown")
            {
                return false;
            }

            hasAddress |= isAddress;
        }

        return hasAddress;
    }

    /// <summary>How many characters at the beginning are a list of at least two addresses, up to a space; 0 where there is none.</summary>
    public static int LengthOfList(ReadOnlySpan<char> text)
    {
        int end = 0;
        while (end < text.Length)
        {
            int space = text[end..].IndexOf(' ');
            int stop = space < 0 ? text.Length : end + space;
            if (stop > 0 && text[stop - 1] != ',')
            {
                end = stop;
                break;
            }

            end = stop + 1;
        }

        ReadOnlySpan<char> list = text[..Math.Min(end, text.Length)];
        return list.Contains(',') && IsList(list) ? list.Length : 0;
    }

    /// <summary>Where the last address stands that is none of networks inside, or else the last one.</summary>
    public static (int From, int Count) Nearest(ReadOnlySpan<char> list)
    {
        (int From, int Count) nearest = default;
        bool isOutside = false;
        foreach (Range part in list.Split(','))
        {
            (int from, int length) = part.GetOffsetAndLength(list.Length);
            ReadOnlySpan<char> one = list.Slice(from, length);
            from += length - one.TrimStart(' ').Length;
            one = one.Trim(' ');
            if (TryAddress(one, out IPAddress? address) && (!IsInside(address!) || !isOutside))
            {
                isOutside |= !IsInside(address!);
                nearest = (from, one.Length);
            }
        }

        return nearest;
    }

    // 192.0.2.1, 2001:db8::1, 192.0.2.1:4711, [2001:db8::1]:4711. A number such as 0.25, which parsers take for an address, is none here.
    private static bool TryAddress(ReadOnlySpan<char> text, out IPAddress? address)
    {
        address = null;
        return (text.Count('.') == 3 || text.Count(':') > 1) && IPEndPoint.TryParse(text, out IPEndPoint? point) && (address = point.Address) is not null;
    }

    private static bool IsInside(IPAddress address)
    {
        IPAddress plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return IPAddress.IsLoopback(plain) || plain.IsIPv6LinkLocal || LinkLocal.Contains(plain) || AddressRange.IsPrivate(plain);
    }
}
