using System.Text;
using Culprit.Sigma.Matching;

namespace Culprit.Sigma.Compilation;

/// <summary>
/// Literals of ASCII by a few of their bytes, the key. Whoever finds a key in a text asks here which literals have it, and
/// only those are compared. Many literals may share a key. Immutable.
/// </summary>
internal sealed class LiteralTable
{
    private const ulong Multiplier = 0x9E3779B97F4A7C15;

    private readonly Literal[] _literals;

    // The literals' bytes one after another, and where each begins; one more at the end.
    private readonly byte[] _bytes;
    private readonly int[] _begin;
    private readonly int[] _keyAt;
    private readonly int _shift;
    private readonly Slot[] _slots;

    /// <summary>Makes the table.</summary>
    /// <param name="literals">The literals, each with its key and the place in the literal at which the key stands; sorted here.</param>
    public LiteralTable((Literal Literal, ulong Key, int KeyAt)[] literals)
    {
        (Literal Literal, ulong Key, int KeyAt)[] sorted = literals;
        Array.Sort(sorted, static (a, b) => a.Key.CompareTo(b.Key));
        _literals = new Literal[sorted.Length];
        _keyAt = new int[sorted.Length];
        _begin = new int[sorted.Length + 1];
        for (int i = 0; i < sorted.Length; i++)
        {
            (_literals[i], _keyAt[i]) = (sorted[i].Literal, sorted[i].KeyAt);
            _begin[i + 1] = _begin[i] + sorted[i].Literal.Folded.Length;
        }

        _bytes = new byte[_begin[^1]];
        for (int i = 0; i < sorted.Length; i++)
        {
            Encoding.ASCII.GetBytes(sorted[i].Literal.Folded, _bytes.AsSpan(_begin[i]));
        }

        int bits = 4;
        while (1 << bits < sorted.Length * 2)
        {
            bits++;
        }

        _shift = 64 - bits;
        _slots = new Slot[1 << bits];
        for (int start = 0, end; start < sorted.Length; start = end)
        {
            end = start + 1;
            while (end < sorted.Length && sorted[end].Key == sorted[start].Key)
            {
                end++;
            }

            int slot = SlotOf(sorted[start].Key);
            while (_slots[slot].End > 0)
            {
                slot = (slot + 1) & (_slots.Length - 1);
            }

            _slots[slot] = new Slot(sorted[start].Key, start, end);
        }
    }

    /// <summary>Reports the literals that stand around the place at which their key was found.</summary>
    /// <param name="key">The key.</param>
    /// <param name="at">Where in the text it was found.</param>
    /// <param name="folded">The text, folded.</param>
    /// <param name="text">The text as it is.</param>
    /// <param name="hits">Gets the atoms.</param>
    public void Report(ulong key, int at, FoldedText folded, ReadOnlySpan<char> text, AtomSet hits)
    {
        Slot[] slots = _slots;
        for (int slot = SlotOf(key); ; slot = (slot + 1) & (slots.Length - 1))
        {
            ref readonly Slot found = ref slots[slot];
            if (found.End == 0)
            {
                return;
            }

            if (found.Key == key)
            {
                ReportAll(found.Start, found.End, at, folded, text, hits);
                return;
            }
        }
    }

    private void ReportAll(int from, int to, int at, FoldedText folded, ReadOnlySpan<char> text, AtomSet hits)
    {
        ReadOnlySpan<byte> bytes = folded.Bytes;
        for (int i = from; i < to; i++)
        {
            int start = at - _keyAt[i];
            ReadOnlySpan<byte> literal = _bytes.AsSpan(_begin[i], _begin[i + 1] - _begin[i]);
            if (start >= 0 && bytes.Length - start >= literal.Length && bytes.Slice(start, literal.Length).SequenceEqual(literal)
                && StandsWell(_literals[i].Anchor, start, literal.Length, bytes.Length))
            {
                _literals[i].Report(text, hits);
            }
        }
    }

    // A key says nothing of its length: a text that ends in "a" and a NUL has the key of "a".
    private static bool StandsWell(Anchor anchor, int start, int length, int whole) => anchor switch
    {
        Anchor.None or Anchor.Start => true,
        Anchor.End => start + length == whole,
        _ => length == whole,
    };

    private int SlotOf(ulong key) => (int)((key * Multiplier) >> _shift);

    // End is 0 in a slot that is not used.
    private readonly record struct Slot(ulong Key, int Start, int End);
}
