using System.Buffers.Text;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;

namespace Culprit.Knowledge.Indicators;

/// <summary>A report that indicators come from.</summary>
/// <param name="List">The list, by position.</param>
/// <param name="Year">The report's year; null where it is not known.</param>
/// <param name="Url">The report's URL; null where there is none.</param>
internal readonly record struct PackedSource(int List, int? Year, string? Url);

/// <summary>A set as its bytes (see <see cref="PackedText"/>), with where each value stands in them.</summary>
internal sealed class PackedIndicators
{
    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly ReadOnlyMemory<int> _starts;
    private readonly Report[] _reports;

    private PackedIndicators(ReadOnlyMemory<byte> bytes, ReadOnlyMemory<int> starts, Report[] reports, ImmutableArray<IndicatorList> lists)
    {
        _bytes = bytes;
        _starts = starts;
        _reports = reports;
        Lists = lists;
        ListGroups = GroupsOf(lists);
    }

    /// <summary>The whole text.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes.Span;

    /// <summary>How many values there are.</summary>
    public int Count => _starts.Length;

    /// <summary>The lists, by name.</summary>
    public ImmutableArray<IndicatorList> Lists { get; }

    /// <summary>
    /// For each list the first list that is of the same group: lists that name a common ATT&amp;CK id are, and so are both that have a third's group; and one that was
    /// given under the name of another and says nothing else of its group.
    /// </summary>
    public int[] ListGroups { get; }

    /// <summary>A value's kind.</summary>
    public IndicatorKind KindOf(int index) => PackedText.Kind(_bytes.Span[_starts.Span[index] - 1])!.Value;

    /// <summary>A value's characters, UTF-8.</summary>
    public ReadOnlySpan<byte> ValueOf(int index)
    {
        ReadOnlySpan<byte> rest = _bytes.Span[_starts.Span[index]..];
        return rest[..rest.IndexOf((byte)'\n')];
    }

    /// <summary>A value as a string.</summary>
    public string TextOf(int index) => Encoding.UTF8.GetString(ValueOf(index));

    /// <summary>The position of a value's list.</summary>
    public int ListOf(int index) => ReportOf(index).List;

    /// <summary>A value's report.</summary>
    public PackedSource SourceOf(int index)
    {
        Report report = ReportOf(index);
        return new PackedSource(report.List, report.Year == 0 ? null : report.Year, report.UrlLength == 0 ? null : Encoding.UTF8.GetString(Bytes.Slice(report.UrlStart, report.UrlLength)));
    }

    /// <summary>How many values a list holds, and the first and last year of its reports where any is known.</summary>
    /// <param name="list">The list, by position.</param>
    public (int Values, int? FirstYear, int? LastYear) ExtentOf(int list)
    {
        int values = 0;
        int? first = null, last = null;
        for (int r = 0; r < _reports.Length; r++)
        {
            if (_reports[r].List != list)
            {
                continue;
            }

            values += (r + 1 < _reports.Length ? _reports[r + 1].First : Count) - _reports[r].First;
            if (_reports[r].Year is var year and not 0)
            {
                (first, last) = (Math.Min(first ?? year, year), Math.Max(last ?? year, year));
            }
        }

        return (values, first, last);
    }

