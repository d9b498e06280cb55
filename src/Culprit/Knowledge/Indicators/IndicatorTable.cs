using System.Net;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;

namespace Culprit.Knowledge.Indicators;

/// <summary>
/// A set as a table by key, behind filters that answer for nearly all texts that hold nothing: one of domains, which most values are, and a small one. Which last labels
/// of names and endings of files there are tells most words with a point in them from names before they are walked over.
/// </summary>
internal sealed class IndicatorTable
{
    // A label sets two bits of this many, so that one in a thousand that nothing ends with passes: no common ending of files by bad luck.
    private const int LabelShift = 14, LabelBits = 1 << LabelShift;

    // Three characters of which five bits each tell letters, and most other characters, apart; 0 is none.
    private const int BeginningBits = 1 << 15;

    private readonly PackedIndicators _facts;
    private readonly int[] _buckets;
    private readonly int[] _next;
    private readonly uint[] _marks;
    private readonly KeyFilter _names;
    private readonly KeyFilter _others;
    private readonly int _bucketShift;
    private readonly ulong[] _labels = new ulong[LabelBits / 64];
    private readonly ulong[] _endings = new ulong[LabelBits / 64];
    private readonly ulong[] _beginnings = new ulong[BeginningBits / 64];
    private readonly HashSet<ulong> _urlHosts = [];

