using System.Buffers.Binary;
using System.Text;
using Culprit.Events;
using Culprit.Primitives;

namespace Culprit.Findings.Store;

/// <summary>
/// A finding at one place as bytes, so that millions of them are cheap to keep, sort and spill. First comes the key,
/// by which equal findings at several places meet; then, unless another entry of the same finding holds it, the rest.
/// </summary>
/// <remarks>
/// Layout, little-endian: ticks i64, certainty u8, flags u8, rank i32, record id i64, identity u128, source i32,
/// offset i64, length i32, host, channel; then account, provider, event id i32, matched fields (count i32, four texts
/// each), captured values (count i32, texts), clues (count i32; each its kind u8, then a key u64 or a text). A text is its length in bytes (i32; -1 for null) and UTF-8.
/// </remarks>
internal readonly ref struct FindingEntry(ReadOnlySpan<byte> bytes)
{
    /// <summary>Where an entry holds the number of its source.</summary>
    public const int SourceAt = 38;

    public const byte HasDetail = 1;
    public const byte IsRecovered = 2;

    private const int CertaintyAt = 8;
    private const int FlagsAt = 9;
    private const int RankAt = 10;
    private const int RecordIdAt = 14;
    private const int IdentityAt = 22;
    private const int OffsetAt = 42;
    private const int LengthAt = 50;
    private const int HostAt = 54;

    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public long Ticks => BinaryPrimitives.ReadInt64LittleEndian(_bytes);

    public EventTime Time => new(Ticks, (TimeCertainty)_bytes[CertaintyAt]);

    public bool Detailed => (_bytes[FlagsAt] & HasDetail) != 0;

    public bool Recovered => (_bytes[FlagsAt] & IsRecovered) != 0;

    public int Rank => BinaryPrimitives.ReadInt32LittleEndian(_bytes[RankAt..]);

    public long RecordId => BinaryPrimitives.ReadInt64LittleEndian(_bytes[RecordIdAt..]);

    public int Source => BinaryPrimitives.ReadInt32LittleEndian(_bytes[SourceAt..]);

    public long Offset => BinaryPrimitives.ReadInt64LittleEndian(_bytes[OffsetAt..]);

    public int Length => BinaryPrimitives.ReadInt32LittleEndian(_bytes[LengthAt..]);

    /// <summary>The entry's bytes.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    private ReadOnlySpan<byte> Identity => _bytes.Slice(IdentityAt, 16);

    private ReadOnlySpan<byte> Host => TextAt(HostAt, out _);

    /// <summary>The entry's bytes, to outlive the buffer that they stand in.</summary>
    public byte[] ToArray() => _bytes.ToArray();

    /// <summary>Reads the texts behind the fixed part, in order.</summary>
    public TextReader Texts() => new(_bytes[HostAt..]);

    /// <summary>Orders by event: time, host, channel, record id, identity. Copies of one record are equal, whatever rules they satisfy.</summary>
    public static int CompareEvent(scoped in FindingEntry a, scoped in FindingEntry b)
    {
        int order = a.Ticks.CompareTo(b.Ticks);
        if (order == 0)
        {
            order = a.Host.SequenceCompareTo(b.Host);
        }

        if (order == 0)
        {
            _ = a.TextAt(HostAt, out int channelA);
            _ = b.TextAt(HostAt, out int channelB);
            order = a.TextAt(channelA, out _).SequenceCompareTo(b.TextAt(channelB, out _));
        }

        if (order == 0)
        {
            order = a.RecordId.CompareTo(b.RecordId);
        }

        return order != 0 ? order : a.Identity.SequenceCompareTo(b.Identity);
    }

    /// <summary>Orders by event and then by rule. Entries of one finding are equal.</summary>
    public static int CompareFinding(scoped in FindingEntry a, scoped in FindingEntry b) =>
        CompareEvent(in a, in b) is var order and not 0 ? order : a.Rank.CompareTo(b.Rank);

    /// <summary>Orders by finding and then by place: path of the source, offset.</summary>
    public static int Compare(scoped in FindingEntry a, scoped in FindingEntry b, SourceTable sources)
    {
        int order = CompareFinding(a, b);
        if (order == 0 && a.Source != b.Source)
        {
            order = string.CompareOrdinal(sources[a.Source].Path, sources[b.Source].Path);
        }

        return order != 0 ? order : a.Offset.CompareTo(b.Offset);
    }

    private ReadOnlySpan<byte> TextAt(int position, out int next)
    {
        int length = BinaryPrimitives.ReadInt32LittleEndian(_bytes[position..]);
        next = position + 4 + length;
        return _bytes.Slice(position + 4, length);
    }

    /// <summary>Reads texts and numbers one after the other.</summary>
    public ref struct TextReader(ReadOnlySpan<byte> bytes)
    {
        private ReadOnlySpan<byte> _rest = bytes;

        public int Int32()
        {
            int value = BinaryPrimitives.ReadInt32LittleEndian(_rest);
            _rest = _rest[4..];
            return value;
        }

        public string? TextOrNull() => TryTake(out ReadOnlySpan<byte> text) ? Encoding.UTF8.GetString(text) : null;

        public string Text() => TextOrNull() ?? "";

        /// <summary>A text that many entries have, from a pool.</summary>
        public string Text(StringPool pool)
        {
            const int longest = 256;
            if (!TryTake(out ReadOnlySpan<byte> text))
            {
                return "";
            }

            if (text.Length > longest)
            {
                return Encoding.UTF8.GetString(text);
            }

            Span<char> characters = stackalloc char[longest];
            return pool.Get(characters[..Encoding.UTF8.GetChars(text, characters)]);
        }

        public EventClue Clue(StringPool pool)
        {
            var kind = (ClueKind)_rest[0];
            _rest = _rest[1..];
            if (!EventClue.HasKey(kind))
            {
                return new EventClue(kind, Text(pool), 0);
            }

            ulong key = BinaryPrimitives.ReadUInt64LittleEndian(_rest);
            _rest = _rest[sizeof(ulong)..];
            return new EventClue(kind, "", key);
        }

        private bool TryTake(out ReadOnlySpan<byte> text)
        {
            int length = Int32();
            text = _rest[..Math.Max(0, length)];
            _rest = _rest[text.Length..];
            return length >= 0;
        }
    }
}
