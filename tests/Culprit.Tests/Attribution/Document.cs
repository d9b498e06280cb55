using System.Globalization;
using System.Text.RegularExpressions;
using Culprit.TestSupport;

namespace Culprit.Tests.Attribution;

/// <summary>A row of a table as the code has it.</summary>
/// <param name="First">Its first cell.</param>
/// <param name="Figures">Every figure in the other cells, in their order.</param>
internal sealed record Row(string First, params double[] Figures)
{
    /// <summary>Whether the document may round the figures, to as many digits as it writes.</summary>
    public bool IsRounded { get; init; }
}

/// <summary>A document of docs/, held against the code: its tables row by row, its sentences figure by figure.</summary>
internal sealed partial class Document
{
    private readonly string _name;
    private readonly string _text;

    public Document(string name)
    {
        _name = name;
        _text = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs", name)).ReplaceLineEndings("\n");
    }

    /// <summary>How sentences write a small number, or one that is round.</summary>
    public static string InWords(double number) => number switch
    {
        1 => "one",
        2 => "two",
        3 => "three",
        4 => "four",
        5 => "five",
        6 => "six",
        10 => "ten",
        12 => "twelve",
        20 => "twenty",
        50 => "fifty",
        200 => "two hundred",
        300 => "three hundred",
        1_000_000 => "a million",
        _ => $"(no word is known for {number})",
    };

    /// <summary>The cells of each row of the table whose first column is called so.</summary>
    public IReadOnlyList<string[]> Rows(string firstColumn)
    {
        string[] lines = [.. _text.Split('\n').SkipWhile(line => !line.StartsWith($"| {firstColumn} |", StringComparison.Ordinal)).TakeWhile(static line => line.StartsWith('|'))];
        Assert.True(lines.Length > 2, $"{_name} has no table whose first column is called '{firstColumn}'.");
        return [.. lines.Skip(2).Select(static line => line.Trim().Trim('|').Split('|', StringSplitOptions.TrimEntries))];
    }

    /// <summary>Fails unless a table has these rows and no others, each with these figures and no others.</summary>
    public void HasTable(string firstColumn, params Row[] known)
    {
        IReadOnlyList<string[]> rows = Rows(firstColumn);
        string[] wrong =
        [
            .. rows.Select(static r => r[0]).Except(known.Select(static k => k.First)).Select(static first => $"The test does not know of the row '{first}'."),
            .. known.Select(static k => k.First).Except(rows.Select(static r => r[0])).Select(static first => $"There is no row '{first}'."),
            .. rows.GroupBy(static r => r[0]).Where(static g => g.Count() > 1).Select(static g => $"The row '{g.Key}' stands there twice."),
            .. from row in rows
               join one in known on row[0] equals one.First
               let told = Figure().Matches(Plain(string.Join(" | ", row.Skip(1)))).Select(static m => m.Value).ToArray()
               where told.Length != one.Figures.Length || !told.Zip(one.Figures).All(p => IsSame(p.First, p.Second, one.IsRounded))
               select $"'{row[0]}' says {string.Join("; ", told)}, and the code has {string.Join("; ", one.Figures)}.",
        ];
        AssertNone(wrong);
    }

    /// <summary>Fails unless it says all of this somewhere, in a table or not, whatever the line breaks.</summary>
    public void Says(params string[] sentences) => AssertNone(Missing(Spaces().Replace(_text, " "), sentences));

    /// <summary>Fails unless one part of it, from one mark to another, says all of this, and no figure stands there besides, except in tables, links and code.</summary>
    public void SaysOnly(string from, string to, params string[] sentences)
    {
        int start = _text.IndexOf('\n' + from, StringComparison.Ordinal), end = to.Length == 0 ? _text.Length : _text.IndexOf('\n' + to, start + 1, StringComparison.Ordinal);
        Assert.True(start >= 0 && end > start, $"{_name} has no part from '{from}' to '{to}'.");
        string part = Flat(_text[start..end]), rest = Plain(sentences.Aggregate(part, static (text, sentence) => text.Replace(sentence, " ", StringComparison.Ordinal)));
        AssertNone(
        [
            .. Missing(part, sentences),
            .. Figure().Matches(rest).Select(m => $"The test does not know of the figure in '{rest[Math.Max(0, m.Index - 40)..Math.Min(rest.Length, m.Index + 40)]}'."),
        ]);
    }

    private static IEnumerable<string> Missing(string text, string[] sentences) =>
        sentences.Where(sentence => !text.Contains(sentence, StringComparison.Ordinal)).Select(static sentence => $"By the code it would say '{sentence}', and does not.");

    private static bool IsSame(string told, double figure, bool isRounded)
    {
        int digits = told.Contains('.', StringComparison.Ordinal) ? told.Length - told.IndexOf('.', StringComparison.Ordinal) - 1 : 0;
        return Math.Abs(double.Parse(told, NumberStyles.Number, CultureInfo.InvariantCulture) - figure) <= 1e-9 + (isRounded ? Math.Pow(10, -digits) / 2 : 0);
    }

    private void AssertNone(IEnumerable<string> wrong) => Assert.True(!wrong.Any(), $"docs/{_name}:\n{string.Join('\n', wrong)}");

    // Prose without tables and the numbers of lists, on one line.
    private static string Flat(string text) => Spaces().Replace(ListNumber().Replace(TableLine().Replace(text, ""), ""), " ");

    private static string Plain(string text) => Link().Replace(Code().Replace(text, ""), "");

    // What is a part of a word is none: T1059, SHA-256, 3CX.
    [GeneratedRegex(@"(?<![\w.]|[A-Za-z]-)-?\d+(,\d{3})*(\.\d+)?(?!\w)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Figure();

    [GeneratedRegex(@"\[[^\]]*\]\([^)]*\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();

    [GeneratedRegex("`[^`]*`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Code();

    [GeneratedRegex(@"^\|.*$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TableLine();

    [GeneratedRegex(@"^\d+\. ", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ListNumber();

    [GeneratedRegex(@"\s+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Spaces();
}
