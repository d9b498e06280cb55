using System.Numerics;
using Culprit.Sigma.Matching;

namespace Culprit.Sigma.Compilation;

/// <summary>
/// Finds literals that must stand at one end of a text, without looking at the rest of it: by the eight bytes at that end,
/// or fewer where the literal is shorter. Most rules about paths ask for their ends.
/// </summary>
internal sealed class AnchoredPass
{
    private readonly bool _atEnd;
    private readonly LiteralTable _table;

    // Bit n: there is a key of n bytes.
    private readonly int _keyLengths;

    /// <summary>Makes the pass.</summary>
    /// <param name="literals">Literals of ASCII that must stand at the end, or at the start; whole texts belong to either.</param>
    /// <param name="atEnd">At which of the two.</param>
    public AnchoredPass(IReadOnlyList<Literal> literals, bool atEnd)
    {
        _atEnd = atEnd;
        var places = new (Literal Literal, ulong Key, int KeyAt)[literals.Count];
        for (int i = 0; i < places.Length; i++)
        {
            string literal = literals[i].Folded;
            int length = KeyLength(literal);
            places[i] = (literals[i], KeyOf(literal), atEnd ? literal.Length - length : 0);
            _keyLengths |= 1 << length;
        }

        _table = new LiteralTable(places);
    }

    /// <summary>Adds the atoms of the literals that stand at the text's end, or start.</summary>
    public void Scan(FoldedText folded, ReadOnlySpan<char> text, AtomSet hits)
    {
        ulong bytes = _atEnd ? folded.Last : folded.First;
        for (int rest = _keyLengths; rest != 0; rest &= rest - 1)
        {
            int length = BitOperations.TrailingZeroCount(rest);
            if (length > folded.Length)
            {
                return;
            }

            int unused = 8 * (sizeof(ulong) - length);
            _table.Report(_atEnd ? bytes >> unused : bytes << unused >> unused, _atEnd ? folded.Length - length : 0, folded, text, hits);
        }
    }

    private static int KeyLength(string literal) => Math.Min(literal.Length, sizeof(ulong));

    private ulong KeyOf(string literal)
    {
        ulong key = 0;
        ReadOnlySpan<char> end = _atEnd ? literal.AsSpan(literal.Length - KeyLength(literal)) : literal.AsSpan(0, KeyLength(literal));
        for (int i = 0; i < end.Length; i++)
        {
            key |= (ulong)end[i] << (8 * i);
        }

        return key;
    }
}