    public IndicatorTable(PackedIndicators facts)
    {
        _facts = facts;
        int size = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, facts.Count));
        _bucketShift = 64 - BitOperations.Log2((uint)size);
        _buckets = new int[size];
        _next = new int[facts.Count];
        _marks = new uint[facts.Count];
        int names = 0;
        for (int i = 0; i < facts.Count; i++)
        {
            names += facts.KindOf(i) == IndicatorKind.Domain ? 1 : 0;
        }

        _names = new KeyFilter(names);
        _others = new KeyFilter(facts.Count - names);

        Span<char> room = stackalloc char[ValueReader.MaxLength];
        for (int i = facts.Count - 1; i >= 0; i--)
        {
            ReadOnlySpan<byte> value = facts.ValueOf(i);
            ReadOnlySpan<char> text = value.Length <= room.Length ? room[..Encoding.UTF8.GetChars(value, room)] : Encoding.UTF8.GetString(value);
            ulong key = Prepare(facts.KindOf(i), text);
            (facts.KindOf(i) == IndicatorKind.Domain ? _names : _others).Add(key);
            Add(i, key);
        }
    }

    /// <summary>Whether any name or file ends with a label that begins with three characters, as far as five bits of each tell.</summary>
    /// <param name="first">The first.</param>
    /// <param name="second">The second.</param>
    /// <param name="third">The third; U+0000 where the label has but two.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool MayBeginLabel(char first, char second, char third)
    {
        int beginning = Beginning(first, second, third);
        return (first | second | third) >= 128 || (_beginnings[beginning >> 6] & (1UL << beginning)) != 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Beginning(char first, char second, char third) => ((first & 31) << 10) | ((second & 31) << 5) | (third & 31);

    /// <summary>The set.</summary>
    public PackedIndicators Facts => _facts;

    /// <summary>Whether there are hashes.</summary>
    public bool HasHashes { get; private set; }

    /// <summary>Whether there are addresses of IPv6.</summary>
    public bool HasSix { get; private set; }

    /// <summary>Whether there are paths of URLs without a host.</summary>
    public bool HasUrlPaths { get; private set; }

    /// <summary>How long the longest path of a URL is, in characters.</summary>
    public int LongestUrlPath { get; private set; }

    /// <summary>How long the longest file path is; 0 where there is none.</summary>
    public int LongestFile { get; private set; }

    /// <summary>Whether any name ends with a label, as far as its fingerprint tells.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool MayEndName(uint label) => Has(_labels, label);

    /// <summary>Whether any file ends with a label, as far as its fingerprint tells.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool MayEndFile(uint label) => Has(_endings, label);

    /// <summary>A label's fingerprint: its last eight characters, in lower case, and its length.</summary>
    /// <param name="packed">The characters, 8 bits each.</param>
    /// <param name="length">How many characters the label has.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Fingerprint(ulong packed, int length) => (uint)(((packed ^ ((ulong)length << 59)) * 0x9e3779b97f4a7c15) >> (64 - (2 * LabelShift)));

    /// <summary>Whether URLs of a host are in the set.</summary>
    public bool HasUrlsOf(ulong host) => _urlHosts.Contains(host);

    /// <summary>Whether no domain has a key, as far as the filter tells.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool LacksName(ulong spread) => _names.Lacks(spread);

    /// <summary>Whether nothing but a domain has a key, as far as the filter tells.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool LacksOther(ulong spread) => _others.Lacks(spread);

    /// <summary>The first value with a key; -1 where there is none. Other values may come with it: they are to be compared.</summary>
    public int First(ulong spread)
    {
        int index = _buckets[spread >> _bucketShift] - 1;
        while (index >= 0 && _marks[index] != (uint)spread)
        {
            index = _next[index];
        }

        return index;
    }

    /// <summary>The next value with the key of a value; -1 where there is none.</summary>
    public int Next(int index)
    {
        uint mark = _marks[index];
        do
        {
            index = _next[index];
        }
        while (index >= 0 && _marks[index] != mark);
        return index;
    }

    /// <summary>How many lists of different groups hold a value.</summary>
    public int ListsThatHold(int index)
    {
        ReadOnlySpan<byte> value = _facts.ValueOf(index);
        IndicatorKind kind = _facts.KindOf(index);
        var groups = new HashSet<int>();
        for (int i = First(Prepare(kind, Encoding.UTF8.GetString(value))); i >= 0; i = Next(i))
        {
            if (_facts.KindOf(i) == kind && _facts.ValueOf(i).SequenceEqual(value))
            {
                groups.Add(_facts.ListGroups[_facts.ListOf(i)]);
            }
        }

        return groups.Count;
    }

    /// <summary>Where a URL's path begins: behind its host.</summary>
    public static int PathOf(ReadOnlySpan<char> url) => url[0] == '[' && url.IndexOf(']') is var end and > 0 ? end + 1 : url.IndexOf('/');

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Has(ulong[] bits, uint label) => Bit(bits, label >> LabelShift) && Bit(bits, label & (LabelBits - 1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Bit(ulong[] bits, uint at) => (bits[at >> 6] & (1UL << (int)at)) != 0;

    // The key of a value, once what scanning asks first has been told of it.
    private ulong Prepare(IndicatorKind kind, ReadOnlySpan<char> text)
    {
        switch (kind)
        {
            case IndicatorKind.Address:
                return HostKey(text);
            case IndicatorKind.Domain:
                Mark(_labels, text);
                return Keys.Spread(Keys.Backward(Keys.Name, text));
            case IndicatorKind.Url:
                int slash = PathOf(text);
                ulong host = HostKey(text[..slash]);
                _urlHosts.Add(host);
                LongestUrlPath = Math.Max(LongestUrlPath, text.Length - slash);
                return Keys.Spread(Keys.Url(host, Keys.Forward(Keys.UrlPath, text[slash..])));
            case IndicatorKind.Hash:
                HasHashes = true;
                return Keys.Hash(text);
            default:
                return PreparePath(text);
        }
    }

    private ulong PreparePath(ReadOnlySpan<char> text)
    {
        if (text[0] == '/')
        {
            HasUrlPaths = true;
            LongestUrlPath = Math.Max(LongestUrlPath, text.Length);
            return Keys.Spread(Keys.Forward(Keys.UrlPath, text));
        }

        LongestFile = Math.Max(LongestFile, text.Length);
        Mark(_endings, text);
        return Keys.Spread(Keys.Backward(Keys.FilePath, text));
    }

    private ulong HostKey(ReadOnlySpan<char> host)
    {
        ReadOnlySpan<char> name = host;
        if (host[0] == '[' || host.Count(':') > 1)
        {
            HasSix = true;
            int end = host.IndexOf(']');
            return SixKey(IPAddress.Parse(end < 0 ? host : host[1..end]));
        }

        int colon = name.IndexOf(':');
        name = colon < 0 ? name : name[..colon];
        if (AddressText.TryRead(name, out uint address))
        {
            return Keys.Address(address);
        }

        Mark(_labels, name);
        return Keys.Spread(Keys.Backward(Keys.Name, name));
    }

    /// <summary>The key of an address of IPv6.</summary>
    public static ulong SixKey(IPAddress address)
    {
        Span<char> text = stackalloc char[64];
        address.TryFormat(text, out int length);
        return Keys.Spread(Keys.Backward(Keys.Name, text[..length]));
    }

    private void Mark(ulong[] bits, ReadOnlySpan<char> name)
    {
        ulong packed = 0;
        ReadOnlySpan<char> label = name[(name.LastIndexOf('.') + 1)..];
        foreach (char c in label)
        {
            packed = (packed << 8) ^ c;
        }

        uint fingerprint = Fingerprint(packed, label.Length), first = fingerprint >> LabelShift, second = fingerprint & (LabelBits - 1);
        bits[first >> 6] |= 1UL << (int)first;
        bits[second >> 6] |= 1UL << (int)second;
        int beginning = Beginning(label[0], label.Length > 1 ? label[1] : '\0', label.Length > 2 ? label[2] : '\0');
        if (label.Length == 1)
        {
            // Any other characters may stand behind it.
            _beginnings.AsSpan(beginning >> 6, (1 << 10) / 64).Fill(ulong.MaxValue);
            return;
        }

        _beginnings[beginning >> 6] |= 1UL << beginning;
    }

    private void Add(int index, ulong spread)
    {
        ref int bucket = ref _buckets[spread >> _bucketShift];
        _next[index] = bucket - 1;
        bucket = index + 1;
        _marks[index] = (uint)spread;
    }
}
