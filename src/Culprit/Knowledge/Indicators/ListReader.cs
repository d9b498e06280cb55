using System.Text;

namespace Culprit.Knowledge.Indicators;

/// <summary>
/// Reads lists with one value a line. Comments begin with <c>#</c>; some of them say more, as Maltrail's do: <c># Reference: URL</c> is
/// where the values below it are from, up to the next blank line that another comment follows; <c># Aliases: a, b</c>,
/// <c># CERT-UA: a, b</c> (what that calls it) and <c># MITRE: URL</c> name the group. Any other heading ends a reference.
/// </summary>
internal static class ListReader
{
    private const int LongestLine = 16 * 1024;
    private const string VirusTotalFile = "virustotal.com/gui/file/";
    private const int MaxCells = 16;

    private static readonly char[] Dividers = [',', ';', '\t'];

    // Cut out of code, or of a table, a value still has what divided it from the next.
    private static readonly char[] Ends = [',', ';', ' ', '\t'];

    /// <summary>Reads a list.</summary>
    public static void Read(ReadOnlySpan<byte> content, string list, IndicatorReading reading, IndicatorCollector collector)
    {
        var block = new Block();
        int number = 0;
        for (bool more = true; more;)
        {
            number++;
            more = TryCut(ref content, out ReadOnlySpan<byte> bytes);
            if (bytes.Length > LongestLine)
            {
                reading.Take(list, Encoding.UTF8.GetString(bytes[..200]), ReadValue.Refused($"is longer than {ValueReader.MaxLength} characters"), number, url: null, year: null);
                continue;
            }

            string line = Encoding.UTF8.GetString(bytes).Trim().Trim('\ufeff');
            if (line.Length == 0)
            {
                block.Closed = true;
            }
            else if (line[0] is '#' or ';')
            {
                Comment(line, list, number, block, reading, collector);
            }
            else
            {
                block.HasValues = true;
                string written = WithoutRemark(line, out string remark);
                reading.Take(list, written, OfLine(written.TrimEnd(Ends)), number, block.Url, block.Year ?? (remark.Length > 0 ? ReferenceYear.Of(remark) : null));
            }
        }
    }

    // A row of a table without a heading that is understood: that its first cell is no address would not help anybody.
    private static ReadValue OfLine(string written)
    {
        ReadValue value = ValueReader.Read(written);
        return value.Value.Length == 0 && written.AsSpan().ContainsAny(Dividers) && written.Length <= ValueReader.MaxLength && written.Split(Dividers, MaxCells).Any(IsValue)
            ? ReadValue.Refused("is a row of several columns: give one value a line, or a heading above the first row that names a column such as value or indicator")
            : value;

        // A URL may hold what divides columns.
        static bool IsValue(string cell) => ValueReader.Read(cell) is { Value.Length: > 0, Kind: not (IndicatorKind.Url or IndicatorKind.Path) };
    }

    // A line ends with LF, with CR and LF as Windows writes, or with CR alone as old programs for the Macintosh and some spreadsheets do.
    private static bool TryCut(ref ReadOnlySpan<byte> content, out ReadOnlySpan<byte> line)
    {
        int length = content.IndexOfAny((byte)'\r', (byte)'\n');
        line = length < 0 ? content : content[..length];
        if (length >= 0)
        {
            ReadOnlySpan<byte> rest = content[length..];
            content = rest[(rest.StartsWith("\r\r\n"u8) ? 3 : rest.StartsWith("\r\n"u8) ? 2 : 1)..];
        }

        return length >= 0;
    }

    private static void Comment(string line, string list, int number, Block block, IndicatorReading reading, IndicatorCollector collector)
    {
        string text = line.TrimStart('#', ';', ' ', '\t');
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        string key = colon < 0 ? "" : text[..colon];
        string value = colon < 0 ? "" : text[(colon + 1)..].Trim();

        // Written by hand: Referemce, Refernce, Referenced.
        if (key.StartsWith("Refe", StringComparison.OrdinalIgnoreCase) && key.Length <= 12)
        {
            block.Begin();
            Reference(value, list, line, number, block, reading);
        }
        else if (key is "Aliases" or "Alias" or "CERT-UA")
        {
            foreach (string alias in value.Split(','))
            {
                collector.AddAlias(list, alias.Trim());
            }
        }
        else if (key is "MITRE" && value.IndexOf("/groups/", StringComparison.Ordinal) is var at and >= 0)
        {
            string id = value[(at + 8)..].Split('/')[0];
            if (IndicatorCollector.IsGroupId(id))
            {
                collector.AddGroupId(list, id);
            }
        }
        else if (block.Closed)
        {
            // A heading: what follows it is from elsewhere.
            block.Clear();
        }
    }

    private static void Reference(string value, string list, string line, int number, Block block, IndicatorReading reading)
    {
        int start = value.IndexOf("http", StringComparison.OrdinalIgnoreCase);
        int end = start < 0 ? -1 : value.IndexOf(' ', start);
        string? url = start < 0 ? null : end < 0 ? value[start..] : value[start..end];
        block.Add(url, ReferenceYear.Of(value));

        // A file that is named as the reference of a group's addresses is a sample of that group.
        if (value.IndexOf(VirusTotalFile, StringComparison.OrdinalIgnoreCase) is var at and >= 0)
        {
            string hash = value[(at + VirusTotalFile.Length)..].Split('/', '?', '#', ' ')[0];
            if (HashText.IsHash(hash))
            {
                reading.Take(list, line, ValueReader.Read(hash), number, url, year: null);
            }
        }
    }

    // A remark stands behind a space: a fragment of a URL does not.
    private static string WithoutRemark(string line, out string remark)
    {
        int at = line.IndexOf(" #", StringComparison.Ordinal);
        int tab = line.IndexOf("\t#", StringComparison.Ordinal);
        at = at < 0 || (tab >= 0 && tab < at) ? tab : at;
        remark = at < 0 ? "" : line[(at + 2)..];
        return at < 0 ? line : line[..at].TrimEnd();
    }

    // The references that stand together above values. The first that is a report goes before those that only show a sample.
    private sealed class Block
    {
        private bool _isSample;

        public string? Url { get; private set; }

        public int? Year { get; private set; }

        public bool HasValues { get; set; }

        public bool Closed { get; set; }

        public void Begin()
        {
            if (HasValues)
            {
                Clear();
            }

            Closed = false;
        }

        public void Clear() => (Url, Year, HasValues, _isSample) = (null, null, false, false);

        public void Add(string? url, int? year)
        {
            bool sample = url is not null && url.Contains("virustotal.com/", StringComparison.OrdinalIgnoreCase);
            if (url is not null && (Url is null || (_isSample && !sample)))
            {
                (Url, _isSample) = (url, sample);
            }

            Year ??= year;
        }
    }
}
