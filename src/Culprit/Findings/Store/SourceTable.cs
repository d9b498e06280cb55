using System.Runtime.CompilerServices;
using Culprit.Evidence;

namespace Culprit.Findings.Store;

/// <summary>Numbers evidence sources, so that an entry holds four bytes for its source. Safe for several threads.</summary>
internal sealed class SourceTable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<EvidenceSource, int> _numbers = new(ReferenceComparer.Instance);
    private EvidenceSource[] _sources = new EvidenceSource[16];

    public EvidenceSource this[int number] => Volatile.Read(ref _sources)[number];

    /// <summary>How many sources have a number, the first of which is 0.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _numbers.Count;
            }
        }
    }

    public int NumberOf(EvidenceSource source)
    {
        lock (_gate)
        {
            if (!_numbers.TryGetValue(source, out int number))
            {
                number = _numbers.Count;
                if (number == _sources.Length)
                {
                    EvidenceSource[] grown = new EvidenceSource[number * 2];
                    _sources.CopyTo(grown, 0);
                    Volatile.Write(ref _sources, grown);
                }

                _sources[number] = source;
                _numbers.Add(source, number);
            }

            return number;
        }
    }

    private sealed class ReferenceComparer : IEqualityComparer<EvidenceSource>
    {
        public static readonly ReferenceComparer Instance = new();

        public bool Equals(EvidenceSource? x, EvidenceSource? y) => ReferenceEquals(x, y);

        public int GetHashCode(EvidenceSource obj) => RuntimeHelpers.GetHashCode(obj);
    }
}
