using System.Collections.Immutable;
using Culprit.Sigma.Semantics;

namespace Culprit.Sigma.Correlation;

/// <summary>Compares a number with the bounds of a correlation's condition.</summary>
internal static class Bounds
{
    public static bool Hold(ImmutableArray<CorrelationBound> bounds, decimal value)
    {
        foreach (CorrelationBound bound in bounds)
        {
            bool holds = bound.Comparison switch
            {
                NumberComparison.Less => value < bound.Operand,
                NumberComparison.LessOrEqual => value <= bound.Operand,
                NumberComparison.Greater => value > bound.Operand,
                NumberComparison.GreaterOrEqual => value >= bound.Operand,
                _ => value == bound.Operand,
            };
            if (holds == bound.Negated)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The value that says most about a burst: the smallest where all bounds are upper ones, otherwise the greatest.</summary>
    public static decimal? Extreme(ImmutableArray<CorrelationBound> bounds, decimal? a, decimal? b)
    {
        if (a is null || b is null)
        {
            return a ?? b;
        }

        bool upper = !bounds.IsEmpty && bounds.All(x => !x.Negated && x.Comparison is NumberComparison.Less or NumberComparison.LessOrEqual);
        return upper ? Math.Min(a.Value, b.Value) : Math.Max(a.Value, b.Value);
    }
}
