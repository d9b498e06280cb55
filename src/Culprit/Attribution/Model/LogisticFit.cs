using MathNet.Numerics.LinearAlgebra;

namespace Culprit.Attribution.Model;

/// <summary>Logistic regression by iteratively reweighted least squares, with a small ridge that keeps weights finite.</summary>
internal static class LogisticFit
{
    private const int MaxSteps = 50;
    private const double Ridge = 1e-3, Enough = 1e-10;

    /// <summary>Fits weights: the intercept first, then one for each figure.</summary>
    /// <param name="rows">The figures of each example; at least one.</param>
    /// <param name="same">Whether each example is one of the sought.</param>
    /// <param name="importance">How much each example counts.</param>
    public static double[] Fit(IReadOnlyList<double[]> rows, IReadOnlyList<bool> same, IReadOnlyList<double> importance)
    {
        int size = rows[0].Length + 1;
        Vector<double> weights = Vector<double>.Build.Dense(size);
        for (int step = 0; step < MaxSteps; step++)
        {
            Matrix<double> curvature = Matrix<double>.Build.DenseIdentity(size) * Ridge;
            Vector<double> slope = weights * -Ridge;
            double[] current = weights.ToArray();
            for (int i = 0; i < rows.Count; i++)
            {
                double p = Probability(current, rows[i]);
                double scale = importance[i] * Math.Max(p * (1 - p), 1e-9);
                for (int r = 0; r < size; r++)
                {
                    double left = r == 0 ? 1 : rows[i][r - 1];
                    slope[r] += importance[i] * ((same[i] ? 1 : 0) - p) * left;
                    for (int c = 0; c <= r; c++)
                    {
                        curvature[r, c] += scale * left * (c == 0 ? 1 : rows[i][c - 1]);
                    }
                }
            }

            for (int r = 0; r < size; r++)
            {
                for (int c = r + 1; c < size; c++)
                {
                    curvature[r, c] = curvature[c, r];
                }
            }

            Vector<double> change = curvature.Solve(slope);
            weights += change;
            if (change.L2Norm() < Enough)
            {
                break;
            }
        }

        return weights.ToArray();
    }

    /// <summary>The probability that weights give.</summary>
    public static double Probability(IReadOnlyList<double> weights, double[] figures)
    {
        double sum = weights[0];
        for (int i = 0; i < figures.Length; i++)
        {
            sum += weights[i + 1] * figures[i];
        }

        return LogOdds.ToProbability(sum);
    }
}
