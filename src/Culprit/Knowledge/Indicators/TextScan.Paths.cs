using System.Net;

namespace Culprit.Knowledge.Indicators;

/// <summary>Paths of URLs.</summary>
internal sealed partial class TextScan
{
    // A path says less than any host.
    private const int WeightOfHost = 2 * ValueReader.MaxLength;

    // URLs may stand within each other, so that each path goes on to the last one's end: no URL within a URL is that deep unless it is made to be slow.
    private const int MostWalks = 16;

    // Of each path as much is walked over whatever stood before it.
    private const int LeastWalk = 128;

    /// <summary>Scans a path; see <see cref="IndicatorScanner.ScanPath"/>.</summary>
    public void ScanPath(ReadOnlySpan<char> host, ReadOnlySpan<char> path, int field)
    {
        _field = field;
        Walked = 0;
        if (path.IsEmpty || path[0] != '/')
        {
            return;
        }

        int colon = host.LastIndexOf(':');
        if (colon > 0 && host[..colon].Contains(':'))
        {
            ScanPathOfSix(host, path);
            return;
        }

        ReadOnlySpan<char> name = colon > 0 ? host[..colon] : host;
        name = name is [.., '.'] ? name[..^1] : name;
        ScanPath(name, name.IsEmpty ? 0 : AddressText.TryRead(name, out uint address) ? Keys.Address(address) : LowerKey(name), path);
    }

    private void ScanPathOfSix(ReadOnlySpan<char> host, ReadOnlySpan<char> path)
    {
        int close = host.IndexOf(']');
        ReadOnlySpan<char> inner = host[0] == '[' && close > 0 ? host[1..close] : host;
        Span<char> form = stackalloc char[MaxBracketed];
        if (IPAddress.TryParse(inner, out IPAddress? address))
        {
            ScanPath(form[..Bracketed(address, form)], Keys.Six(address), path);
        }
        else
        {
            ScanPath(default, 0, path);
        }
    }

    private void ScanPath(ReadOnlySpan<char> host, ulong hostKey, ReadOnlySpan<char> path)
    {
        bool known = !host.IsEmpty && _signs.HasUrlsOf(hostKey);
        if (!known && !_signs.HasUrlPaths)
        {
            return;
        }

        bool encoded = PercentText.IsIn(path);
        int before = hits.Count;
        hits.BeginToken();
        Path(host, encoded ? Meant(path) : path, 0, hostKey, known, bare: true);
        hits.EndToken();
        if (encoded)
        {
            PutAsWritten(path, before);
        }
    }

    // The path behind a host, where there is one.
    private void TryPathBehind(ReadOnlySpan<char> text, int start, int end, ulong host)
    {
        int path = PathBehind(text, end);
        if (path < 0)
        {
            return;
        }

        bool known = _signs.HasUrlsOf(host);
        bool url = _signs.HasUrlPaths && text[path] == '/' && start >= 3 && text[start - 1] == '/' && text[start - 2] == '/' && text[start - 3] == ':';
        if (known || url)
        {
            Path(text[start..end], text, path, host, known, url);
        }
    }

    // Where the path, or a query without one, begins behind a host, behind the point of a full name and a port too; -1 where there is none.
    private static int PathBehind(ReadOnlySpan<char> text, int end)
    {
        int at = SkipPort(text, end < text.Length && text[end] == '.' ? end + 1 : end, out _);
        return at < text.Length && text[at] is '/' or '?' ? at : -1;
    }

    // Where a part of the path ends, the path up to there may be one that is looked for. A query that stands behind the host itself is one of /.
    private void Path(ReadOnlySpan<char> host, ReadOnlySpan<char> text, int start, ulong hostKey, bool urls, bool bare)
    {
        ulong key = text[start] == '/' ? Keys.UrlPath : Keys.Add(Keys.UrlPath, '/');
        int longest = (int)Math.Min(_signs.LongestUrlPath, Math.Max(LeastWalk, ((long)MostWalks * text.Length) - Walked));
        int last = Math.Min(text.Length, start + longest), at = start;
        for (; at < last && !UrlText.IsEnd(text[at]); at++)
        {
            char c = Lower(text[at]);
            key = Keys.Add(key, c);
            int end = at + 1;
            UrlEnd ends = UrlEnd.Any;
            if (!UrlText.IsBetween(c) && end < text.Length && !UrlText.IsEnd(text[end]) && !UrlText.IsBetween(text[end]))
            {
                ends = text[end] is '.' or ':' or '!' or '%' or '+' or '$' or '*' or >= '\u0080' ? EndBefore(text, end) : UrlEnd.None;
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

        Walked += at - start;
        if (longest < _signs.LongestUrlPath && at == last && at < text.Length && !UrlText.IsEnd(text[at]))
        {
            hits.NoteMore();
        }
    }

    private void TryUrl(ReadOnlySpan<char> host, ReadOnlySpan<char> text, int start, int end, ulong key)
    {
        int implied = text[start] == '/' ? 0 : 1;
        foreach (int i in set.Table.WithKey(IndicatorKind.Url, key))
        {
            ReadOnlySpan<byte> value = set.Facts.ValueOf(i);
            if (set.Facts.KindOf(i) == IndicatorKind.Url && value.Length > host.Length
                && IsSame(value[..host.Length], host) && IsSame(value[(host.Length + implied)..], text[start..end]))
            {
                // More than any name or address can weigh: of one list the URL says most.
                hits.Add(new IndicatorHit(i, _field, start, end - start), HostText.MaxName + end - start);
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
}
