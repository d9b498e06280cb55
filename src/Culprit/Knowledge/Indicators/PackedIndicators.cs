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
    private readonly byte[] _bytes;
    private readonly int[] _starts;
    private readonly int[] _sources;
    private readonly (int List, short Year, int UrlStart, int UrlLength)[] _reports;

    private PackedIndicators(byte[] bytes, int[] starts, int[] sources, (int, short, int, int)[] reports, ImmutableArray<IndicatorList> lists)
    {
        _bytes = bytes;
        _starts = starts;
        _sources = sources;
        _reports = reports;
        Lists = lists;
        ListGroups = GroupsOf(lists);
    }

    /// <summary>The whole text.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>How many values there are.</summary>
    public int Count => _starts.Length;

    /// <summary>The lists, by name.</summary>
    public ImmutableArray<IndicatorList> Lists { get; }

    /// <summary>For each list the first list that is of the same group: lists that name a common ATT&amp;CK id are.</summary>
    public int[] ListGroups { get; }

    /// <summary>A value's kind.</summary>
    public IndicatorKind KindOf(int index) => PackedText.Kind(_bytes[_starts[index] - 1])!.Value;

    /// <summary>A value's characters, UTF-8.</summary>
    public ReadOnlySpan<byte> ValueOf(int index)
    {
        ReadOnlySpan<byte> rest = _bytes.AsSpan(_starts[index]);
        return rest[..rest.IndexOf((byte)'\n')];
    }

    /// <summary>A value as a string.</summary>
    public string TextOf(int index) => Encoding.UTF8.GetString(ValueOf(index));

    /// <summary>The position of a value's list.</summary>
    public int ListOf(int index) => _reports[_sources[index]].List;

    /// <summary>The year of a value's report; 0 where it is not known.</summary>
    public int YearOf(int index) => _reports[_sources[index]].Year;

    /// <summary>A value's report.</summary>
    public PackedSource SourceOf(int index)
    {
        (int list, short year, int start, int length) = _reports[_sources[index]];
        return new PackedSource(list, year == 0 ? null : year, length == 0 ? null : Encoding.UTF8.GetString(_bytes, start, length));
    }

    /// <summary>Finds the values in a text, which is kept.</summary>
    /// <exception cref="InvalidDataException">It is not in the form of <see cref="PackedText"/>.</exception>
    public static PackedIndicators Parse(byte[] bytes)
    {
        ReadOnlySpan<byte> text = bytes;
        if (!text.StartsWith(PackedText.Header) || text[^1] != (byte)'\n')
        {
            throw new InvalidDataException("the indicators do not begin and end as the facts of this version do");
        }

        int lines = text.Count((byte)'\n');
        var starts = new List<int>(lines);
        var sources = new List<int>(lines);
        var reports = new List<(int List, short Year, int UrlStart, int UrlLength)>();
        var lists = ImmutableArray.CreateBuilder<IndicatorList>();
        int line = 1;
        for (int at = PackedText.Header.Length; at < text.Length;)
        {
            int length = text[at..].IndexOf((byte)'\n');
            ReadOnlySpan<byte> content = text.Slice(at, length);
            line++;
            if (content.Length > 1 && PackedText.Kind(content[0]) is not null && reports.Count > 0)
            {
                starts.Add(at + 1);
                sources.Add(reports.Count - 1);
            }
            else if (content.Length > 1 && content[0] == PackedText.ListMark)
            {
                lists.Add(ReadList(content[1..], line));
            }
            else if (content.Length > 1 && content[0] == PackedText.SourceMark && lists.Count > 0 && content.IndexOf((byte)'\t') is var tab and > 0
                && (tab == 1 || (Utf8Parser.TryParse(content[1..tab], out short _, out int used) && used == tab - 1)))
            {
                short year = tab == 1 || !Utf8Parser.TryParse(content[1..tab], out short read, out _) ? (short)0 : read;
                reports.Add((lists.Count - 1, year, at + tab + 1, content.Length - tab - 1));
            }
            else
            {
                throw Wrong(line);
            }

            at += length + 1;
        }

        return new PackedIndicators(bytes, [.. starts], [.. sources], [.. reports], lists.ToImmutable());
    }

    private static IndicatorList ReadList(ReadOnlySpan<byte> content, int line)
    {
        string[] cells = Encoding.UTF8.GetString(content).Split('\t');
        return cells.Length == 3 ? new IndicatorList(cells[0], Names(cells[1]), Names(cells[2])) : throw Wrong(line);
    }

    private static ImmutableArray<string> Names(string cell) =>
        cell.Length == 0 ? [] : ImmutableCollectionsMarshal.AsImmutableArray(cell.Split(';'));

    private static InvalidDataException Wrong(int line) => new($"line {line} of the indicators is no list, report or value");

    private static int[] GroupsOf(ImmutableArray<IndicatorList> lists)
    {
        var first = new Dictionary<string, int>(StringComparer.Ordinal);
        var groups = new int[lists.Length];
        for (int i = 0; i < groups.Length; i++)
        {
            groups[i] = i;
            foreach (string id in lists[i].GroupIds)
            {
                if (first.TryGetValue(id, out int other))
                {
                    groups[i] = Math.Min(groups[i], other);
                }
            }

            foreach (string id in lists[i].GroupIds)
            {
                first.TryAdd(id, groups[i]);
            }
        }

        return groups;
    }
}
