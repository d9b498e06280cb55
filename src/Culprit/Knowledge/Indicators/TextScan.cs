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
    private const int MaxPort = 65_535;

    private readonly ScanSigns _signs = set.Signs;
    private int _field;

    /// <summary>What was found.</summary>
    public HitList Hits => hits;

    /// <summary>How many characters of paths of URLs were walked over in the text that was scanned last.</summary>
    public long Walked { get; private set; }

    /// <summary>Scans a text; see <see cref="IndicatorScanner.Scan"/>.</summary>
    public void Scan(ReadOnlySpan<char> text, int port, int field)
    {
        const int shortest = 4; // a.bc, ::12
        if (text.Length < shortest)
        {
            return;
        }

        _field = field;
        Walked = 0;
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

    private static ulong LowerKey(ReadOnlySpan<char> text, ulong seed = Keys.Name)
    {
        ulong key = seed;
        for (int i = text.Length - 1; i >= 0; i--)
        {
            key = Keys.Add(key, Lower(text[i]));
        }

        return Keys.Spread(key);
    }

    private static char Lower(char c) => c is >= 'A' and <= 'Z' ? (char)(c | 0x20) : c < 128 ? c : char.ToLowerInvariant(c);

    // A word with a point in it, which ends at end: a name, a file, or the host of a URL.
    private void Word(ReadOnlySpan<char> text, int end, uint label)
    {
        bool urlPath = _signs.HasUrlPaths && end < text.Length && text[end] is '/' or ':' or '.';
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
        int start = TryNamesWithin(text, end, out ulong key, out bool isWhole);
        if (isWhole)
        {
            TryHost(text, start, end, key);
            if (start > 0 && text[start - 1] == '\\')
            {
                TryHostBehindEscape(text, start - 1, end);
            }
            else if (start > 0 && text[start - 1] == '%')
            {
                TryHostBehindPercent(text, start - 1, end);
            }
        }

        hits.EndToken();
    }

    // Walks to the left as far as a name goes, and tries what stands behind each of its points. Gives its beginning, the key of the whole and whether the whole may be one.
    private int TryNamesWithin(ReadOnlySpan<char> text, int end, out ulong whole, out bool isWhole)
    {
        ulong key = Keys.Name;
        int start = end;
        bool labels = false, point = false;
        int least = Math.Max(0, end - HostText.MaxName);
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
                    TryHost(text, start, end, Keys.Spread(key));
                }

                point = false;
            }

            key = Keys.Add(key, c);
            start--;
        }

        // What is longer than a name can be goes on to the left: only what is below a point in it was looked for.
        isWhole = !point && (start == 0 || start > least || (text[start - 1] != '.' && HostText.Label(text[start - 1]) == '\0'));
        whole = Keys.Spread(key);
        return start;
    }

    private void TryHost(ReadOnlySpan<char> text, int start, int end, ulong key)
    {
        TryName(text, start, end, key);
        TryPathBehind(text, start, end, key);
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

        // No connection has port 0: who writes it does not know the port.
        port = number == 0 ? IndicatorScanner.AnyPort : number;
        return end;
    }

    private static bool IsSame(ReadOnlySpan<byte> value, ReadOnlySpan<char> text)
    {
        bool encoded = value.Contains((byte)'%');
        if (value.Length == text.Length && !encoded)
        {
            return Agree(value, text);
        }

        // UTF-8 of other than ASCII, and characters written as %XX, are longer than their characters are many.
        if (value.Length < text.Length || value.Length > ValueReader.MaxLength)
        {
            return false;
        }

        Span<char> wide = stackalloc char[ValueReader.MaxLength];
        ReadOnlySpan<char> written = wide[..Encoding.UTF8.GetChars(value, wide)];
        return Agree(encoded ? PercentText.MeantBy(written, wide) : written, text);
    }

    private static bool Agree<T>(ReadOnlySpan<T> value, ReadOnlySpan<char> text)
        where T : unmanaged, INumberBase<T>
    {
        if (value.Length != text.Length)
        {
            return false;
        }

        for (int i = 0; i < value.Length; i++)
        {
            if (ushort.CreateTruncating(value[i]) != Lower(text[i]))
            {
                return false;
            }
        }

        return true;
    }
}
