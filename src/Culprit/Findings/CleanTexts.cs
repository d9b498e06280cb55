using System.Runtime.InteropServices;

namespace Culprit.Findings;

/// <summary>
/// Long texts of late that hold no indicator. Records say the hashes of the same programs again and again; to see that a text is the
/// same is quicker than to look each of them up. A text is compared whole, so that none can be made to look like another. One thread.
/// </summary>
internal sealed class CleanTexts
{
    private const int Slots = 128;
    private const int SlotLength = 224;

    // Shorter texts, such as paths, are read as quickly as they are compared, and would take the room.
    private const int Shortest = 96;

    private readonly char[] _texts = new char[Slots * SlotLength];
    private readonly int[] _lengths = new int[Slots];

    /// <summary>Whether a text is among them.</summary>
    /// <param name="text">The text.</param>
    /// <param name="slot">Where it is to be kept; -1 where it is not.</param>
    public bool Has(ReadOnlySpan<char> text, out int slot)
    {
        if (text.Length is < Shortest or > SlotLength)
        {
            slot = -1;
            return false;
        }

        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(text);
        ulong key = MemoryMarshal.Read<ulong>(bytes) ^ (MemoryMarshal.Read<ulong>(bytes[^8..]) << 1) ^ (MemoryMarshal.Read<ulong>(bytes[(text.Length & ~3)..]) << 2) ^ (ulong)text.Length;
        slot = (int)((key * 0x9e3779b97f4a7c15) >> 57);
        return _lengths[slot] == text.Length && text.SequenceEqual(_texts.AsSpan(slot * SlotLength, text.Length));
    }

    /// <summary>Keeps a text that holds no indicator.</summary>
    public void Keep(ReadOnlySpan<char> text, int slot)
    {
        text.CopyTo(_texts.AsSpan(slot * SlotLength));
        _lengths[slot] = text.Length;
    }
}
