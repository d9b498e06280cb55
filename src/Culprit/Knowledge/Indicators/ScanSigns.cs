using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Culprit.Knowledge.Indicators;

/// <summary>
/// What tells most texts that hold nothing of a set, without its values: which last labels of names and endings of files there are, so that most words
/// with a point in them are not walked over, and the keys of its values. Of a set that is known beforehand it can be kept (<see cref="WriteTo"/>) and read in an instant.
/// </summary>
internal sealed class ScanSigns
{
    // A label sets two bits of this many, so that one in a thousand that nothing ends with passes: no common ending of files by bad luck.
    private const int LabelShift = 14, LabelBits = 1 << LabelShift;

    // Three characters of which five bits each tell letters, and most other characters, apart; 0 is none.
    private const int BeginningBits = 1 << 15;

    private readonly ulong[] _labels = new ulong[LabelBits / 64];
    private readonly ulong[] _endings = new ulong[LabelBits / 64];
    private readonly ulong[] _beginnings = new ulong[BeginningBits / 64];
    private readonly HashSet<ulong> _urlHosts = [];

    private ScanSigns()
    {
    }

    /// <summary>The keys of domains, which most values are.</summary>
    public KeyMarks Names { get; private set; } = null!;

    /// <summary>The keys of everything else.</summary>
    public KeyMarks Others { get; private set; } = null!;

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

    /// <summary>Gathers them.</summary>
    /// <param name="facts">The set.</param>
    /// <param name="names">Gets for each of the marks of <see cref="Names"/> the position of its value in the set.</param>
    /// <param name="others">The same for <see cref="Others"/>.</param>
    public static ScanSigns Of(PackedIndicators facts, out int[] names, out int[] others)
    {
        var signs = new ScanSigns();
        var keys = new ulong[facts.Count];
        var positions = new int[facts.Count];
        int firstOther = facts.Count, countOfNames = 0;
        Span<char> room = stackalloc char[ValueReader.MaxLength];
        for (int i = facts.Count - 1; i >= 0; i--)
        {
            ReadOnlySpan<byte> value = facts.ValueOf(i);
            ReadOnlySpan<char> text = value.Length <= room.Length ? room[..Encoding.UTF8.GetChars(value, room)] : Encoding.UTF8.GetString(value);
            IndicatorKind kind = facts.KindOf(i);
            signs.Note(kind, text);

            // Domains from the front, their order turned round, everything else from behind.
            int at = kind == IndicatorKind.Domain ? countOfNames++ : --firstOther;
            keys[at] = Keys.Of(kind, text);
            positions[at] = i;
        }

        keys.AsSpan(0, countOfNames).Reverse();
        positions.AsSpan(0, countOfNames).Reverse();
        signs.Names = KeyMarks.Of(keys.AsSpan(0, countOfNames), out names);
        signs.Others = KeyMarks.Of(keys.AsSpan(firstOther), out others);
        Place(names, positions.AsSpan(0, countOfNames));
        Place(others, positions.AsSpan(firstOther));
        return signs;
    }

    /// <summary>Reads what <see cref="WriteTo"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is something else.</exception>
    /// <exception cref="EndOfStreamException">It is cut.</exception>
    public static ScanSigns Read(BinaryReader input)
    {
        var signs = new ScanSigns
        {
            HasHashes = input.ReadBoolean(),
            HasSix = input.ReadBoolean(),
            HasUrlPaths = input.ReadBoolean(),
            LongestUrlPath = input.ReadInt32(),
            LongestFile = input.ReadInt32(),
        };
        Fill(input, signs._labels);
        Fill(input, signs._endings);
        Fill(input, signs._beginnings);
        var hosts = new ulong[LengthOf(input)];
        Fill(input, hosts);
        signs._urlHosts.UnionWith(hosts);
        signs.Names = ReadMarks(input);
        signs.Others = ReadMarks(input);
        return signs;
    }

    /// <summary>Writes them; equal sets give equal bytes.</summary>
    public void WriteTo(BinaryWriter output)
    {
        output.Write(HasHashes);
        output.Write(HasSix);
        output.Write(HasUrlPaths);
        output.Write(LongestUrlPath);
        output.Write(LongestFile);
        output.Write(MemoryMarshal.AsBytes<ulong>(_labels));
        output.Write(MemoryMarshal.AsBytes<ulong>(_endings));
        output.Write(MemoryMarshal.AsBytes<ulong>(_beginnings));
        ulong[] hosts = [.. _urlHosts.Order()];
        output.Write(hosts.Length);
        output.Write(MemoryMarshal.AsBytes<ulong>(hosts));
        WriteMarks(output, Names);
        WriteMarks(output, Others);
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Beginning(char first, char second, char third) => ((first & 31) << 10) | ((second & 31) << 5) | (third & 31);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Has(ulong[] bits, uint label) => Bit(bits, label >> LabelShift) && Bit(bits, label & (LabelBits - 1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Bit(ulong[] bits, uint at) => (bits[at >> 6] & (1UL << (int)at)) != 0;

    private static void Place(int[] order, ReadOnlySpan<int> positions)
    {
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = positions[order[i]];
        }
    }

    private static void WriteMarks(BinaryWriter output, KeyMarks marks)
    {
        (ushort[] counts, uint[] kept) = marks.Kept();
        output.Write(counts.Length);
        output.Write(MemoryMarshal.AsBytes<ushort>(counts));
        output.Write(kept.Length);
        output.Write(MemoryMarshal.AsBytes<uint>(kept));
    }

    private static KeyMarks ReadMarks(BinaryReader input)
    {
        var counts = new ushort[LengthOf(input)];
        Fill(input, counts);
        var marks = new uint[LengthOf(input)];
        Fill(input, marks);
        return new KeyMarks(counts, marks);
    }

    private static int LengthOf(BinaryReader input) =>
        input.ReadInt32() is var length && length >= 0 && length <= input.BaseStream.Length ? length : throw new InvalidDataException("the index of the indicators is damaged");

    private static void Fill<T>(BinaryReader input, T[] room)
        where T : unmanaged => input.BaseStream.ReadExactly(MemoryMarshal.AsBytes(room.AsSpan()));

    // What scanning asks before it asks for keys.
    private void Note(IndicatorKind kind, ReadOnlySpan<char> text)
    {
        switch (kind)
        {
            case IndicatorKind.Domain:
                Mark(_labels, text);
                break;
            case IndicatorKind.Address:
                NoteHost(text);
                break;
            case IndicatorKind.Url:
                int slash = Keys.PathOf(text);
                NoteHost(text[..slash]);
                _urlHosts.Add(Keys.OfHost(text[..slash]));
                LongestUrlPath = Math.Max(LongestUrlPath, text.Length - slash);
                break;
            case IndicatorKind.Hash:
                HasHashes = true;
                break;
            case IndicatorKind.Path when text[0] == '/':
                HasUrlPaths = true;
                LongestUrlPath = Math.Max(LongestUrlPath, text.Length);
                break;
            default:
                LongestFile = Math.Max(LongestFile, text.Length);
                Mark(_endings, text);
                break;
        }
    }

    private void NoteHost(ReadOnlySpan<char> host)
    {
        if (Keys.IsSix(host))
        {
            HasSix = true;
        }
        else if (!AddressText.TryRead(Keys.WithoutPort(host), out _))
        {
            Mark(_labels, Keys.WithoutPort(host));
        }
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
}
