using System.Globalization;
using System.Text;

namespace Culprit.Cli.Terminal;

/// <summary>
/// Makes text from evidence, rules and file names harmless to a terminal. Everything that is not ours passes through
/// here before it is shown: an attacker chooses the command lines that an investigator reads.
/// </summary>
internal static class TerminalText
{
    /// <summary>
    /// <paramref name="text"/> on one line, with every character that a terminal acts upon, that hides or that turns the
    /// direction of others written as <c>\xNN</c> or <c>\uNNNN</c>: C0 and C1 controls (escape among them), DEL,
    /// bidirectional controls, zero-width and other format characters, line and paragraph separators, private use,
    /// unassigned code points and unpaired surrogates. Where <paramref name="unicode"/> is false, so is everything outside ASCII.
    /// </summary>
    public static string Safe(string? text, bool unicode = true)
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

    /// <summary>As <see cref="Safe"/>, and no longer than <paramref name="width"/> characters: the middle is left out, as both ends of a command line or path tell most.</summary>
    public static string Fit(string? text, int width, bool unicode = true)
    {
        string safe = Safe(text, unicode);
        if (safe.Length <= width)
        {
            return safe;
        }

        const string gap = "...";
        if (width <= gap.Length)
        {
            return safe[..CutPoint(safe, Math.Max(0, width))];
        }

        int head = CutPoint(safe, (width - gap.Length + 1) / 2);
        int tail = safe.Length - (width - gap.Length - head);
        if (tail < safe.Length && char.IsLowSurrogate(safe[tail]))
        {
            tail++;
        }

        return string.Concat(safe.AsSpan(0, head), gap, safe.AsSpan(tail));
    }

    /// <summary>As <see cref="Safe"/> for text of several lines: line feeds and tabs stay.</summary>
    public static string SafeLines(string text, bool unicode = true)
    {
        string[] lines = text.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            string[] cells = lines[i].Split('\t');
            for (int j = 0; j < cells.Length; j++)
            {
                cells[j] = Safe(cells[j], unicode);
            }

            lines[i] = string.Join('\t', cells);
        }

        return string.Join('\n', lines);
    }

    private static int CutPoint(string text, int length) =>
        length > 0 && length < text.Length && char.IsHighSurrogate(text[length - 1]) ? length - 1 : length;

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
