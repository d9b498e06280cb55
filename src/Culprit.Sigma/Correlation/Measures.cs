using Culprit.Sigma.Semantics;

namespace Culprit.Sigma.Correlation;

/// <summary>What is measured of the units in a window while it slides: units are added at its end and removed at its start.</summary>
internal interface IMeasure
{
    void Add(CorrelationUnit unit);

    void Remove(CorrelationUnit unit);

    /// <summary>Whether the correlation holds for what is in the window now, and the value that was compared.</summary>
    bool Holds(out decimal? value);
}

/// <summary>Counts events. One that several of the rules match is one event.</summary>
internal sealed class CountMeasure(SigmaCorrelation correlation) : IMeasure
{
    private readonly Dictionary<(long, long), int> _events = [];

    public void Add(CorrelationUnit unit) => _events[(unit.Ticks, unit.Key)] = _events.GetValueOrDefault((unit.Ticks, unit.Key)) + 1;

    public void Remove(CorrelationUnit unit)
    {
        if (--_events[(unit.Ticks, unit.Key)] == 0)
        {
            _events.Remove((unit.Ticks, unit.Key));
        }
    }

    public bool Holds(out decimal? value)
    {
        value = _events.Count;
        return Bounds.Hold(correlation.Bounds, _events.Count);
    }
}

/// <summary>Counts distinct values.</summary>
internal sealed class DistinctMeasure(SigmaCorrelation correlation) : IMeasure
{
    private readonly Dictionary<string, int> _values = new(StringComparer.OrdinalIgnoreCase);

    public void Add(CorrelationUnit unit)
    {
        if (unit.Value is { } value)
        {
            _values[value] = _values.GetValueOrDefault(value) + 1;
        }
    }

    public void Remove(CorrelationUnit unit)
    {
        if (unit.Value is { } value && --_values[value] == 0)
        {
            _values.Remove(value);
        }
    }

    public bool Holds(out decimal? value)
    {
        value = _values.Count;
        return Bounds.Hold(correlation.Bounds, _values.Count);
    }
}

/// <summary>Adds values up, or takes their average. Values that are no numbers do not count; without numbers nothing holds.</summary>
internal sealed class SumMeasure(SigmaCorrelation correlation, bool average) : IMeasure
{
    private decimal _sum;
    private int _count;

    public void Add(CorrelationUnit unit)
    {
        if (NumericValue.TryGet(unit, out decimal value))
        {
            _sum += value;
            _count++;
        }
    }

    public void Remove(CorrelationUnit unit)
    {
        if (NumericValue.TryGet(unit, out decimal value))
        {
            _sum -= value;
            _count--;
        }
    }

    public bool Holds(out decimal? value)
    {
        value = _count == 0 ? null : average ? _sum / _count : _sum;
        return value is { } number && Bounds.Hold(correlation.Bounds, number);
    }
}

/// <summary>
/// Takes a percentile: the smallest value that at least so many per cent of the values do not exceed (nearest rank), so
/// that it is always one of the values. A tree over the ranks of all values makes each step logarithmic.
/// </summary>
internal sealed class PercentileMeasure : IMeasure
{
    private readonly SigmaCorrelation _correlation;
    private readonly decimal _percentile;
    private readonly decimal[] _values;
    private readonly int[] _tree;
    private int _count;

    public PercentileMeasure(SigmaCorrelation correlation, decimal percentile, IReadOnlyList<CorrelationUnit> all)
    {
        _correlation = correlation;
        _percentile = percentile;
        var values = new SortedSet<decimal>();
        foreach (CorrelationUnit unit in all)
        {
            if (NumericValue.TryGet(unit, out decimal value))
            {
                values.Add(value);
            }
        }

        _values = [.. values];
        _tree = new int[_values.Length + 1];
    }

    public void Add(CorrelationUnit unit) => Change(unit, 1);

    public void Remove(CorrelationUnit unit) => Change(unit, -1);

    public bool Holds(out decimal? value)
    {
        value = null;
        if (_count == 0)
        {
            return false;
        }

        int rank = Math.Max(1, (int)Math.Ceiling(_percentile * _count / 100));
        value = _values[Find(rank)];
        return Bounds.Hold(_correlation.Bounds, value.Value);
    }

    private void Change(CorrelationUnit unit, int by)
    {
        if (!NumericValue.TryGet(unit, out decimal value))
        {
            return;
        }

        _count += by;
        for (int i = Array.BinarySearch(_values, value) + 1; i < _tree.Length; i += i & -i)
        {
            _tree[i] += by;
        }
    }

    // The position of the rank-th smallest value.
    private int Find(int rank)
    {
        int at = 0;
        for (int step = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)_tree.Length); step > 0; step >>= 1)
        {
            if (at + step < _tree.Length && _tree[at + step] < rank)
            {
                at += step;
                rank -= _tree[at];
            }
        }

        return at;
    }
}

/// <summary>Asks which of the rules have matched.</summary>
internal sealed class PresenceMeasure(SigmaCorrelation correlation) : IMeasure
{
    private readonly int[] _counts = new int[correlation.Rules.Length];
    private int _present;

    public void Add(CorrelationUnit unit)
    {
        if (_counts[unit.Reference]++ == 0)
        {
            _present++;
        }
    }

    public void Remove(CorrelationUnit unit)
    {
        if (--_counts[unit.Reference] == 0)
        {
            _present--;
        }
    }

    public bool Holds(out decimal? value)
    {
        value = null;
        if (correlation.TemporalCondition is { } condition)
        {
            return TemporalExpression.Holds(condition, correlation, reference => _counts[reference] > 0);
        }

        if (correlation.Bounds.IsEmpty)
        {
            return _present == _counts.Length;
        }

        value = _present;
        return _present > 0 && Bounds.Hold(correlation.Bounds, _present);
    }
}

/// <summary>Numbers in the fields of events.</summary>
internal static class NumericValue
{
    // A sum of as many such numbers as there can be events still fits a decimal.
    private const decimal Largest = 1_000_000_000_000_000_000m;

    public static bool TryGet(CorrelationUnit unit, out decimal value)
    {
        value = 0;
        return unit.Value is { } text && Numbers.TryParse(text, out value) && Math.Abs(value) <= Largest;
    }
}