    /// <summary>Finds the values in a text, which is kept.</summary>
    /// <param name="bytes">The text.</param>
    /// <param name="foreign">Whether it may hold anything, so that each value is looked at: what the program brings or has made itself need not be.</param>
    /// <exception cref="InvalidDataException">It is not in the form of <see cref="PackedText"/>; the message names the line.</exception>
    public static PackedIndicators Parse(ReadOnlyMemory<byte> bytes, bool foreign = false)
    {
        ReadOnlySpan<byte> text = bytes.Span;
        if (!text.StartsWith(PackedText.Header) || text[^1] != (byte)'\n')
        {
            throw new InvalidDataException("the indicators do not begin and end as the facts of this version do");
        }

        int[] starts = GC.AllocateUninitializedArray<int>(text.Count((byte)'\n'));
        var reports = new List<Report>();
        var lists = ImmutableArray.CreateBuilder<IndicatorList>();
        int line = 1, count = 0;
        for (int at = PackedText.Header.Length; at < text.Length;)
        {
            int length = text[at..].IndexOf((byte)'\n');
            ReadOnlySpan<byte> content = text.Slice(at, length);
            line++;
            if (content.Length > 1 && PackedText.Kind(content[0]) is { } kind && reports.Count > 0)
            {
                if (foreign && !ValueReader.IsForm(kind, Encoding.UTF8.GetString(content[1..])))
                {
                    throw new InvalidDataException($"line {line} of the indicators is no {IndicatorWords.Of(kind)} in the form that 'culprit indicators build' writes, or one that everybody has; build the file again from its lists");
                }

                starts[count++] = at + 1;
            }
            else if (content.Length > 1 && content[0] == PackedText.ListMark)
            {
                lists.Add(ReadList(content[1..], line));
            }
            else if (content.Length > 1 && content[0] == PackedText.SourceMark && lists.Count > 0 && content.IndexOf((byte)'\t') is var tab and > 0
                && (tab == 1 || (Utf8Parser.TryParse(content[1..tab], out short _, out int used) && used == tab - 1)))
            {
                short year = tab == 1 || !Utf8Parser.TryParse(content[1..tab], out short read, out _) ? (short)0 : read;
                reports.Add(new Report(count, lists.Count - 1, year, at + tab + 1, content.Length - tab - 1));
            }
            else
            {
                throw Wrong(line);
            }

            at += length + 1;
        }

        return new PackedIndicators(bytes, starts.AsMemory(0, count), [.. reports], lists.ToImmutable());
    }

    // The last report that begins at or before a value; those without a value begin where the next one does.
    private Report ReportOf(int index)
    {
        int low = 0, high = _reports.Length;
        while (high - low > 1)
        {
            int middle = (low + high) >>> 1;
            (low, high) = _reports[middle].First <= index ? (middle, high) : (low, middle);
        }

        return _reports[low];
    }

    private static IndicatorList ReadList(ReadOnlySpan<byte> content, int line)
    {
        string[] cells = Encoding.UTF8.GetString(content).Split('\t');
        return cells.Length == 3 ? new IndicatorList(cells[0], Names(cells[1]), Names(cells[2])) : throw Wrong(line);
    }

    private static ImmutableArray<string> Names(string cell) =>
        cell.Length == 0 ? [] : ImmutableCollectionsMarshal.AsImmutableArray(cell.Split(';'));

    private static InvalidDataException Wrong(int line) => new($"line {line} of the indicators is no list, report or value");

    // A list of two groups joins all lists of one with those of the other, whichever comes first.
    private static int[] GroupsOf(ImmutableArray<IndicatorList> lists)
    {
        var first = new Dictionary<string, int>(StringComparer.Ordinal);
        int[] groups = [.. Enumerable.Range(0, lists.Length)];
        for (int i = 0; i < groups.Length; i++)
        {
            foreach (string id in lists[i].GroupIds)
            {
                first.TryAdd(id, i);
                Join(i, first[id]);
            }
        }

        Dictionary<string, int>? byName = null;
        for (int i = 0; i < groups.Length; i++)
        {
            if (lists[i].GroupIds.IsEmpty && IndicatorList.GivenName(lists[i].Name) is var name && name.Length < lists[i].Name.Length)
            {
                byName ??= lists.Index().DistinctBy(static l => l.Item.Name, StringComparer.Ordinal).ToDictionary(static l => l.Item.Name, static l => l.Index, StringComparer.Ordinal);
                Join(i, byName.GetValueOrDefault(name, i));
            }
        }

        // Each points at an earlier list, which by now points at the first of all.
        for (int i = 0; i < groups.Length; i++)
        {
            groups[i] = groups[groups[i]];
        }

        return groups;

        void Join(int list, int with)
        {
            (int one, int other) = (First(list), First(with));
            groups[Math.Max(one, other)] = Math.Min(one, other);
        }

        // Halves the way for whoever comes next: a file of lists may make it as long as it has lists.
        int First(int list)
        {
            while (groups[list] != list)
            {
                list = groups[list] = groups[groups[list]];
            }

            return list;
        }
    }

    // A report: its first value by position, its list, its year (0 where it is not known) and where its URL stands.
    private readonly record struct Report(int First, int List, short Year, int UrlStart, int UrlLength);
}
