using System.Numerics;
using System.Runtime.CompilerServices;

namespace Culprit.Knowledge.Indicators;

/// <summary>A filter of three bits a key, in one word, so that asking it touches memory once. About one key in a hundred that nothing has passes.</summary>
internal sealed class KeyFilter
{
    private readonly ulong[] _words;
    private readonly int _shift;

    /// <summary>Makes a filter.</summary>
    /// <param name="keys">How many keys it is to hold.</param>
    public KeyFilter(int keys)
    {
        _words = new ulong[BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, keys / 5))];
        _shift = 64 - BitOperations.Log2((uint)_words.Length);
    }

    /// <summary>Adds a key.</summary>
    public void Add(ulong spread) => _words[spread >> _shift] |= BitsOf(spread);

    /// <summary>Whether a key was certainly not added.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Lacks(ulong spread)
    {
        ulong bits = BitsOf(spread);
        return (_words[spread >> _shift] & bits) != bits;
    }

    // From the low end of the key; its upper end chooses the word.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong BitsOf(ulong spread) => (1UL << (int)spread) | (1UL << (int)(spread >> 6)) | (1UL << (int)(spread >> 12));
}
