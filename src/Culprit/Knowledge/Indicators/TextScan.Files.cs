namespace Culprit.Knowledge.Indicators;

/// <summary>Files and hashes.</summary>
internal sealed partial class TextScan
{
    // A file's path, and an escape before it.
    private int LongestWalk => _signs.LongestFile + LongestEscape;

    private void File(ReadOnlySpan<char> text, int end)
    {
        hits.BeginToken();
        ulong key = Keys.FilePath;
        int least = Math.Max(0, end - LongestWalk);
        bool escapes = true;
        for (int start = end; start > least; start--)
        {
            key = Keys.Add(key, Fold(text[start - 1]));
            if (start >= 2 && (text[start - 2] == '.' || HostText.Label(text[start - 2]) != '\0') && !IsBehindPercent(text, start - 1))
            {
                continue;
            }

            if (Keys.Spread(key) is var spread && !_signs.Others.Lacks(spread))
            {
                TryFile(text, start - 1, end, spread);
            }

            if (start < 2 || !FileText.IsBetween(text[start - 2]))
            {
                continue;
            }

            if (FileText.IsBetween(text[start - 1]))
            {
                // However many stand together, they are one.
                int more = start - 2 - text[..(start - 1)].LastIndexOfAnyExcept('\\', '/');
                start -= more;
                least = Math.Max(0, least - more);
            }
            else if (escapes && text[start - 2] == '\\' && LengthOfEscape(text, start - 2) is var length and > 0)
            {
                // Where names stand behind escapes, the backslashes of their paths are doubled: one by itself before another is no part of a name.
                escapes = false;
                TryFileBehindEscape(text, start - 2 + length, end);
            }
        }

        hits.EndToken();
    }

    // \u0027evil.exe, "first line\nevil.exe"
    private void TryFileBehindEscape(ReadOnlySpan<char> text, int start, int end)
    {
        if (start >= end)
        {
            return;
        }

        Span<char> plain = stackalloc char[LongestWalk];
        ulong key = LowerKey(plain[..FileText.Write(text[start..end], plain)], Keys.FilePath);
        if (!_signs.Others.Lacks(key) && !IsPartOfPath(text, start))
        {
            TryFile(text, start, end, key);
        }
    }

    private void TryFile(ReadOnlySpan<char> text, int start, int end, ulong key)
    {
        Span<char> plain = stackalloc char[LongestWalk];
        plain = plain[..FileText.Write(text[start..end], plain)];
        foreach (int i in set.Table.WithKey(IndicatorKind.Path, key))
        {
            if (set.Facts.KindOf(i) == IndicatorKind.Path && IsSame(set.Facts.ValueOf(i), plain))
            {
                hits.Add(new IndicatorHit(i, _field, start, end - start), end - start);
            }
        }
    }

    private static char Fold(char c) => c == '/' ? '\\' : Lower(c);

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
        if (start > 0 && text[start - 1] is '%' or 'x' && HashText.IsLength(end - start - 2))
        {
            // %20, \x22
            start += 2;
        }
        else if (start > 0 && text[start - 1] == 'u' && HashText.IsLength(end - start - 4))
        {
            // \u003d
            start += 4;
        }

        if (HashText.IsLength(end - start) && (end == text.Length || !Scripts.GoesOn(text[end]))
            && (start == 0 || !Scripts.GoesOn(text[start - 1]) || IsBehindPercent(text, start) || EndOfEscape(text, start - LongestEscape, end) == start))
        {
            hits.BeginToken();
            TryHash(text, start, end);
            hits.EndToken();
        }
    }

    private void TryHash(ReadOnlySpan<char> text, int start, int end)
    {
        ReadOnlySpan<char> digits = text[start..end];
        ulong key = Keys.Hash(digits);
        if (_signs.Others.Lacks(key) || IsPartOfPath(text, start))
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
