namespace Culprit.Knowledge.Indicators;

/// <summary>Paths of URLs, files and hashes.</summary>
internal sealed partial class TextScan
{
    // A path says less than any host.
    private const int WeightOfHost = 2 * ValueReader.MaxLength;

    private static bool EndsUrl(char c) => c is <= ' ' or '"' or '\'' or '<' or '>' or '`' or '^' or '{' or '|' or '}' or ')' or ']';

    private static bool EndsPart(char c) => c is '/' or '?' or '#' or '&' or ';' or '=' or ',' or '\\';

    // Where a part of the path ends, the path up to there may be one that is looked for.
    private void Path(ReadOnlySpan<char> host, ReadOnlySpan<char> text, int start, ulong hostKey, bool urls, bool bare)
    {
        ulong key = Keys.UrlPath;
        int last = Math.Min(text.Length, start + _signs.LongestUrlPath);
        for (int at = start; at < last && !EndsUrl(text[at]); at++)
        {
            char c = Lower(text[at]);
            key = Keys.Add(key, c);
            int end = at + 1;
            UrlEnd ends = UrlEnd.Any;
            if (!EndsPart(c) && end < text.Length && !EndsUrl(text[end]) && !EndsPart(text[end]))
            {
                ends = text[end] is '.' or ':' or '!' or '%' or >= '\u0080' ? EndBefore(text, end) : UrlEnd.None;
                if (ends == UrlEnd.None)
                {
                    continue;
                }
            }

            if (urls && Keys.Spread(Keys.Url(hostKey, key)) is var both && !_signs.Others.Lacks(both))
            {
                TryUrl(host, text, start, end, both);
            }

            if (bare && ends == UrlEnd.Any && Keys.Spread(key) is var alone && !_signs.Others.Lacks(alone))
            {
                TryPath(text, start, end, alone);
            }
        }
    }

    private void TryUrl(ReadOnlySpan<char> host, ReadOnlySpan<char> text, int start, int end, ulong key)
    {
        foreach (int i in set.Table.WithKey(IndicatorKind.Url, key))
        {
            ReadOnlySpan<byte> value = set.Facts.ValueOf(i);
            if (set.Facts.KindOf(i) == IndicatorKind.Url && value.Length >= host.Length + end - start
                && IsSame(value[..host.Length], host) && IsSame(value[host.Length..], text[start..end]))
            {
                // More than any name or address can weigh: of one list the URL says most.
                hits.Add(new IndicatorHit(i, _field, start, end - start), MaxName + end - start);
            }
        }
    }

    private void TryPath(ReadOnlySpan<char> text, int start, int end, ulong key)
    {
        // A path without a host is looked for whole: only one that ends with a slash means what lies below it too.
        if (text[end - 1] != '/' && end < text.Length && text[end] == '/')
        {
            return;
        }

        foreach (int i in set.Table.WithKey(IndicatorKind.Path, key))
        {
            if (set.Facts.KindOf(i) == IndicatorKind.Path && IsSame(set.Facts.ValueOf(i), text[start..end]))
            {
                hits.Add(new IndicatorHit(i, _field, start, end - start), end - start - WeightOfHost);
            }
        }
    }

    private void File(ReadOnlySpan<char> text, int end)
    {
        hits.BeginToken();
        ulong key = Keys.FilePath;
        int least = Math.Max(0, end - _signs.LongestFile);
        for (int start = end; start > least; start--)
        {
            key = Keys.Add(key, Fold(text[start - 1], file: true));
            if (start >= 2 && (text[start - 2] == '.' || HostText.Label(text[start - 2]) != '\0') && !IsBehindPercent(text, start - 1))
            {
                continue;
            }

            if (Keys.Spread(key) is var spread && !_signs.Others.Lacks(spread))
            {
                TryFile(text, start - 1, end, spread);
            }
        }

        hits.EndToken();
    }

    private void TryFile(ReadOnlySpan<char> text, int start, int end, ulong key)
    {
        foreach (int i in set.Table.WithKey(IndicatorKind.Path, key))
        {
            if (set.Facts.KindOf(i) == IndicatorKind.Path && IsSame(set.Facts.ValueOf(i), text[start..end], file: true))
            {
                hits.Add(new IndicatorHit(i, _field, start, end - start), end - start);
            }
        }
    }

    // Every run of 32 digits or more holds a digit at one of the places that are looked at.
    private void ScanHashes(ReadOnlySpan<char> text)
    {
        int at = HashText.Shortest - 1;
        while (at < text.Length)
        {
            if (!char.IsAsciiHexDigit(text[at]))
            {
                at += HashText.Shortest;
                continue;
            }

            // The place that was looked at before is no digit, so that the run begins behind it.
            int start = text[..at].LastIndexOfAnyExcept(HashText.Digits) + 1;
            int rest = text[at..].IndexOfAnyExcept(HashText.Digits);
            int end = rest < 0 ? text.Length : at + rest;
            if (end - start >= HashText.Shortest)
            {
                Digits(text, start, end);
            }

            at = end + HashText.Shortest;
        }
    }

    // A run of hexadecimal digits that is as long as a hash, or longer by those of what is written before it.
    private void Digits(ReadOnlySpan<char> text, int start, int end)
    {
        if (start > 0 && text[start - 1] == '%' && HashText.IsLength(end - start - 2))
        {
            // %20
            start += 2;
        }
        else if (start > 0 && text[start - 1] == 'u' && HashText.IsLength(end - start - 4) && BehindEscape(text, start - 2, end) == start + 4)
        {
            // \u003d
            start += 4;
        }

        if (HashText.IsLength(end - start) && (end == text.Length || !Scripts.GoesOn(text[end]))
            && (start == 0 || !Scripts.GoesOn(text[start - 1]) || IsBehindPercent(text, start) || BehindEscape(text, start - 6, end) == start))
        {
            hits.BeginToken();
            TryHash(text[start..end], start);
            hits.EndToken();
        }
    }

    private void TryHash(ReadOnlySpan<char> digits, int start)
    {
        ulong key = Keys.Hash(digits);
        if (_signs.Others.Lacks(key))
        {
            return;
        }

        foreach (int i in set.Table.WithKey(IndicatorKind.Hash, key))
        {
            if (set.Facts.KindOf(i) == IndicatorKind.Hash && IsSame(set.Facts.ValueOf(i), digits))
            {
                hits.Add(new IndicatorHit(i, _field, start, digits.Length), 0);
            }
        }
    }
}
