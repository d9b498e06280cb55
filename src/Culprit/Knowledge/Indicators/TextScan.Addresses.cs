using System.Globalization;
using System.Net;

namespace Culprit.Knowledge.Indicators;

/// <summary>Addresses of either kind.</summary>
internal sealed partial class TextScan
{
    private void Address(ReadOnlySpan<char> text, int at, int end, int port)
    {
        if (end - at > 4)
        {
            return;
        }

        int start = at, least = Math.Max(0, end - AddressText.MaxLength);
        while (start > least && (char.IsAsciiDigit(text[start - 1]) || text[start - 1] == '.'))
        {
            start--;
        }

        bool begins = start == 0 || (text[start - 1] != '.' && !Scripts.GoesOn(text[start - 1]));
        if (start > 0 && text[start - 1] != '.' && (!begins || text[start - 1] == '%')
            && Math.Max(BehindSign(text, least - 3, end), BehindEscape(text, least - 6, end)) is var token and > 0
            && AddressText.TryRead(text[token..end], out uint address))
        {
            // %2045.66.230.5, \n45.66.230.5
            start = token;
        }
        else if (!begins || !AddressText.TryRead(text[start..end], out address))
        {
            return;
        }

        ulong key = Keys.Address(address);
        bool lacks = _signs.Others.Lacks(key);
        if (lacks && !_signs.HasUrlPaths && !_signs.HasUrlsOf(key))
        {
            return;
        }

        hits.BeginToken();
        if (!lacks)
        {
            SkipPort(text, end, out int behind);
            Span<char> canonical = stackalloc char[AddressText.MaxLength];
            TryAddress(canonical[..AddressText.Write(address, canonical)], key, behind >= 0 ? behind : port, start, end);
        }

        Behind(text, start, end, key);
        hits.EndToken();
    }

    // An address without a port says less than one with the port that was used, and more than one with a port that cannot be
    // compared. Of an address that serves many, the port is all that tells one from the others.
    private void TryAddress(ReadOnlySpan<char> address, ulong key, int port, int start, int end)
    {
        foreach (int i in set.Table.WithKey(IndicatorKind.Address, key))
        {
            ReadOnlySpan<byte> value = set.Facts.ValueOf(i);
            if (set.Facts.KindOf(i) != IndicatorKind.Address)
            {
                continue;
            }

            bool bracketed = value[0] == (byte)'[';
            ReadOnlySpan<byte> host = bracketed ? value[1..value.IndexOf((byte)']')] : value;
            int asked = IndicatorScanner.AnyPort;
            int colon = bracketed ? host.Length + 2 : address.Contains(':') ? -1 : value.IndexOf((byte)':');
            if (colon >= 0 && colon < value.Length)
            {
                asked = int.Parse(value[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture);
                host = bracketed ? host : value[..colon];
            }

            if (IsSame(host, address) && (asked < 0 || asked == port || (port < 0 && SharedHosting.OfAddress(address) is null)))
            {
                hits.Add(new IndicatorHit(i, _field, start, end - start, PortUnknown: asked >= 0 && port < 0), asked < 0 ? 2 : port < 0 ? 1 : 3);
            }
        }
    }

    private void ScanSix(ReadOnlySpan<char> text, int port)
    {
        for (int at = text.IndexOf(':'); at >= 0;)
        {
            int start = at, end = at;
            while (start > 0 && at - start <= 4 && char.IsAsciiHexDigit(text[start - 1]))
            {
                start--;
            }

            while (end < text.Length && (char.IsAsciiHexDigit(text[end]) || text[end] is ':' or '.'))
            {
                end++;
            }

            int last = end;
            while (last > at + 1 && text[last - 1] == '.')
            {
                last--;
            }

            Six(text, start, last, port);
            int next = text[end..].IndexOf(':');
            at = next < 0 ? -1 : end + next;
        }
    }

    private void Six(ReadOnlySpan<char> text, int start, int end, int port)
    {
        const int shortest = 3, longest = 45;
        if (end - start < shortest || text[start..end].Count(':') < 2)
        {
            return;
        }

        bool begins = start == 0 || (text[start - 1] != '.' && !Scripts.GoesOn(text[start - 1]));
        int first = start + text[start..].IndexOf(':');
        if (start > 0 && text[start - 1] != '.' && (!begins || text[start - 1] == '%')
            && Math.Max(BehindSign(text, start - 3, first + 1), BehindEscape(text, first - 10, first + 1)) is var token and > 0)
        {
            // %202a02:c207::1
            (start, begins) = (token, true);
        }

        if (!begins || end - start is < shortest or > longest || (end < text.Length && Scripts.GoesOn(text[end])) || !IPAddress.TryParse(text[start..end], out IPAddress? address))
        {
            return;
        }

        Span<char> form = stackalloc char[64];
        address.TryFormat(form, out int length);
        int behind = port;
        if (end < text.Length && text[end] == ']' && SkipPort(text, end + 1, out int given) > end + 1)
        {
            behind = given;
        }

        ulong key = Keys.Six(address);
        if (_signs.Others.Lacks(key))
        {
            return;
        }

        hits.BeginToken();
        TryAddress(form[..length], key, behind, start, end);
        hits.EndToken();
    }
}
