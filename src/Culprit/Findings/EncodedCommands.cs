using System.Runtime.InteropServices;

namespace Culprit.Findings;

/// <summary>
/// Base64 behind what PowerShell takes for a command in it (<c>-e</c>, <c>-enc</c>, <c>-EncodedCommand</c>, ...) or decodes itself (<c>FromBase64String</c>), decoded
/// once: what is encoded within that stays so. The texts are bounded in number and length, and a text without long words costs a look at every thirty-second character. One thread.
/// </summary>
internal sealed class EncodedCommands
{
    // A shorter word holds no address with anything around it.
    private const int Shortest = 32;

    // Command lines are no longer than this.
    private const int Longest = 64 * 1024;

    private const int MostWords = 4;

    private const string Parameter = "encodedcommand", OtherParameter = "ec", Decoder = "FromBase64String";

    private byte[] _bytes = [];
    private char[] _chars = [];

    /// <summary>Whether a field is one in which commands stand.</summary>
    public static bool AreIn(string field) => field.EndsWith("CommandLine", StringComparison.OrdinalIgnoreCase)
        || field.ToUpperInvariant() is "SCRIPTBLOCKTEXT" or "IMAGEPATH" or "SERVICEFILENAME" or "TASKCONTENT" or "DETAILS" or "PAYLOAD" or "CONTEXTINFO" or "HOSTAPPLICATION";

    /// <summary>The next word that is decoded; false where there is none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="at">From where on; behind the word then.</param>
    /// <param name="count">How many were decoded.</param>
    /// <param name="decoded">What the word says; valid until the next call.</param>
    public bool TryNext(ReadOnlySpan<char> text, ref int at, ref int count, out ReadOnlySpan<char> decoded)
    {
        // A word that is long enough holds one of the characters that lie as far apart as the shortest is long, so that no others are looked at first.
        for (int probe = at + Shortest - 1; count < MostWords && probe < text.Length; probe += Shortest)
        {
            if (!IsOfAlphabet(text[probe]))
            {
                continue;
            }

            int start = probe, end = probe + 1;
            while (start > at && IsOfAlphabet(text[start - 1]))
            {
                start--;
            }

            while (end < text.Length && IsOfAlphabet(text[end]))
            {
                end++;
            }

            if (end - start < Shortest)
            {
                continue;
            }

            probe = end;
            if (IsBehindMark(text[..start]))
            {
                at = end;
                count++;
                if (TryDecode(text[start..Math.Min(end, start + Longest)], out decoded))
                {
                    return true;
                }
            }
        }

        decoded = default;
        return false;
    }

    private static bool IsOfAlphabet(char c) => char.IsAsciiLetterOrDigit(c) || c is '+' or '/' or '=';

    // Whether what stands before a word says that PowerShell decodes it.
    private static bool IsBehindMark(ReadOnlySpan<char> before)
    {
        ReadOnlySpan<char> named = before.TrimEnd(" \t('\":\\");
        if (named.Length == before.Length)
        {
            return false;
        }

        int name = named.Length;
        while (name > 0 && char.IsAsciiLetterOrDigit(named[name - 1]))
        {
            name--;
        }

        ReadOnlySpan<char> letters = named[name..];
        return letters.EndsWith(Decoder, StringComparison.OrdinalIgnoreCase)
            || (letters.Length > 0 && (Parameter.AsSpan().StartsWith(letters, StringComparison.OrdinalIgnoreCase) || letters.Equals(OtherParameter, StringComparison.OrdinalIgnoreCase))
                && name > 0 && named[name - 1] is '-' or '/' or '\u2013' && (name == 1 || !char.IsLetterOrDigit(named[name - 2])));
    }

    // PowerShell's own is UTF-16; what scripts decode is often ASCII. A log may have cut the word anywhere.
    private bool TryDecode(ReadOnlySpan<char> word, out ReadOnlySpan<char> decoded)
    {
        if (_bytes.Length < word.Length)
        {
            _bytes = new byte[word.Length];
            _chars = new char[word.Length];
        }

        if (!Convert.TryFromBase64Chars(word[..(word.Length & ~3)], _bytes, out int length))
        {
            decoded = default;
            return false;
        }

        ReadOnlySpan<byte> bytes = _bytes.AsSpan(0, length);
        int zeros = 0;
        for (int i = 1; i < bytes.Length; i += 2)
        {
            zeros += bytes[i] == 0 ? 1 : 0;
        }

        if (zeros * 4 > bytes.Length)
        {
            decoded = MemoryMarshal.Cast<byte, char>(bytes[..(bytes.Length & ~1)]);
            return true;
        }

        for (int i = 0; i < bytes.Length; i++)
        {
            _chars[i] = (char)bytes[i];
        }

        decoded = _chars.AsSpan(0, bytes.Length);
        return true;
    }
}
