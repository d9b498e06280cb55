namespace Culprit.Evidence.Formats.WebLogs;

/// <summary>
/// The columns of a <c>#Fields</c> line and the layout of its records: the columns under Sigma's names, then what is
/// made of them (<c>cs-uri</c>, or its parts) and <c>raw</c>, the line.
/// </summary>
internal sealed class W3cColumns
{
    private const int MaxColumns = 512;

    public W3cColumns(string fields, string service)
    {
        string[] columns = fields.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (columns.Length > MaxColumns)
        {
            columns = [];
        }

        var names = columns.Select(SigmaName).ToList();

        // What proxies (Blue Coat) call the part that IIS calls the stem.
        if (names.IndexOf("cs-uri-path") is var path and >= 0 && !names.Contains("cs-uri-stem"))
        {
            names[path] = "cs-uri-stem";
        }

        Count = columns.Length;
        Date = names.IndexOf("date");
        Time = names.IndexOf("time");
        Stem = names.IndexOf("cs-uri-stem");
        Query = names.IndexOf("cs-uri-query");
        Uri = names.IndexOf("cs-uri");
        UserAgent = names.IndexOf("cs-user-agent");
        if (Uri < 0 && Stem >= 0)
        {
            WholeUri = names.Count;
            names.Add("cs-uri");
        }

        if (Uri >= 0 && Stem < 0 && Query < 0)
        {
            UriStem = names.Count;
            names.Add("cs-uri-stem");
            names.Add("cs-uri-query");
        }

        Raw = names.Count;
        names.Add("raw");
        Layout = new RecordLayout(RecordKind.WebRequest, service, names);
    }

    public RecordLayout Layout { get; }

    /// <summary>How many columns a line has.</summary>
    public int Count { get; }

    public int Date { get; }

    public int Time { get; }

    public int Stem { get; }

    public int Query { get; }

    public int Uri { get; }

    public int UserAgent { get; }

    /// <summary>The field made of stem and query; -1 where there is none.</summary>
    public int WholeUri { get; } = -1;

    /// <summary>The field made of the whole URI's path, before the one of its query; -1 where there is none.</summary>
    public int UriStem { get; } = -1;

    public int Raw { get; }

    // cs(User-Agent) -> cs-user-agent, as Sigma's taxonomy writes header fields.
    private static string SigmaName(string column)
    {
        string name = column.ToLowerInvariant();
        int open = name.IndexOf('(', StringComparison.Ordinal);
        return open > 0 && name.EndsWith(')') ? name[..open] + "-" + name[(open + 1)..^1] : name;
    }
}
