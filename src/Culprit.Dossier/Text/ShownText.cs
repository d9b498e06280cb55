using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Culprit.Dossier.Text;

/// <summary>A stretch of text as it is shown.</summary>
/// <param name="Text">The characters to show.</param>
/// <param name="IsEscape">Whether they stand for characters that cannot be shown, as <c>\x1b</c> for escape.</param>
public readonly record struct ShownRun(string Text, bool IsEscape);

/// <summary>
/// Text from evidence, made fit to be seen: what acts upon a reader's screen, turns the direction of other text or hides is
/// written as <c>\xNN</c> or <c>\uNNNN</c>, and text past a limit is cut and counted. Whoever writes into a log writes into this page.
/// </summary>
public static class ShownText
{
    /// <summary>How much of one value a quoted record shows.</summary>
    public const int RecordLimit = 4096;

    /// <summary>How much of one value stands in running text, tables and pictures' tables.</summary>
    public const int InlineLimit = 600;

    /// <summary>The whole of <paramref name="text"/> up to <paramref name="limit"/> characters, as runs; <paramref name="cut"/> says how many characters are left out.</summary>
    public static ImmutableArray<ShownRun> Runs(string? text, int limit, out int cut)
    {
        cut = 0;
        if (string.IsNullOrEmpty(text))
        {
            return [];
        }

        int end = Math.Min(text.Length, limit);
        if (end < text.Length && char.IsHighSurrogate(text[end - 1]))
        {
            end--;
        }

        cut = text.Length - end;
        ImmutableArray<ShownRun>.Builder runs = ImmutableArray.CreateBuilder<ShownRun>();
        var run = new StringBuilder(end);
        bool escape = false;
        for (int i = 0; i < end; i++)
        {
            int width = Width(text, i);
            if (run.Length > 0 && escape != (width == 0))
            {
                runs.Add(new ShownRun(run.ToString(), escape));
                run.Clear();
            }

            escape = width == 0;
            if (escape)
            {
                Escape(run, text[i]);
            }
            else
            {
                run.Append(text, i, width);
                i += width - 1;
            }
        }

        runs.Add(new ShownRun(run.ToString(), escape));
        return runs.DrainToImmutable();
    }

    /// <summary>What <see cref="Runs"/> shows, as one text.</summary>
    public static string Plain(string? text, int limit = int.MaxValue) => string.Concat(Runs(text, limit, out _).Select(static run => run.Text));

    /// <summary>The note that stands after text that was cut.</summary>
    public static string CutNote(int cut) => string.Create(CultureInfo.InvariantCulture, $" … {cut:N0} more characters");

    // How many characters from here on are shown as they are: 0 where the one here is escaped.
    private static int Width(string text, int at)
    {
        char c = text[at];
        if (char.IsHighSurrogate(c) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]))
        {
            return IsPlain(CharUnicodeInfo.GetUnicodeCategory(char.ConvertToUtf32(c, text[at + 1]))) ? 2 : 0;
        }

        return c is >= ' ' and <= '~' || (c > '\u009f' && !IsBlank(c) && IsPlain(CharUnicodeInfo.GetUnicodeCategory(c))) ? 1 : 0;
    }

    private static bool IsPlain(UnicodeCategory category) => category is not (
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    // Letters and marks that show nothing: fillers, the combining grapheme joiner, variation selectors, odd spaces.
    private static bool IsBlank(char c) =>
        c is '\u00a0' or '\u034f' or '\u115f' or '\u1160' or '\u17b4' or '\u17b5' or '\u1680' or '\u2800' or '\u3000' or '\u3164' or '\uffa0'
            or (>= '\u2000' and <= '\u200a') or '\u202f' or '\u205f' or (>= '\u180b' and <= '\u180f') or (>= '\ufe00' and <= '\ufe0f');

    private static void Escape(StringBuilder output, char c)
    {
        if (c <= '\u00ff')
        {
            output.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}");
        }
        else
        {
            output.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
        }
    }
}
