using System.Globalization;
using System.Text;
using Sylvan.Data.Csv;

namespace Culprit.Knowledge.Indicators;

/// <summary>
/// Reads tables of indicators (CSV, RFC 4180, divided by commas, semicolons or tabs) whose heading has a column of values, as MISP, OTX and abuse.ch
/// export them. Their heading may be a comment.
/// </summary>
internal sealed class TableReader
{
    private const int MaxHeadingLine = 100;
    private const int MaxRow = 1024 * 1024;

    private static readonly string[] Values = ["value", "indicator", "indicator_value", "ioc", "ioc_value", "observable", "observable_value"];
    private static readonly string[] Types = ["type", "indicator_type", "ioc_type", "observable_type"];
    private static readonly string[] Actors = ["actor", "threat_actor", "group", "intrusion_set"];
    private static readonly string[] References = ["reference", "references", "report", "url_of_report"];
    private static readonly string[] Dates = ["date", "created", "valid_from", "first_seen", "firstseen", "first_seen_utc", "last_seen", "lastseen", "last_seen_utc"];

    private readonly string _list;
    private readonly IndicatorReading _reading;
    private readonly string[] _heading;

    private TableReader(string list, IndicatorReading reading, string[] heading) => (_list, _reading, _heading) = (list, reading, heading);

    /// <summary>Reads a table.</summary>
    /// <param name="content">The file, UTF-8.</param>
    /// <param name="list">What the list is called where no column names a group.</param>
    /// <param name="reading">Takes the values.</param>
    /// <returns>Whether it is a table; nothing is read where it is none.</returns>
    /// <exception cref="InvalidDataException">A row is longer than a mebibyte or its quotes are damaged; what stands before it was taken.</exception>
    public static bool TryRead(ReadOnlyMemory<byte> content, string list, IndicatorReading reading)
    {
        if (Heading(content.Span, out char divider, out int line, out int end) is not { } heading)
        {
            return false;
        }

        using var text = new StreamReader(new MemoryStream(content[end..].ToArray(), writable: false), Encoding.UTF8);
        new TableReader(list, reading, heading).Rows(text, divider, line);
        return true;
    }

    // Comments may stand before the heading, and it may be the last of them.
    private static string[]? Heading(ReadOnlySpan<byte> content, out char divider, out int line, out int end)
    {
        (divider, line, end) = (',', 0, 0);
        while (end < content.Length && line < MaxHeadingLine)
        {
            int length = content[end..].IndexOf((byte)'\n');
            ReadOnlySpan<byte> bytes = length < 0 ? content[end..] : content.Slice(end, length);
            end += length < 0 ? bytes.Length : length + 1;
            line++;
            string text = bytes.Length > MaxRow ? "" : Encoding.UTF8.GetString(bytes).Trim('\ufeff', ' ', '\r');
            bool comment = text.StartsWith('#');
            foreach (char by in (ReadOnlySpan<char>)[',', ';', '\t'])
            {
                string[] names = [.. text.TrimStart('#', ' ').Split(by).Select(Name)];
                if (names.Length > 1 && Array.Exists(names, static n => Values.Contains(n, StringComparer.Ordinal)) && (!comment || IsRow(content[end..], by)))
                {
                    divider = by;
                    return names;
                }
            }

            if (text.Length > 0 && !comment)
            {
                return null;
            }
        }

        return null;
    }

    // A remark above a list may look like a heading; then no divider stands in what follows.
    private static bool IsRow(ReadOnlySpan<byte> content, char divider)
    {
        int length = content.IndexOf((byte)'\n');
        return (length < 0 ? content : content[..length]).Contains((byte)divider);
    }

    private static string Name(string cell) => cell.Trim(' ', '"', '\'').Replace(' ', '_').ToLowerInvariant();

    private void Rows(TextReader text, char divider, int line)
    {
        var options = new CsvDataReaderOptions { HasHeaders = false, Delimiter = divider, BufferSize = MaxRow };
        int value = Column(Values), type = Column(Types), marked = Column(["to_ids"]), actor = Column(Actors), reference = Column(References);
        int[] dates = [.. Dates.Select(d => Column([d])).Where(static c => c >= 0)];
        try
        {
            using CsvDataReader row = CsvDataReader.Create(text, options);
            while (row.Read())
            {
                string Cell(int column) => column >= 0 && column < row.RowFieldCount ? row.GetString(column).Trim(' ', '"') : "";
                int at = ++line;
                line += row.GetRawRecordSpan().TrimEnd("\r\n").Count('\n');
                string written = Cell(value);
                if (written.Length == 0 || Cell(0).StartsWith('#'))
                {
                    continue;
                }

                string list = Cell(actor) is { Length: > 0 } named ? named : _list;
                string? url = Cell(reference) is { } given && given.StartsWith("http", StringComparison.OrdinalIgnoreCase) ? given : null;
                int? year = dates.Select(d => ReferenceYear.Of(Cell(d))).Max() ?? (url is null ? null : ReferenceYear.Of(url));
                foreach ((string part, bool file) in MispTypes.Parts(Cell(type), written))
                {
                    _reading.Take(list, part, Cell(marked) is "0" or "false" ? MispTypes.NotMarked : ValueReader.Read(part, file), at, url, year);
                }
            }
        }
        catch (Exception e) when (e is CsvFormatException or CsvRecordTooLargeException)
        {
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"line {line + 1} cannot be read as a row: it is longer than {MaxRow:N0} characters, or a quote in it is not closed"), e);
        }
    }

    private int Column(string[] names) => Array.FindIndex(_heading, n => names.Contains(n, StringComparer.Ordinal));
}
