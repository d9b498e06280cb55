using System.Runtime.CompilerServices;

namespace Culprit.Knowledge.Indicators;

/// <summary>Values with something against them that is none of them: the end of a sentence, words of scripts without spaces, a written-out <c>\n</c>.</summary>
internal sealed partial class TextScan
{
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
            return at + 3 <= text.Length && IsBehindPercent(text, at + 3) ? UrlEnd.Url : UrlEnd.None;
        }

        if (c >= 128)
        {
            return char.IsPunctuation(c) || char.IsWhiteSpace(c) ? UrlEnd.Any : Scripts.IsUnspaced(c) ? UrlEnd.Url : UrlEnd.None;
        }

        // The end of a sentence: nothing but a few more of its marks goes before what ends a URL.
        const int most = 8;
        int rest = text.Slice(at, Math.Min(most, text.Length - at)).IndexOfAnyExcept('.', ':', '!');
        return rest < 0 || EndsUrl(text[at + rest]) || text[at + rest] >= 128 ? UrlEnd.Any : UrlEnd.None;
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

    // A name behind \n or \u0026 in the source of JSON, which a field of JSON holds where programs log what other programs logged.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void BehindBackslash(ReadOnlySpan<char> text, int slash, int end)
    {
        int start = slash + LengthOfEscape(text, slash);
        if (start == slash || start >= end || HostText.Label(text[start]) == '\0')
        {
            return;
        }

        ulong key = LowerKey(text[start..end]);
        if ((!_signs.Names.Lacks(key) || _signs.HasUrlsOf(key)) && (text[slash + 1] == 'u' || !IsInPath(text[..slash])))
        {
            TryName(text, start, end, key);
            Behind(text, start, end, key);
        }
    }

    // How long an escape that ends words is: \n, \r, \t, or \u with the code of what no name has in it; 0 where none stands there.
    private static int LengthOfEscape(ReadOnlySpan<char> text, int slash)
    {
        const int lengthOfCode = 6;
        bool isEscaped = (slash - text[..slash].LastIndexOfAnyExcept('\\')) % 2 == 0;
        if (isEscaped || slash + 1 >= text.Length)
        {
            return 0;
        }

        if (text[slash + 1] is 'n' or 'r' or 't')
        {
            return 2;
        }

        return text[slash + 1] == 'u' && slash + lengthOfCode <= text.Length
            && ushort.TryParse(text.Slice(slash + 2, 4), System.Globalization.NumberStyles.AllowHexSpecifier, System.Globalization.CultureInfo.InvariantCulture, out ushort code)
            && code != '.' && HostText.Label((char)code) == '\0'
                ? lengthOfCode
                : 0;
    }

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

    // Where an address or a hash begins behind an escape of JSON that ends before it; -1 where none does.
    private static int BehindEscape(ReadOnlySpan<char> text, int from, int end)
    {
        int slash = text[Math.Max(0, from)..end].LastIndexOf('\\');
        if (slash < 0)
        {
            return -1;
        }

        slash += Math.Max(0, from);
        int length = LengthOfEscape(text, slash);
        return length > 0 && slash + length < end ? slash + length : -1;
    }
}
