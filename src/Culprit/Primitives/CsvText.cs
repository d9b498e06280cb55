using System.Text;

namespace Culprit.Primitives;

/// <summary>Lines for a spreadsheet (RFC 4180) that hold text of others: none can be taken for a formula, and every cell is on one line.</summary>
public static class CsvText
{
    /// <summary>One cell: on one line, quoted where it has to be, and behind an apostrophe where a spreadsheet would calculate it.</summary>
    public static string Cell(string? value)
    {
        string text = value ?? "";
        bool formula = text.Length > 0 && text[0] is ('=' or '+' or '-' or '@' or '\t' or '\r');
        string safe = (formula ? "'" : "") + VisibleText.Of(text);
        return safe.AsSpan().ContainsAny(",\"") || safe.StartsWith(' ') || safe.EndsWith(' ')
            ? "\"" + safe.Replace("\"", "\"\"", StringComparison.Ordinal) + "\""
            : safe;
    }

    /// <summary>One line with its end.</summary>
    public static string Row(params ReadOnlySpan<string?> cells)
    {
        var line = new StringBuilder();
        for (int i = 0; i < cells.Length; i++)
        {
            line.Append(i == 0 ? "" : ",").Append(Cell(cells[i]));
        }

        return line.Append("\r\n").ToString();
    }
}
