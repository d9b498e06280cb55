using System.Globalization;
using System.Net;

namespace Culprit.Knowledge.Indicators;

/// <summary>Addresses of either kind.</summary>
internal sealed partial class TextScan
{
    // An address of IPv6 in its longest form, within brackets.
    private const int MaxBracketed = 64;

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
        if (BeginBehind(text, start, least, end) is var token and > 0 && AddressText.TryRead(text[token..end], out uint address))
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
        if ((lacks && !_signs.HasUrlPaths && !_signs.HasUrlsOf(key)) || IsPartOfPath(text, start))
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

        TryPathBehind(text, start, end, key);
        hits.EndToken();
    }

    // Where a number begins before which an escape stands, whose digits or letter its own seem to go on with; -1 where none does.
    private static int BeginBehind(ReadOnlySpan<char> text, int start, int least, int end) =>
        start > 0 && (text[start - 1] == '%' || (text[start - 1] != '.' && Scripts.GoesOn(text[start - 1])))
            ? Math.Max(EndOfPercent(text, least - LengthOfPercent, end), EndOfEscape(text, least - LongestEscape, end))
            : -1;

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
        const int shortest = 3, longest = 45, digits = 4;
        if (end - start < shortest || text[start..end].Count(':') < 2)
        {
            return;
        }

        bool begins = start == 0 || (text[start - 1] != '.' && !Scripts.GoesOn(text[start - 1]));
        int first = start + text[start..].IndexOf(':');
        if (BeginBehind(text, start, first - digits, first + 1) is var token and > 0)
        {
            // %202a02:c207::1
            (start, begins) = (token, true);
        }

        if (!begins || end - start is < shortest or > longest || (end < text.Length && Scripts.GoesOn(text[end])) || !IPAddress.TryParse(text[start..end], out IPAddress? address))
        {
            return;
        }

        ulong key = Keys.Six(address);
        int close = EndOfBracket(text, end), path = close > end ? PathBehind(text, close) : -1;
        bool lacks = _signs.Others.Lacks(key), urls = path >= 0 && _signs.HasUrlsOf(key);
        if ((lacks && !urls) || IsPartOfPath(text, start))
        {
            return;
        }

        Span<char> host = stackalloc char[MaxBracketed];
        host = host[..Bracketed(address, host)];
        hits.BeginToken();
        if (!lacks)
        {
            TryAddress(host[1..^1], key, close > end && SkipPort(text, close, out int given) > close && given >= 0 ? given : port, start, end);
        }

        if (urls)
        {
            Path(host, text, path, key, urls: true, bare: false);
        }

        hits.EndToken();
    }

    // An address of IPv6 as URLs have it.
    private static int Bracketed(IPAddress address, Span<char> target)
    {
        target[0] = '[';
        address.TryFormat(target[1..], out int length);
        target[length + 1] = ']';
        return length + 2;
    }

    // Behind the bracket that closes an address, which stays encoded in an encoded text; where it stands itself where there is none.
    private static int EndOfBracket(ReadOnlySpan<char> text, int at) =>
        at < text.Length && text[at] == ']' ? at + 1 : text[at..].StartsWith("%5D", StringComparison.OrdinalIgnoreCase) ? at + LengthOfPercent : at;
}
