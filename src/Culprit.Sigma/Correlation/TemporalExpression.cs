using Culprit.Sigma.Semantics;

namespace Culprit.Sigma.Correlation;

/// <summary>Evaluates the extended condition of a temporal correlation.</summary>
internal static class TemporalExpression
{
    /// <summary>Whether the condition holds where <paramref name="matched"/> says which references have matched.</summary>
    public static bool Holds(Expression condition, SigmaCorrelation correlation, Func<int, bool> matched) => condition switch
    {
        Expression.And and => and.Children.All(c => Holds(c, correlation, matched)),
        Expression.Or or => or.Children.Any(c => Holds(c, correlation, matched)),
        Expression.Not not => !Holds(not.Child, correlation, matched),
        Expression.Named named => matched(ReferenceOf(named, correlation)),
        Expression.Constant constant => constant.Value,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>The references that the condition asks for, and those that must not be there, as bits.</summary>
    public static (int Wanted, int Unwanted) Sides(Expression condition, SigmaCorrelation correlation, bool negated = false)
    {
        switch (condition)
        {
            case Expression.And and:
                return Join(and.Children);
            case Expression.Or or:
                return Join(or.Children);
            case Expression.Not not:
                return Sides(not.Child, correlation, !negated);
            case Expression.Named named:
                int bit = 1 << ReferenceOf(named, correlation);
                return negated ? (0, bit) : (bit, 0);
            default:
                return (0, 0);
        }

        (int Wanted, int Unwanted) Join(IEnumerable<Expression> children)
        {
            (int wanted, int unwanted) = (0, 0);
            foreach (Expression child in children)
            {
                (int childWanted, int childUnwanted) = Sides(child, correlation, negated);
                wanted |= childWanted;
                unwanted |= childUnwanted;
            }

            return (wanted, unwanted);
        }
    }

    private static int ReferenceOf(Expression.Named named, SigmaCorrelation correlation)
    {
        for (int i = 0; i < correlation.Rules.Length; i++)
        {
            if (string.Equals(correlation.Rules[i].Name, named.Identifier, StringComparison.Ordinal))
            {
                return i;
            }
        }

        throw new System.Diagnostics.UnreachableException();
    }
}
