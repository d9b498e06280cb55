using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace Culprit.Knowledge.Indicators;

/// <summary>
/// The scan of a text: from point to point, because every name, address and file that is looked for has one. What stands behind a
/// point decides, mostly at once, whether what stands before it is looked at.
/// </summary>
/// <param name="set">What is looked for.</param>
/// <param name="hits">Gets what is found.</param>
internal sealed partial class TextScan(IndicatorSet set, HitList hits)
{
    private const int MaxName = 253;
    private const int MaxPort = 65_535;

    private readonly ScanSigns _signs = set.Signs;
    private int _field;

    /// <summary>What was found.</summary>
    public HitList Hits => hits;

    /// <summary>Scans a text; see <see cref="IndicatorScanner.Scan"/>.</summary>
    public void Scan(ReadOnlySpan<char> text, int port, int field)
    {
        const int shortest = 4; // a.bc, ::12
        if (text.Length < shortest)
        {
            return;
        }

        _field = field;
        const int shortestEncoded = shortest + 2; // a%2Ebc
        if (text.Length >= shortestEncoded && text.Contains('%') && PercentText.IsIn(text))
        {
            ScanAsMeant(text, port);
        }
        else
        {
            ScanAsWritten(text, port);
        }
    }

    private void ScanAsWritten(ReadOnlySpan<char> text, int port)
    {
        if (_signs.HasHashes && text.Length >= HashText.Shortest)
        {
            ScanHashes(text);
        }

        if (_signs.HasSix)
        {
            ScanSix(text, port);
        }

        Points(text, port);
    }

    // Each point by itself: which of them ends a name is told by what stands behind it.
    private void Points(ReadOnlySpan<char> text, int port)
    {
        int first = text.IndexOf('.');
        if (first < 0)
        {
            return;
        }

        // Behind a host that no name ends like there may still be a path that is looked for.
        bool urls = _signs.HasUrlPaths && text[first..].Contains('/');
        int at = first;
        if (Vector256.IsHardwareAccelerated)
        {
            ref ushort start = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(text));
            for (; at <= text.Length - Vector256<ushort>.Count; at += Vector256<ushort>.Count)
            {
                uint points = Vector256.Equals(Vector256.LoadUnsafe(ref start, (nuint)at), Vector256.Create((ushort)'.')).ExtractMostSignificantBits();
                for (; points != 0; points &= points - 1)
                {
                    Point(text, at + BitOperations.TrailingZeroCount(points), port, urls);
                }
            }
        }

