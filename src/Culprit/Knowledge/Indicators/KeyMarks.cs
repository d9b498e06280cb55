using System.Numerics;
using System.Runtime.CompilerServices;

namespace Culprit.Knowledge.Indicators;

/// <summary>
/// Which keys there are, by their upper bits in buckets and in each by their lower 32: of texts that hold nothing, one in a hundred million passes. A filter
/// of three bits a key, in one word of 64 a bucket, answers for 99 in 100 of them by touching memory once.
/// </summary>
internal sealed class KeyMarks
{
    private const int MarksOfBucket = 5;

    private readonly ulong[] _filter;
    private readonly int[] _ends;
    private readonly uint[] _marks;
    private readonly int _shift;

    /// <summary>Makes them of what was kept.</summary>
    /// <param name="counts">How many marks each bucket has; a power of two of buckets.</param>
    /// <param name="marks">The marks, by bucket.</param>
    public KeyMarks(ReadOnlySpan<ushort> counts, uint[] marks)
        : this(EndsOf(counts), marks)
    {
    }

    private KeyMarks(int[] ends, uint[] marks)
    {
        _ends = ends;
        _marks = marks;
        _shift = ShiftOf(ends.Length);
        _filter = new ulong[ends.Length];
        for (int bucket = 0, at = 0; bucket < ends.Length; bucket++)
        {
            for (; at < ends[bucket]; at++)
            {
                _filter[bucket] |= BitsOf(marks[at]);
            }
        }
    }

    /// <summary>How many marks each bucket has, and the marks, as they are kept: of a bucket with more than can be counted each mark once, as one value may be in any number of lists.</summary>
    /// <exception cref="InvalidDataException">A bucket has more than 65,535 different ones, as no values have that nobody made for it.</exception>
    public (ushort[] Counts, uint[] Marks) Kept()
    {
        var counts = new ushort[_ends.Length];
        var kept = new List<uint>(_marks.Length);
        for (int bucket = 0; bucket < counts.Length; bucket++)
        {
            uint[] marks = _marks[StartOf(bucket).._ends[bucket]];
            marks = marks.Length > ushort.MaxValue ? [.. marks.Distinct()] : marks;
            counts[bucket] = marks.Length <= ushort.MaxValue ? (ushort)marks.Length : throw new InvalidDataException("more values have keys that begin alike than an index can hold");
            kept.AddRange(marks);
        }

        return (counts, [.. kept]);
    }

    /// <summary>Makes them of keys.</summary>
    /// <param name="keys">The keys; one may be there several times.</param>
    /// <param name="order">Gets for each mark the position of its key, in each bucket in ascending order.</param>
    public static KeyMarks Of(ReadOnlySpan<ulong> keys, out int[] order)
    {
        int buckets = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(16, keys.Length / MarksOfBucket)), shift = ShiftOf(buckets);
        var ends = new int[buckets];
        foreach (ulong key in keys)
        {
            ends[key >> shift]++;
        }

        for (int bucket = 1; bucket < buckets; bucket++)
        {
            ends[bucket] += ends[bucket - 1];
        }

        // From behind, so that each end moves to its bucket's beginning; and then back.
        var marks = new uint[keys.Length];
        order = new int[keys.Length];
        for (int i = keys.Length - 1; i >= 0; i--)
        {
            int at = --ends[keys[i] >> shift];
            marks[at] = (uint)keys[i];
            order[at] = i;
        }

        ends.AsSpan(1).CopyTo(ends);
        ends[^1] = keys.Length;
        return new KeyMarks(ends, marks);
    }

    /// <summary>Whether a key was certainly not among them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Lacks(ulong key)
    {
        ulong bits = BitsOf((uint)key);
        return (_filter[key >> _shift] & bits) != bits || First(key) < 0;
    }

    /// <summary>The place of the first mark of a key; -1 where there is none.</summary>
    public int First(ulong key)
    {
        int bucket = (int)(key >> _shift), start = StartOf(bucket), found = _marks.AsSpan(start, _ends[bucket] - start).IndexOf((uint)key);
        return found < 0 ? -1 : start + found;
    }

    /// <summary>The next place with the mark of a key, behind another; -1 where there is none.</summary>
    public int Next(ulong key, int place)
    {
        int end = _ends[key >> _shift], found = _marks.AsSpan(place + 1, end - place - 1).IndexOf((uint)key);
        return found < 0 ? -1 : place + 1 + found;
    }

    private static int[] EndsOf(ReadOnlySpan<ushort> counts)
    {
        var ends = new int[counts.Length];
        for (int bucket = 0, end = 0; bucket < ends.Length; bucket++)
        {
            ends[bucket] = end += counts[bucket];
        }

        return ends;
    }

    private static int ShiftOf(int buckets) => 64 - BitOperations.Log2((uint)buckets);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong BitsOf(uint mark) => (1UL << (int)mark) | (1UL << (int)(mark >> 6)) | (1UL << (int)(mark >> 12));

    private int StartOf(int bucket) => bucket == 0 ? 0 : _ends[bucket - 1];
}
