using System.Runtime.CompilerServices;
using Culprit.Sigma.Matching;

namespace Culprit.Sigma.Compilation;

/// <summary>
/// Finds literals anywhere in a text by grams: a few bytes of each literal, the rarest that it has. At each place of the
/// text, a filter of bits says whether a gram may stand there, which it seldom does, and only there literals are compared.
/// No place waits for the one before, as in an automaton, and the filter stays in the processor's nearest cache.
/// (After Wu and Manber, "A fast algorithm for multi-pattern searching", TR-94-17, University of Arizona.)
/// </summary>
internal sealed class GramPass
{
    /// <summary>The longest gram, in bytes.</summary>
    public const int LongestGram = sizeof(uint);

    private const uint Multiplier = 0x9E3779B1;

    private readonly int _length;
    private readonly uint _mask;
    private readonly int _shift;
    private readonly uint[] _filter;
    private readonly LiteralTable _table;

    /// <summary>Makes the pass.</summary>
    /// <param name="literals">Literals of ASCII, none shorter than a gram.</param>
    /// <param name="length">The number of bytes in a gram: 1 to <see cref="LongestGram"/>.</param>
    public GramPass(IReadOnlyList<Literal> literals, int length)
    {
        _length = length;
        _mask = uint.MaxValue >> (8 * (LongestGram - length));
        var places = new (Literal Literal, ulong Key, int KeyAt)[literals.Count];
        for (int i = 0; i < places.Length; i++)
        {
            int at = Selectivity.RarestGram(literals[i].Folded, length);
            places[i] = (literals[i], GramAt(literals[i].Folded, at), at);
        }

        // A filter of which one bit in sixteen is set, and between 128 bytes and 32 KiB.
        int bits = 10;
        while (bits < 18 && 1 << bits < places.Length * 16)
        {
            bits++;
        }

        _shift = 32 - bits;
        _filter = new uint[1 << (bits - 5)];
        foreach ((_, ulong key, _) in places)
        {
            uint bit = ((uint)key * Multiplier) >> _shift;
            _filter[bit >> 5] |= 1u << (int)bit;
        }

        _table = new LiteralTable(places);
    }

    /// <summary>Adds the atoms of the literals that stand in the text.</summary>
    public void Scan(FoldedText folded, ReadOnlySpan<char> text, AtomSet hits)
    {
        uint[] filter = _filter;
        uint mask = _mask;
        int shift = _shift;
        int last = folded.Length - _length;
        ref byte start = ref folded.Start;
        for (int i = 0; i <= last; i++)
        {
            // Up to three bytes past the text are read; FoldedText has them.
            uint gram = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref start, i)) & mask;
            uint bit = (gram * Multiplier) >> shift;
            if ((filter[bit >> 5] & (1u << (int)bit)) != 0)
            {
                _table.Report(gram, i, folded, text, hits);
            }
        }
    }

    private uint GramAt(string literal, int at)
    {
        uint gram = 0;
        for (int i = 0; i < _length; i++)
        {
            gram |= (uint)literal[at + i] << (8 * i);
        }

        return gram;
    }
}
