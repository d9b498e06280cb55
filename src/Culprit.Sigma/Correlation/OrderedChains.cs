using System.Numerics;

namespace Culprit.Sigma.Correlation;

/// <summary>
/// Finds the rules of a correlation in the order of its list, within the time span. For each set of rules the latest start
/// of a chain is kept that has found exactly this set in order: the latest start is the best, and one is enough. Chains that
/// overlap make one burst.
/// </summary>
internal sealed class OrderedChains
{
    /// <summary>The most rules that a condition of its own may choose among; without one, only whole chains are followed.</summary>
    public const int MaxChosen = 10;

    private readonly SigmaCorrelation _correlation;
    private readonly IReadOnlyList<CorrelationUnit> _units;
    private readonly bool _chooses;
    private readonly int _wanted;
    private readonly int _unwanted;

    // By set of rules (or, without choice, by length): the position of the chain's first unit; -1 where there is none.
    private readonly int[] _starts;
    private readonly int[] _lastSeen;

    private OrderedChains(IReadOnlyList<CorrelationUnit> units, SigmaCorrelation correlation)
    {
        _units = units;
        _correlation = correlation;
        _chooses = correlation.TemporalCondition is not null || !correlation.Bounds.IsEmpty;
        (_wanted, _unwanted) = correlation.TemporalCondition is { } condition ? TemporalExpression.Sides(condition, correlation) : (-1, 0);
        _starts = new int[_chooses ? 1 << correlation.Rules.Length : correlation.Rules.Length + 1];
        Array.Fill(_starts, -1);
        _lastSeen = new int[correlation.Rules.Length];
        Array.Fill(_lastSeen, -1);
    }

    public static List<Burst> Run(IReadOnlyList<CorrelationUnit> units, SigmaCorrelation correlation) =>
        new OrderedChains(units, correlation).Run();

    private List<Burst> Run()
    {
        var bursts = new List<Burst>();
        (int First, int Last, decimal? Value)? open = null;
        var instants = new List<int>();
        int next = 0;
        while (next < _units.Count)
        {
            int from = next;
            while (next < _units.Count && _units[next].Ticks == _units[from].Ticks && _units[next].Key == _units[from].Key)
            {
                next++;
            }

            // One event is one step: a chain goes on only from what stood before it.
            int first = Advance(from, next, out decimal? value);
            if (first < 0)
            {
                continue;
            }

            if (open is { } before && first <= before.Last)
            {
                open = (Math.Min(before.First, first), next - 1, Bounds.Extreme(_correlation.Bounds, before.Value, value));
                instants.Add(next - 1);
                continue;
            }

            Close();
            open = (first, next - 1, value);
            instants.Add(next - 1);
        }

        Close();
        return bursts;

        void Close()
        {
            if (open is { } b)
            {
                bursts.Add(new(
                    [.. Enumerable.Range(b.First, b.Last - b.First + 1).Select(i => _units[i])], [.. instants.Select(i => _units[i])], b.Value));
                instants.Clear();
            }
        }
    }

    // Takes in one event; the start of the chain that it completes, or -1.
    private int Advance(int from, int to, out decimal? value)
    {
        value = null;
        long earliest = _units[from].Ticks - _correlation.Timespan.Ticks;
        int completed = -1;
        var grown = new List<(int Chain, int Start)>();
        for (int i = from; i < to; i++)
        {
            _lastSeen[_units[i].Reference] = i;
            Grow(_units[i].Reference, i, earliest, grown);
        }

        foreach ((int chain, int start) in grown)
        {
            _starts[chain] = Math.Max(_starts[chain], start);
            if (IsComplete(chain, start, out decimal? length) && start > completed)
            {
                completed = start;
                value = length;
            }
        }

        return completed;
    }

    private void Grow(int reference, int position, long earliest, List<(int Chain, int Start)> grown)
    {
        if (!_chooses)
        {
            int start = reference == 0 ? position : _starts[reference];
            if (start >= 0 && _units[start].Ticks >= earliest)
            {
                grown.Add((reference + 1, start));
            }

            return;
        }

        int bit = 1 << reference;
        if ((_wanted & bit) == 0)
        {
            return;
        }

        grown.Add((bit, position));

        // Chains whose last rule comes earlier in the list: their sets are the numbers below this bit.
        for (int chain = 1; chain < bit; chain++)
        {
            int start = _starts[chain];
            if (start >= 0 && _units[start].Ticks >= earliest)
            {
                grown.Add((chain | bit, start));
            }
        }
    }

    private bool IsComplete(int chain, int start, out decimal? length)
    {
        length = null;
        if (!_chooses)
        {
            return chain == _correlation.Rules.Length;
        }

        if (_correlation.TemporalCondition is { } condition)
        {
            // What must not be there must not stand between the chain's ends either.
            return TemporalExpression.Holds(
                condition, _correlation, reference => (chain & (1 << reference)) != 0 || ((_unwanted & (1 << reference)) != 0 && _lastSeen[reference] >= start));
        }

        length = BitOperations.PopCount((uint)chain);
        return Bounds.Hold(_correlation.Bounds, length.Value);
    }
}
