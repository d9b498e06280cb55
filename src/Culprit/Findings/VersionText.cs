namespace Culprit.Findings;

/// <summary>Versions in text, which look like addresses: a rendering has no fields that tell the two apart, and says <c>FileVersion: 1.2.3.4</c>.</summary>
internal static class VersionText
{
    private const string Word = "version";

    /// <summary>Whether the number that begins at a place is called a version.</summary>
    public static bool IsVersion(ReadOnlySpan<char> text, int start)
    {
        ReadOnlySpan<char> before = text[..start].TrimEnd(" \t:=");
        return before.Length < start && before.EndsWith(Word, StringComparison.OrdinalIgnoreCase) && IsWord(text, before.Length - Word.Length) && LengthAt(text, start) > 0;
    }

    /// <summary>A text with spaces for the numbers that are called versions; whatever else is in it stands where it did.</summary>
    public static string Without(ReadOnlySpan<char> text)
    {
        char[] plain = text.ToArray();
        for (int at = 0; text[at..].IndexOf(Word, StringComparison.OrdinalIgnoreCase) is var next and >= 0;)
        {
            int word = at + next;
            at = word + Word.Length;
            int gap = text[at..].IndexOfAnyExcept(" \t:=");
            if (gap > 0 && IsWord(text, word))
            {
                plain.AsSpan(at + gap, LengthAt(text, at + gap)).Fill(' ');
            }
        }

        return new string(plain);
    }

    // A word of its own, or the last of those written as one (FileVersion): a conversion is none.
    private static bool IsWord(ReadOnlySpan<char> text, int at) => at == 0 || !char.IsLetter(text[at - 1]) || char.IsUpper(text[at]);

    // How long the number is; 0 where a port or a path stands behind it, which no version has.
    private static int LengthAt(ReadOnlySpan<char> text, int start)
    {
        int rest = text[start..].IndexOfAnyExcept("0123456789.");
        int end = rest < 0 ? text.Length : start + rest;
        return end + 1 < text.Length && (text[end] == '/' || (text[end] == ':' && char.IsAsciiDigit(text[end + 1]))) ? 0 : end - start;
    }
}
