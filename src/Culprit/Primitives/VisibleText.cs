using System.Globalization;
using System.Text;

namespace Culprit.Primitives;

/// <summary>Writes out what hides in text: what a terminal acts upon, and what shows as nothing or turns the direction of others.</summary>
public static class VisibleText
{
    /// <summary>
    /// <paramref name="text"/> on one line, with every character that a terminal acts upon, that hides or that turns the
    /// direction of others written as <c>\xNN</c> or <c>\uNNNN</c>: C0 and C1 controls (escape among them), DEL,
    /// bidirectional controls, zero-width and other format characters, line and paragraph separators, private use,
    /// unassigned code points and unpaired surrogates. Where <paramref name="unicode"/> is false, so is everything outside ASCII.
    /// </summary>
    public static string Of(string? text, bool unicode = true)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        int first = FirstUnsafe(text, unicode);
        if (first < 0)
        {
            return text;
        }

        var safe = new StringBuilder(text.Length + 16);
        safe.Append(text, 0, first);
        for (int i = first; i < text.Length; i++)
        {
            char c = text[i];
            if (unicode && char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])
                && IsPlain(CharUnicodeInfo.GetUnicodeCategory(char.ConvertToUtf32(c, text[i + 1]))))
            {
                safe.Append(c).Append(text[++i]);
            }
            else if (IsSafe(c, unicode))
            {
                safe.Append(c);
            }
            else
            {
                Escape(safe, c);
            }
        }

        return safe.ToString();
    }

    private static int FirstUnsafe(string text, bool unicode)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (!IsSafe(text[i], unicode))
            {
                return i;
            }
        }

        return -1;
    }

    private static bool IsSafe(char c, bool unicode) =>
        c is >= ' ' and <= '~' || (unicode && c > '\u009f' && IsPlain(CharUnicodeInfo.GetUnicodeCategory(c)));

    private static bool IsPlain(UnicodeCategory category) => category is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    private static void Escape(StringBuilder output, char c)
    {
        if (c <= '\u00ff')
        {
            output.Append("\\x").Append(((int)c).ToString("x2", CultureInfo.InvariantCulture));
        }
        else
        {
            output.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
        }
    }
}
