using System.Globalization;
using System.Text;

namespace Culprit.Knowledge.Facts;

/// <summary>Text from outside made fit for one field of one line.</summary>
internal static class FactText
{
    /// <summary>No name, address or notice is longer; what is longer is cut.</summary>
    public const int MaxLength = 2048;

    /// <summary>
    /// <paramref name="text"/> on one line: control characters, line separators and unpaired surrogates become spaces,
    /// runs of white space one, none at the ends. Null where nothing is left.
    /// </summary>
    public static string? Clean(string? text, int maxLength = MaxLength)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        var clean = new StringBuilder(Math.Min(text.Length, maxLength));
        bool space = false;
        for (int i = 0; i < text.Length && clean.Length < maxLength; i++)
        {
            char c = text[i];
            bool pair = char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            if (!pair && (char.IsWhiteSpace(c) || char.IsSurrogate(c)
                || char.GetUnicodeCategory(c) is UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator))
            {
                space = true;
                continue;
            }

            if (clean.Length + (space ? 1 : 0) + (pair ? 2 : 1) > maxLength)
            {
                break;
            }

            if (space && clean.Length > 0)
            {
                clean.Append(' ');
            }

            space = false;
            clean.Append(c);
            if (pair)
            {
                clean.Append(text[++i]);
            }
        }

        return clean.Length == 0 ? null : clean.ToString();
    }

    /// <summary>As <see cref="Clean"/>, for a value that shares a field with others, which <c>|</c> separates.</summary>
    public static string? CleanItem(string? text) => Clean(text, 256)?.Replace('|', '/');
}
