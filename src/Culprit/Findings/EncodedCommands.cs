using System.Buffers;
using System.Runtime.InteropServices;

namespace Culprit.Findings;

/// <summary>
/// Base64 behind what PowerShell takes for a command in it (<c>-e</c>, <c>-enc</c>, <c>-EncodedCommand</c>, ...) or decodes itself (<c>FromBase64String</c>), decoded
/// once: what is encoded within that stays so. The texts are bounded in number and length, and a text without such a mark costs one search. One thread.
/// </summary>
internal sealed class EncodedCommands
{
    // A shorter word holds no address with anything around it.
    private const int Shortest = 32;

    // Command lines are no longer than this.
    private const int Longest = 64 * 1024;

    private const int MostWords = 4;

    private const string Parameter = "encodedcommand", OtherParameter = "ec";

    private static readonly SearchValues<string> Marks = SearchValues.Create(["-e", "/e", "\u2013e", "FromBase64String"], StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<char> Alphabet = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=");

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
        while (count < MostWords && text.Length - at >= Shortest && text[at..].IndexOfAny(Marks) is var mark and >= 0)
        {
            at += mark;
            int from = WordAt(text, at);
            at++;
            if (from > 0 && LengthOfWord(text[from..]) is var length and >= Shortest)
            {
                at = from + length;
                count++;
                if (TryDecode(text.Slice(from, Math.Min(length, Longest)), out decoded))
                {
                    return true;
                }
            }
        }

        decoded = default;
        return false;
    }

    // Where behind a mark the word begins; 0 where the mark is none.
    private static int WordAt(ReadOnlySpan<char> text, int mark)
    {
        int at = mark;
        if (text[mark] is 'F' or 'f')
        {
            at += "FromBase64String".Length;
        }
        else
        {
            at++;
            int letters = 0;
            while (at + letters < text.Length && char.IsAsciiLetter(text[at + letters]))
            {
                letters++;
            }

            ReadOnlySpan<char> name = text.Slice(at, letters);
            if (mark > 0 && char.IsLetterOrDigit(text[mark - 1])
                || !(Parameter.AsSpan().StartsWith(name, StringComparison.OrdinalIgnoreCase) || name.Equals(OtherParameter, StringComparison.OrdinalIgnoreCase)))
            {
                return 0;
            }

            at += letters;
        }

        int start = at;
        while (at < text.Length && text[at] is ' ' or '\t' or '(' or '\'' or '"' or ':' or '\\')
        {
            at++;
        }

        return at > start ? at : 0;
    }

    private static int LengthOfWord(ReadOnlySpan<char> text) => text.IndexOfAnyExcept(Alphabet) is var end and >= 0 ? end : text.Length;

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
