using System.Collections.Concurrent;
using System.Text;

namespace Culprit.Knowledge.Indicators;

/// <summary>A set's values by key. Making it reads every value, so it is made when a text passes the <see cref="ScanSigns"/>, which few logs of innocents do.</summary>
internal sealed class IndicatorTable
{
    // A value that is in more lists than this is counted once: whoever asks for each of its places would count n lists n times.
    private const int FewPlaces = 16;

    private readonly ConcurrentDictionary<int, int> _counted = new();
    private readonly int[] _names;
    private readonly int[] _others;

    public IndicatorTable(PackedIndicators facts)
    {
        Facts = facts;
        Signs = ScanSigns.Of(facts, out _names, out _others);
    }

    /// <summary>The set.</summary>
    public PackedIndicators Facts { get; }

    /// <summary>What tells most texts that hold none of its values.</summary>
    public ScanSigns Signs { get; }

    /// <summary>The values with a key, by position in the set. Others may come with them: they are to be compared.</summary>
    /// <param name="kind">Domains, or anything else.</param>
    /// <param name="key">The key.</param>
    public Matches WithKey(IndicatorKind kind, ulong key) => kind == IndicatorKind.Domain ? new Matches(Signs.Names, _names, key) : new Matches(Signs.Others, _others, key);

    /// <summary>How many lists of different groups hold a value.</summary>
    public int ListsThatHold(int index)
    {
        ReadOnlySpan<byte> value = Facts.ValueOf(index);
        IndicatorKind kind = Facts.KindOf(index);
        var groups = new HashSet<int>();
        int first = -1, places = 0;
        foreach (int i in WithKey(kind, Keys.Of(kind, Encoding.UTF8.GetString(value))))
        {
            if (Facts.KindOf(i) == kind && Facts.ValueOf(i).SequenceEqual(value))
            {
                if (places++ == 0 && _counted.TryGetValue(first = i, out int known))
                {
                    return known;
                }

                groups.Add(Facts.ListGroups[Facts.ListOf(i)]);
            }
        }

        if (places > FewPlaces)
        {
            _counted[first] = groups.Count;
        }

        return groups.Count;
    }

    /// <summary>The values with a key.</summary>
    public struct Matches(KeyMarks marks, int[] values, ulong key)
    {
        private int _place = -2;

        /// <summary>The value at hand.</summary>
        public readonly int Current => values[_place];

        /// <summary>Itself.</summary>
        public readonly Matches GetEnumerator() => this;

        /// <summary>Goes to the next value.</summary>
        public bool MoveNext()
        {
            _place = _place == -2 ? marks.First(key) : marks.Next(key, _place);
            return _place >= 0;
        }
    }
}
