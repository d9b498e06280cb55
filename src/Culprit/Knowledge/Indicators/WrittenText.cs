using System.Text;

namespace Culprit.Knowledge.Indicators;

/// <summary>Takes from a value what people's programs add to it: word processors, tables, chats and web pages from which lists are copied.</summary>
internal static class WrittenText
{
    // Quotes, bullets and the marks that end a clause, none of which begins or ends a value.
    private const string Around =
        "\"'\u201c\u201d\u201e\u201f\u2018\u2019\u201a\u201b\u00ab\u00bb\u2039\u203a\u300a\u300b\u300c\u300d\u300e\u300f\u2022\u2023\u25e6\u00b7\u2219\u30fb\u25aa\u25ab\u25a0\u25cf\u2013\u2014\u2015\uff0c\u3001\u3002\uff61\uff1b";

    /// <summary>The value without what stands around it and without what nobody sees; wide forms of ASCII's characters are those characters.</summary>
    /// <param name="written">The value as a list has it.</param>
    /// <param name="file">Whether it is a file's: whatever stands within its name is part of it, even what nobody sees.</param>
    public static string Clean(string written, bool file)
    {
        ReadOnlySpan<char> text = written;
        while (text.Length > 0 && IsAround(text[0]))
        {
            text = text[1..];
        }

        while (text.Length > 0 && IsAround(text[^1]))
        {
            text = text[..^1];
        }

        if (Ascii.IsValid(text) || file || text.Contains('\\'))
        {
            return text.Length == written.Length ? written : text.ToString();
        }

        var clean = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (!IsInvisible(text[i]) || IsWithinWord(text, i))
            {
                clean.Append(Narrow(text[i]));
            }
        }

        string plain = clean.ToString();
        return FileEndings.IsName(plain) ? text.ToString() : plain;
    }

    // Where a page was broken, a soft hyphen between two letters may stand for a hyphen or for nothing: two names, of which one is somebody else's.
    private static bool IsWithinWord(ReadOnlySpan<char> text, int at) =>
        text[at] == '\u00ad' && at > 0 && at < text.Length - 1 && char.IsLetterOrDigit(text[at - 1]) && char.IsLetterOrDigit(text[at + 1]);

    // The joiners of U+200C and U+200D belong to words of some languages, though never to their ends.
    private static bool IsAround(char c) => char.IsWhiteSpace(c) || IsInvisible(c) || c is '\u200c' or '\u200d' || Around.Contains(c, StringComparison.Ordinal);

    // Soft hyphens, spaces without width, marks of direction, joiners of words and forms.
    private static bool IsInvisible(char c) => c is '\u00ad' or '\u034f' or '\u061c' or '\u180e' or '\u200b' or '\u200e' or '\u200f' or '\ufeff'
        or (>= '\u202a' and <= '\u202e') or (>= '\u2060' and <= '\u206f') or (>= '\ufe00' and <= '\ufe0f');

    private static char Narrow(char c) => c is >= '\uff01' and <= '\uff5e' ? (char)(c - 0xfee0) : c is '\u3002' or '\uff61' ? '.' : c;
}
