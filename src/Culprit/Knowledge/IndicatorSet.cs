using System.Collections.Immutable;
using System.IO.Compression;
using System.Security.Cryptography;
using Culprit.Knowledge.Indicators;

namespace Culprit.Knowledge;

/// <summary>
/// Indicators of named groups. In go lists as they are published (one value a line, with references; MISP), out comes one form,
/// the facts (<see cref="PackedText"/>), which is kept in memory as it stands in the file: some 200,000 indicators take ten
/// megabytes. Of what the program brings, it is unpacked when something of it is first asked for. Safe for several threads.
/// </summary>
public sealed class IndicatorSet
{
    /// <summary>No more than these are found in one text.</summary>
    public const int MaxFound = IndicatorScanner.MaxHits << 8;

    private const string Resource = "indicators" + IndicatorFile.PackedEnding;
    private const string IndexResource = "indicators.index";

    // Facts unpacked; past this a file is no list that anybody keeps.
    private const int MaxFacts = 1 << 29;

    private static readonly Lazy<IndicatorSet> BuiltInSet = new(ReadBuiltIn);

    private readonly Lazy<PackedIndicators> _facts;
    private readonly Lazy<IndicatorTable> _table;
    private readonly ScanIndex? _index;

    private IndicatorSet(PackedIndicators facts)
        : this(new Lazy<PackedIndicators>(facts), index: null)
    {
    }

    private IndicatorSet(Lazy<PackedIndicators> facts, ScanIndex? index)
    {
        _facts = facts;
        _index = index;
        _table = new Lazy<IndicatorTable>(() => new IndicatorTable(facts.Value));
    }

    /// <summary>No indicator.</summary>
    public static IndicatorSet Empty { get; } = new(PackedIndicators.Parse(PackedText.Header.ToArray()));

    /// <summary>The indicators that Culprit brings; <c>knowledge/INDICATORS.md</c> says where they are from.</summary>
    public static IndicatorSet BuiltIn => BuiltInSet.Value;

    /// <summary>How many indicators there are: values, counted once for each list that holds them.</summary>
    public int Count => _index?.Count ?? Facts.Count;

    /// <summary>The lists, by name.</summary>
    public ImmutableArray<IndicatorList> Lists => Facts.Lists;

    /// <summary>SHA-256 of the facts, in lower-case hexadecimal: names the set in outputs.</summary>
    public string ContentHash => field ??= _index?.ContentHash ?? Convert.ToHexStringLower(SHA256.HashData(Facts.Bytes));

    internal PackedIndicators Facts => _facts.Value;

    internal IndicatorTable Table => _table.Value;

    internal ScanSigns Signs => _index?.Signs ?? Table.Signs;

