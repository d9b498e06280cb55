using System.Globalization;
using System.Text;

namespace Culprit.Knowledge.Indicators;

/// <summary>
/// Gathers indicators of any number of files. A value that one list gives several times is kept once, with the latest report of a
/// known year: it was in use at least until then.
/// </summary>
internal sealed class IndicatorCollector
{
    private readonly SortedDictionary<string, Gathered> _lists = new(StringComparer.Ordinal);
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    /// <summary>Keeps names for lists that come with the program: one that is added under such a name from now on is another list (<see cref="IndicatorList.Given"/>).</summary>
    public void KeepApart(IEnumerable<string> names) => _taken.UnionWith(names);

    /// <summary>Adds names of a list's group.</summary>
    public void AddAlias(string list, string alias)
    {
        if (OnOneLine(alias, ';') is { Length: > 0 } name)
        {
            Of(list).Aliases.Add(name);
        }
    }

    /// <summary>Whether a text is the ATT&amp;CK id of a group, such as <c>G0007</c>.</summary>
    public static bool IsGroupId(string text) => text.Length == 5 && text[0] == 'G' && !text.AsSpan(1).ContainsAnyExceptInRange('0', '9');

    /// <summary>Adds an ATT&amp;CK id of a list's group.</summary>
    public void AddGroupId(string list, string id) => Of(list).GroupIds.Add(id);

    /// <summary>Adds a value.</summary>
    public void Add(string list, IndicatorKind kind, string value, string? url, int? year)
    {
        var report = new Report(url is null ? "" : OnOneLine(url), year ?? 0);
        Dictionary<(IndicatorKind, string), Report> values = Of(list).Values;
        if (!values.TryGetValue((kind, value), out Report known) || IsBetter(report, known))
        {
            values[(kind, value)] = report;
        }
    }

    /// <summary>Adds all of a set.</summary>
    public void Add(PackedIndicators facts)
    {
        foreach (IndicatorList list in facts.Lists)
        {
            Gathered gathered = Of(list.Name);
            gathered.Aliases.UnionWith(list.Aliases);
            gathered.GroupIds.UnionWith(list.GroupIds);
        }

        for (int i = 0; i < facts.Count; i++)
        {
            PackedSource source = facts.SourceOf(i);
            Add(facts.Lists[source.List].Name, facts.KindOf(i), facts.TextOf(i), source.Url, source.Year);
        }
    }

    /// <summary>What was gathered, as <see cref="PackedText"/>.</summary>
    public byte[] ToFacts()
    {
        var text = new StringBuilder(Encoding.UTF8.GetString(PackedText.Header));
        foreach ((string name, Gathered list) in _lists)
        {
            if (list.Values.Count == 0)
            {
                continue;
            }

            text.Append((char)PackedText.ListMark).Append(name).Append('\t').AppendJoin(';', list.Aliases.Distinct(StringComparer.OrdinalIgnoreCase)).Append('\t').AppendJoin(';', list.GroupIds).Append('\n');
            IOrderedEnumerable<IGrouping<Report, KeyValuePair<(IndicatorKind, string), Report>>> reports = list.Values
                .GroupBy(static v => v.Value).OrderBy(static g => g.Key.Url, StringComparer.Ordinal).ThenBy(static g => g.Key.Year);
            foreach (IGrouping<Report, KeyValuePair<(IndicatorKind Kind, string Value), Report>> report in reports)
            {
                text.Append((char)PackedText.SourceMark)
                    .Append(report.Key.Year == 0 ? "" : report.Key.Year.ToString(CultureInfo.InvariantCulture)).Append('\t').Append(report.Key.Url).Append('\n');
                foreach (((IndicatorKind kind, string value), _) in report.OrderBy(static v => v.Key.Kind).ThenBy(static v => v.Key.Value, StringComparer.Ordinal))
                {
                    text.Append(PackedText.Letter(kind)).Append(value).Append('\n');
                }
            }
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static bool IsBetter(Report report, Report than) =>
        report.Year != than.Year ? report.Year > than.Year
        : (report.Url.Length > 0) != (than.Url.Length > 0) ? report.Url.Length > 0
        : string.CompareOrdinal(report.Url, than.Url) < 0;

    // A name is a cell of the text: whatever would end the cell becomes a space.
    private static string OnOneLine(string text, char alsoNot = '\n')
    {
        var line = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            line.Append(char.IsControl(c) || c == alsoNot || char.IsSurrogate(c) ? ' ' : c);
        }

        return line.ToString().Trim();
    }

    private Gathered Of(string list)
    {
        string name = OnOneLine(list);
        name = name.Length == 0 ? "unnamed" : _taken.Contains(name) ? name + IndicatorList.Given : name;
        if (!_lists.TryGetValue(name, out Gathered? gathered))
        {
            _lists.Add(name, gathered = new Gathered());
        }

        return gathered;
    }

    private readonly record struct Report(string Url, int Year);

    private sealed class Gathered
    {
        public SortedSet<string> Aliases { get; } = new(StringComparer.Ordinal);

        public SortedSet<string> GroupIds { get; } = new(StringComparer.Ordinal);

        public Dictionary<(IndicatorKind Kind, string Value), Report> Values { get; } = [];
    }
}
