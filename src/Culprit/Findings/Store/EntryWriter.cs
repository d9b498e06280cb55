using System.Buffers.Binary;
using System.Text;
using Culprit.Events;
using Culprit.Primitives;

namespace Culprit.Findings.Store;

/// <summary>What decides which finding an entry belongs to, and where it stands.</summary>
internal readonly record struct EntryKey(
    EventTime Time, int Rank, string Host, string Channel, long RecordId, UInt128 Identity, int Source, long Offset, int Length, bool Recovered);

/// <summary>Writes an entry (see <see cref="FindingEntry"/>).</summary>
internal sealed class EntryWriter
{
    private byte[] _buffer = new byte[4 * 1024];
    private int _position;

    /// <summary>The entry so far.</summary>
    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _position);

    /// <summary>Begins an entry.</summary>
    public void Clear() => _position = 0;

    public void Key(in EntryKey key, bool detailed)
    {
        Int64(key.Time.UtcTicks);
        Byte((byte)key.Time.Certainty);
        Byte((byte)((detailed ? FindingEntry.HasDetail : 0) | (key.Recovered ? FindingEntry.IsRecovered : 0)));
        Int32(key.Rank);
        Int64(key.RecordId);
        BinaryPrimitives.WriteUInt128BigEndian(Take(16), key.Identity);
        Int32(key.Source);
        Int64(key.Offset);
        Int32(key.Length);
        Text(key.Host);
        Text(key.Channel);
    }

    public void Int32(int value) => BinaryPrimitives.WriteInt32LittleEndian(Take(4), value);

    public void Text(string? text)
    {
        if (text is null)
        {
            Int32(-1);
            return;
        }

        Characters(text);
    }

    public void Clue(ClueKind kind, ReadOnlySpan<char> name, ulong key)
    {
        Byte((byte)kind);
        if (EventClue.HasKey(kind))
        {
            Int64((long)key);
            return;
        }

        Characters(name);
    }

    private void Characters(ReadOnlySpan<char> text)
    {
        int length = Encoding.UTF8.GetByteCount(text);
        Int32(length);
        Encoding.UTF8.GetBytes(text, Take(length));
    }

    private void Int64(long value) => BinaryPrimitives.WriteInt64LittleEndian(Take(8), value);

    private void Byte(byte value) => Take(1)[0] = value;

    private Span<byte> Take(int length)
    {
        if (_buffer.Length - _position < length)
        {
            Array.Resize(ref _buffer, checked((int)Math.Min(Array.MaxLength, Math.Max((long)_buffer.Length * 2, (long)_position + length))));
        }

        Span<byte> taken = _buffer.AsSpan(_position, length);
        _position += length;
        return taken;
    }
}
