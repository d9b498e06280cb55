using System.Globalization;
using System.Runtime.CompilerServices;

namespace Culprit.Knowledge.Indicators;

/// <summary>Values with something against them that is none of them: the end of a sentence, words of scripts without spaces, a written-out <c>\n</c>.</summary>
internal sealed partial class TextScan
{
    // \u0026
    private const int LongestEscape = 6;

    private enum UrlEnd
    {
        // The path goes on.
        None,

        // A URL may end here. A path of which the host is not looked for may as well go on.
        Url,

        // Any path ends here.
        Any,
    }

    // Whether a path ends before a character that ends some and stands within others.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static UrlEnd EndBefore(ReadOnlySpan<char> text, int at)
    {
        char c = text[at];
        if (c == '%')
        {
            // A space or a quote within a path is part of it: /access%20denied.php.
            return at + LengthOfPercent <= text.Length && IsBehindPercent(text, at + LengthOfPercent) ? UrlEnd.Url : UrlEnd.None;
        }

        if (c is '+' or '$' or '*')
        {
            // A query's space, and what shells read: http://example.org/a.exe+-o, http://example.org/a.sh${IFS}.
            return UrlEnd.Url;
        }

        if (c >= 128)
        {
            return char.IsPunctuation(c) || char.IsWhiteSpace(c) ? UrlEnd.Any : Scripts.IsUnspaced(c) ? UrlEnd.Url : UrlEnd.None;
        }

        // The end of a sentence: nothing but a few more of its marks goes before what ends a URL.
        const int most = 8;
        int rest = text.Slice(at, Math.Min(most, text.Length - at)).IndexOfAnyExcept('.', ':', '!');
        return rest < 0 || UrlText.IsEnd(text[at + rest]) || text[at + rest] is ',' or ';' or >= '\u0080' ? UrlEnd.Any : UrlEnd.None;
    }

    // A label that has letters beyond ASCII in it: what stands before them may be the end of a value, and so may the whole where it is the last.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void WideLabel(ReadOnlySpan<char> text, int at, int end, int port, uint whole)
    {
        CutLabel(text, at, end, port);
        if (end + 1 >= text.Length || text[end] != '.' || HostText.Label(text[end + 1]) == '\0')
        {
            Word(text, end, whole);
        }
    }

    private void CutLabel(ReadOnlySpan<char> text, int at, int end, int port)
    {
        ReadOnlySpan<char> label = text[(at + 1)..end];
        int wide = label.IndexOfAnyExceptInRange('\0', '\u007f');
        if (wide > 0 && !label[..wide].ContainsAnyExceptInRange('0', '9') && !Scripts.GoesOn(label[wide]))
        {
            Address(text, at, at + 1 + wide, port);
        }
        else if (wide > 0 && Scripts.IsUnspaced(label[wide]))
        {
            ulong packed = 0;
            foreach (char c in label[..wide])
            {
                packed = (packed << 8) ^ HostText.Label(c);
            }

            Word(text, at + 1 + wide, ScanSigns.Fingerprint(packed, wide));
        }
    }

    // A name behind \n, \u0026 or \x22: in the source of JSON, which a field of JSON holds where programs log what other programs logged, and in
    // the logs of web servers.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void TryHostBehindEscape(ReadOnlySpan<char> text, int slash, int end)
    {
        int start = slash + LengthOfEscape(text, slash);
        if (start == slash || start >= end || HostText.Label(text[start]) == '\0')
        {
            return;
        }

        ulong key = LowerKey(text[start..end]);
        if ((!_signs.Names.Lacks(key) || _signs.HasUrlsOf(key)) && !IsPartOfPath(text, start))
        {
            TryHost(text, start, end, key);
        }
    }

    // How long an escape that ends words is: \n, \r, \t, or \u or \x with the code of what no name has in it; 0 where none stands there.
    private static int LengthOfEscape(ReadOnlySpan<char> text, int slash)
    {
        int digits = slash + 1 >= text.Length ? -1 : text[slash + 1] switch { 'n' or 'r' or 't' => 0, 'x' => 2, 'u' => 4, _ => -1 };
        int length = 2 + digits;
        bool isEscaped = digits >= 0 && (slash - text[..slash].LastIndexOfAnyExcept('\\')) % 2 == 0;
        if (digits < 0 || isEscaped || slash + length > text.Length)
        {
            return 0;
        }

        return digits == 0 || (ushort.TryParse(text.Slice(slash + 2, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code) && EndsWord((char)code, digits))
            ? length
            : 0;
    }

    // A code of two digits is a byte: beyond ASCII, part of a character that may be a letter.
    private static bool EndsWord(char c, int digits) => c != '.' && HostText.Label(c) == '\0' && (c < 128 || digits > 2);

    // Whether the n, r or t before a value, behind a backslash, may be of a path's name and none of an escape.
    private static bool IsPartOfPath(ReadOnlySpan<char> text, int start) =>
        start >= 2 && text[start - 2] == '\\' && text[start - 1] is 'n' or 'r' or 't' && IsInPath(text[..(start - 2)]);

    // Whether what stands before a backslash is the beginning of a path, in which \n begins a name: HKCU\Domains\name. In the source of JSON
    // a quote has opened the text, and each backslash that is none of an escape is written twice.
    private static bool IsInPath(ReadOnlySpan<char> before)
    {
        const int longest = 512;
        ReadOnlySpan<char> near = before[Math.Max(0, before.Length - longest)..];
        if (!near.Contains('"'))
        {
            return true;
        }

        ReadOnlySpan<char> word = near[(near.LastIndexOfAny(" \"\t=") + 1)..];
        if (word is "." or ".." || word.StartsWith(@".\") || word.StartsWith(@"..\"))
        {
            return true;
        }

        for (int i = 0; i < word.Length; i++)
        {
            if (word[i] == ':' && i == 1 && char.IsAsciiLetter(word[0]))
            {
                return true;
            }

            if (word[i] == '\\')
            {
                if (i + 1 >= word.Length || !"nrtbfu/\\".Contains(word[i + 1], StringComparison.Ordinal))
                {
                    return true;
                }

                i++;
            }
        }

        return false;
    }

    // Where the last escape that begins at the earliest at from ends, so that something stands behind it; -1 where there is none.
    private static int EndOfEscape(ReadOnlySpan<char> text, int from, int end)
    {
        from = Math.Max(0, from);
        int slash = from + text[from..end].LastIndexOf('\\');
        int length = slash < from ? 0 : LengthOfEscape(text, slash);
        return length > 0 && slash + length < end ? slash + length : -1;
    }
}