    /// <summary>An indicator.</summary>
    /// <param name="index">Its position, from 0 and less than <see cref="Count"/>: by list, report, kind and value.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is none at this position.</exception>
    public Indicator this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Facts.Count);
            PackedSource source = Facts.SourceOf(index);
            return new Indicator
            {
                Kind = Facts.KindOf(index),
                Value = Facts.TextOf(index),
                List = Facts.Lists[source.List],
                Source = source.Url,
                Year = source.Year,
                ListCount = Table.ListsThatHold(index),
                Shared = SharedHosting.Of(Facts.KindOf(index), Facts.TextOf(index)),
            };
        }
    }

    /// <summary>The lists that mean a group, with how much each holds, by name.</summary>
    /// <param name="id">The group's identifier in MITRE ATT&amp;CK.</param>
    /// <param name="knowledge">What is known of groups and their names.</param>
    public IEnumerable<IndicatorListExtent> ListsOf(string id, KnowledgeBase knowledge)
    {
        ArgumentNullException.ThrowIfNull(knowledge);
        for (int list = 0; list < Lists.Length; list++)
        {
            if (knowledge.GroupsOf(Lists[list]).Contains(id, StringComparer.Ordinal))
            {
                (int values, int? first, int? last) = Facts.ExtentOf(list);
                yield return new IndicatorListExtent(Lists[list], values, first, last);
            }
        }
    }

    /// <summary>Reads files; what one of them says wrongly never stops the others.</summary>
    /// <param name="files">The files, in any order: the set is the same.</param>
    /// <param name="basis">
    /// A set whose indicators are taken over, be it empty: lists in the files that are called as one of the program's are told apart from that
    /// (<see cref="IndicatorList.Given"/>). Null where a set is made of the files alone, in which all lists keep their names.
    /// </param>
    /// <param name="reports">What was read and refused, in the order of <paramref name="files"/>.</param>
    public static IndicatorSet Read(IEnumerable<IndicatorFile> files, IndicatorSet? basis, out ImmutableArray<IndicatorFileReport> reports)
    {
        ArgumentNullException.ThrowIfNull(files);
        var collector = new IndicatorCollector();
        if (basis is not null)
        {
            collector.Add(basis.Facts);
            collector.KeepApart(BuiltIn.Lists.Select(static l => l.Name));
        }

        reports = [.. files.Select(file => IndicatorReading.Read(file, collector))];
        return new IndicatorSet(PackedIndicators.Parse(collector.ToFacts()));
    }

    /// <summary>Writes the facts, packed by Brotli.</summary>
    public void WriteTo(Stream output)
    {
        using var packer = new BrotliStream(output, CompressionLevel.SmallestSize, leaveOpen: true);
        packer.Write(Facts.Bytes);
    }

    /// <summary>As <see cref="Find(string, out bool)"/>, where a single value is asked for, which holds no more.</summary>
    public IReadOnlyList<Indicator> Find(string value) => Find(value, out _);

    /// <summary>
    /// All indicators that a value, or any text, holds. Defanged forms, names in other letters than ASCII's and addresses of IPv4 within IPv6 are
    /// read; a port that is not named fits every indicator.
    /// </summary>
    /// <param name="value">The value or text.</param>
    /// <param name="more">Whether it may hold more: <see cref="MaxFound"/> were found, or something in it would take too long (<see cref="IndicatorScanner.HasMore"/>).</param>
    public IReadOnlyList<Indicator> Find(string value, out bool more)
    {
        ArgumentNullException.ThrowIfNull(value);
        string meant = Defanged.Undo(value.Trim());

        // Files are known by their own letters, names by those that resolvers use.
        string form = AddressText.WithoutSix(Punycode.In(meant));
        for (int room = IndicatorScanner.MaxHits; ; room *= 4)
        {
            var scanner = new IndicatorScanner(this, room);
            scanner.Scan(meant, IndicatorScanner.AnyPort, field: 0);
            scanner.ScanPath("", meant, field: 0);
            if (form != meant)
            {
                scanner.Scan(form, IndicatorScanner.AnyPort, field: 0);
            }

            more = scanner.HasMore;
            if (!more || room >= MaxFound)
            {
                return Of(scanner.Hits);
            }
        }
    }

    /// <summary>Writes the index, which the program has beside the facts that it brings, so that it need not unpack them for texts that hold none of them.</summary>
    public void WriteIndex(Stream output) => new ScanIndex(ContentHash, Count, Signs).WriteTo(output);

    /// <summary>Makes ready now, rather than at first use, what every text is held against.</summary>
    public void Prepare() => _ = Signs;

    internal static ReadOnlyMemory<byte> Unpack(Stream packed)
    {
        // Lists of indicators are packed to about a quarter: mostly one room is enough, which is kept as it is.
        const int factor = 5, least = 1 << 16;
        using var unpacker = new BrotliStream(packed, CompressionMode.Decompress, leaveOpen: true);
        byte[] bytes = GC.AllocateUninitializedArray<byte>(packed.CanSeek ? (int)Math.Clamp(packed.Length * factor, least, MaxFacts) : least);
        int filled = 0;
        try
        {
            for (int read; (read = unpacker.Read(bytes, filled, bytes.Length - filled)) > 0;)
            {
                filled += read;
                if (filled > MaxFacts)
                {
                    throw new InvalidDataException($"the facts are longer than {MaxFacts} bytes");
                }

                if (filled == bytes.Length)
                {
                    Array.Resize(ref bytes, bytes.Length * 2);
                }
            }
        }
        catch (InvalidOperationException e)
        {
            throw new InvalidDataException("the facts are not packed by Brotli, or the file is damaged", e);
        }

        return bytes.AsMemory(0, filled);
    }

    private List<Indicator> Of(ReadOnlySpan<IndicatorHit> hits)
    {
        List<Indicator> found = new(hits.Length);
        foreach (IndicatorHit hit in hits)
        {
            found.Add(this[hit.Index]);
        }

        return found;
    }

    private static IndicatorSet ReadBuiltIn()
    {
        // The index is written as the numbers lie in memory. Where they lie otherwise, all is made of the facts.
        using Stream? index = BitConverter.IsLittleEndian ? Open(IndexResource) : null;
        return new IndicatorSet(new Lazy<PackedIndicators>(UnpackBuiltIn), index is null ? null : ScanIndex.Read(index));
    }

    private static PackedIndicators UnpackBuiltIn()
    {
        using Stream stream = Open(Resource) ?? throw new InvalidOperationException("the program was built without its indicators");
        return PackedIndicators.Parse(Unpack(stream));
    }

    private static Stream? Open(string resource) => typeof(IndicatorSet).Assembly.GetManifestResourceStream(resource);
}