        for (; at < text.Length; at++)
        {
            if (text[at] == '.')
            {
                Point(text, at, port, urls);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Point(ReadOnlySpan<char> text, int at, int port, bool urls)
    {
        // Most points stand in the names of files of which none is looked for, or before a number.
        int end = at + 1;
        if (end + 1 < text.Length && !urls && !char.IsAsciiDigit(text[end]) && !_signs.MayBeginLabel(text[end], text[end + 1], end + 2 < text.Length ? HostText.Label(text[end + 2]) : '\0'))
        {
            return;
        }

        Label(text, at, port);
    }

    private void Label(ReadOnlySpan<char> text, int at, int port)
    {
        int end = at + 1;
        ulong label = 0;
        uint nonDigits = 0;
        for (; end < text.Length && HostText.Label(text[end]) is var c and not '\0'; end++)
        {
            label = (label << 8) ^ c;
            nonDigits |= (uint)(c - '0') > 9 ? (uint)c : 0;
        }

        int length = end - at - 1;
        if (nonDigits >= 128)
        {
            WideLabel(text, at, end, port, ScanSigns.Fingerprint(label, length));
            return;
        }

        // The last label, though a point may end a full name or a sentence.
        if (length == 0 || (end + 1 < text.Length && text[end] == '.' && HostText.Label(text[end + 1]) != '\0'))
        {
            return;
        }

        if (nonDigits == 0)
        {
            Address(text, at, end, port);
        }
        else
        {
            Word(text, end, ScanSigns.Fingerprint(label, length));
        }
    }

    /// <summary>Scans a path; see <see cref="IndicatorScanner.ScanPath"/>.</summary>
    public void ScanPath(ReadOnlySpan<char> host, ReadOnlySpan<char> path, int field)
    {
        _field = field;
        if (path.IsEmpty || path[0] != '/')
        {
            return;
        }

        int end = host.Length;
        int colon = host.LastIndexOf(':');
        if (colon > 0 && host[..colon].IndexOf(':') < 0)
        {
            end = colon;
        }

        ulong key = 0;
        if (end > 0)
        {
            ReadOnlySpan<char> name = host[..end];
            key = AddressText.TryRead(name, out uint address) ? Keys.Address(address) : LowerKey(name);
        }

        bool known = end > 0 && _signs.HasUrlsOf(key);
        if (known || _signs.HasUrlPaths)
        {
            bool encoded = PercentText.IsIn(path);
            int before = hits.Count;
            hits.BeginToken();
            Path(host[..end], encoded ? Meant(path) : path, 0, key, known, bare: true);
            hits.EndToken();
            if (encoded)
            {
                PutAsWritten(path, before);
            }
        }
    }

    private static ulong LowerKey(ReadOnlySpan<char> name)
    {
        ulong key = Keys.Name;
        for (int i = name.Length - 1; i >= 0; i--)
        {
            key = Keys.Add(key, Lower(name[i]));
        }

        return Keys.Spread(key);
    }

    private static char Lower(char c) => c is >= 'A' and <= 'Z' ? (char)(c | 0x20) : c < 128 ? c : char.ToLowerInvariant(c);

    // A word with a point in it, which ends at end: a name, a file, or the host of a URL.
    private void Word(ReadOnlySpan<char> text, int end, uint label)
    {
        bool urlPath = _signs.HasUrlPaths && end < text.Length && text[end] is '/' or ':';
        if (_signs.MayEndName(label) || urlPath)
        {
            Name(text, end);
        }

        if (_signs.LongestFile > 0 && _signs.MayEndFile(label))
        {
            File(text, end);
        }
    }

    private void Name(ReadOnlySpan<char> text, int end)
    {
        hits.BeginToken();
        ulong key = Keys.Name;
        int start = end;
        bool labels = false, point = false;
        int least = Math.Max(0, end - MaxName);
        while (start > least)
        {
            char c = text[start - 1];
            if (c == '.')
            {
                if (point)
                {
                    break;
                }

                if (labels)
                {
                    TryName(text, start, end, Keys.Spread(key));
                }

                labels = true;
                point = true;
            }
            else
            {
                c = HostText.Label(c);
                if (c == '\0')
                {
                    break;
                }

                if (c >= 128 && labels && !point && text[start] < 128 && Scripts.IsUnspaced(c))
                {
                    // Another word, against the name.
                    TryName(text, start, end, Keys.Spread(key));
                    Behind(text, start, end, Keys.Spread(key));
                }

                point = false;
            }

            key = Keys.Add(key, c);
            start--;
        }

        // What is longer than a name can be goes on to the left: only what is below a point in it was looked for.
        bool whole = start == 0 || start > least || (text[start - 1] != '.' && HostText.Label(text[start - 1]) == '\0');
        if (whole && !point)
        {
            key = Keys.Spread(key);
            TryName(text, start, end, key);
            Behind(text, start, end, key);
            if (start > 0 && text[start - 1] == '\\')
            {
                BehindBackslash(text, start - 1, end);
            }
            else if (start > 0 && text[start - 1] == '%' && BehindSign(text, start - 1, end) is var begin and > 0 && text[begin] != '.')
            {
                // A name behind a space or a quote: %20example.org.
                key = LowerKey(text[begin..end]);
                TryName(text, begin, end, key);
                Behind(text, begin, end, key);
            }
        }

        hits.EndToken();
    }

    private void TryName(ReadOnlySpan<char> text, int start, int end, ulong key)
    {
        if (_signs.Names.Lacks(key))
        {
            return;
        }

        foreach (int i in set.Table.WithKey(IndicatorKind.Domain, key))
        {
            if (set.Facts.KindOf(i) == IndicatorKind.Domain && IsSame(set.Facts.ValueOf(i), text[start..end]))
            {
                hits.Add(new IndicatorHit(i, _field, start, end - start), end - start);
            }
        }
    }

    // The path behind a host, where there is one.
    private void Behind(ReadOnlySpan<char> text, int start, int end, ulong host)
    {
        int slash = SkipPort(text, end, out _);
        if (slash >= text.Length || text[slash] != '/')
        {
            return;
        }

        bool known = _signs.HasUrlsOf(host);
        bool url = _signs.HasUrlPaths && start >= 3 && text[start - 1] == '/' && text[start - 2] == '/' && text[start - 3] == ':';
        if (known || url)
        {
            Path(text[start..end], text, slash, host, known, url);
        }
    }

    private static int SkipPort(ReadOnlySpan<char> text, int at, out int port)
    {
        port = IndicatorScanner.AnyPort;
        if (at >= text.Length || text[at] != ':')
        {
            return at;
        }

        int end = at + 1, number = 0;
        while (end < text.Length && char.IsAsciiDigit(text[end]) && end - at <= 5)
        {
            number = (number * 10) + (text[end++] - '0');
        }

        if (end == at + 1 || number > MaxPort || (end < text.Length && Scripts.GoesOn(text[end])))
        {
            return at;
        }

        port = number;
        return end;
    }

    private static bool IsSame(ReadOnlySpan<byte> value, ReadOnlySpan<char> text, bool file = false)
    {
        bool encoded = value.Contains((byte)'%');
        Span<char> wide = stackalloc char[value.Length == text.Length && !encoded ? 0 : ValueReader.MaxLength];
        if (!wide.IsEmpty)
        {
            // UTF-8 of other than ASCII, and characters written as %XX, are longer than their characters are many.
            if (value.Length < text.Length || value.Length > wide.Length)
            {
                return false;
            }

            ReadOnlySpan<char> written = wide[..Encoding.UTF8.GetChars(value, wide)];
            return IsSame(encoded ? PercentText.MeantBy(written, wide) : written, text, file);
        }

        for (int i = 0; i < value.Length; i++)
        {
            if (value[i] != Fold(text[i], file))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsSame(ReadOnlySpan<char> value, ReadOnlySpan<char> text, bool file)
    {
        if (value.Length != text.Length)
        {
            return false;
        }

        for (int i = 0; i < value.Length; i++)
        {
            if (value[i] != Fold(text[i], file))
            {
                return false;
            }
        }

        return true;
    }

    private static char Fold(char c, bool file) => file && c == '/' ? '\\' : Lower(c);
}
