using Culprit.Primitives;

namespace Culprit.Cli.Terminal;

/// <summary>
/// Makes text from evidence, rules and file names harmless to a terminal. Everything that is not ours passes through
/// here before it is shown: an attacker chooses the command lines that an investigator reads.
/// </summary>
internal static class TerminalText
{
    /// <summary><paramref name="text"/> on one line, with everything written out that <see cref="VisibleText.Of"/> names.</summary>
    public static string Safe(string? text, bool unicode = true) => VisibleText.Of(text, unicode);

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
}
