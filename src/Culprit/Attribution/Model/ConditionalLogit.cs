using MathNet.Numerics.LinearAlgebra;

namespace Culprit.Attribution.Model;

/// <summary>A choice that was made: rows of terms, one for each explanation, and which of them was true.</summary>
/// <param name="Rows">One row after the other.</param>
/// <param name="Width">How many terms a row has.</param>
/// <param name="True">The row that was true.</param>
internal sealed record Choice(double[] Rows, int Width, int True)
{
    /// <summary>How many explanations there were.</summary>
    public int Count => Rows.Length / Width;
}

/// <summary>
/// Fits the conditional logit by Newton's method, with a ridge on terms that are scaled to unit variance. The likelihood is
/// concave (McFadden 1974), so that the fit does not depend on where it starts.
/// </summary>
internal static class ConditionalLogit
{
    private const double Ridge = 1;
    private const int MaxSteps = 50;

    /// <summary>The weights under which the true explanations are most likely.</summary>
    /// <param name="choices">At least one; all of one width.</param>
    public static double[] Fit(IReadOnlyList<Choice> choices)
    {
        int terms = choices[0].Width;
        double[] scale = Scale(choices, terms);
        Vector<double> weights = Vector<double>.Build.Dense(terms);
        double likelihood = Evaluate(choices, scale, weights, out Vector<double> gradient, out Matrix<double> curvature);
        for (int step = 0; step < MaxSteps && gradient.L2Norm() > 1e-8; step++)
        {
            Vector<double> direction = curvature.Cholesky().Solve(gradient);
            double length = 1, next;
            Vector<double> candidate;
            Vector<double> nextGradient;
            Matrix<double> nextCurvature;
            do
            {
                candidate = weights + (direction * length);
                next = Evaluate(choices, scale, candidate, out nextGradient, out nextCurvature);
                length /= 2;
            }
            while (next < likelihood && length > 1e-6);

            if (next <= likelihood)
            {
                break;
            }

            (weights, likelihood, gradient, curvature) = (candidate, next, nextGradient, nextCurvature);
        }

        return [.. weights.Select((w, i) => w / scale[i])];
    }

    /// <summary>The probability of each explanation.</summary>
    public static double[] Probabilities(ReadOnlySpan<double> rows, ReadOnlySpan<double> weights)
    {
        double[] scores = new double[rows.Length / weights.Length];
        for (int i = 0; i < scores.Length; i++)
        {
            for (int k = 0; k < weights.Length; k++)
            {
                scores[i] += rows[(i * weights.Length) + k] * weights[k];
            }
        }

        Softmax(scores);
        return scores;
    }

    /// <summary>Turns log-odds into probabilities that sum to 1.</summary>
    public static void Softmax(Span<double> scores)
    {
        double max = double.NegativeInfinity, sum = 0;
        foreach (double score in scores)
        {
            max = Math.Max(max, score);
        }

        for (int i = 0; i < scores.Length; i++)
        {
            scores[i] = Math.Exp(scores[i] - max);
            sum += scores[i];
        }

        for (int i = 0; i < scores.Length; i++)
        {
            scores[i] /= sum;
        }
    }

    private static double[] Scale(IReadOnlyList<Choice> choices, int terms)
    {
        double[] sum = new double[terms], squares = new double[terms];
        long rows = 0;
        foreach (Choice choice in choices)
        {
            rows += choice.Count;
            for (int i = 0; i < choice.Rows.Length; i++)
            {
                sum[i % terms] += choice.Rows[i];
                squares[i % terms] += choice.Rows[i] * choice.Rows[i];
            }
        }

        double[] scale = new double[terms];
        for (int k = 0; k < terms; k++)
        {
            double mean = sum[k] / rows, variance = (squares[k] / rows) - (mean * mean);
            scale[k] = variance > 1e-18 ? Math.Sqrt(variance) : 1;
        }

        return scale;
    }

    private static double Evaluate(
        IReadOnlyList<Choice> choices, double[] scale, Vector<double> weights, out Vector<double> gradient, out Matrix<double> curvature)
    {
        int terms = scale.Length;
        double[] slope = new double[terms], mean = new double[terms], row = new double[terms], own = new double[terms];
        double[,] bend = new double[terms, terms];
        for (int k = 0; k < terms; k++)
        {
            own[k] = weights[k] / scale[k];
            slope[k] = -Ridge * weights[k];
            bend[k, k] = Ridge;
        }

        double likelihood = -Ridge / 2 * weights.DotProduct(weights);
        foreach (Choice choice in choices)
        {
            double[] probabilities = Probabilities(choice.Rows, own);
            likelihood += Math.Log(Math.Max(probabilities[choice.True], double.Epsilon));
            Array.Clear(mean);
            for (int i = 0; i < probabilities.Length; i++)
            {
                for (int k = 0; k < terms; k++)
                {
                    row[k] = choice.Rows[(i * terms) + k] / scale[k];
                    mean[k] += probabilities[i] * row[k];
                }

                for (int k = 0; k < terms; k++)
                {
                    double weighted = probabilities[i] * row[k];
                    for (int l = 0; l <= k && weighted != 0; l++)
                    {
                        bend[k, l] += weighted * row[l];
                    }
                }
            }

            for (int k = 0; k < terms; k++)
            {
                slope[k] += (choice.Rows[(choice.True * terms) + k] / scale[k]) - mean[k];
                for (int l = 0; l <= k; l++)
                {
                    bend[k, l] -= mean[k] * mean[l];
                }
            }
        }

        for (int k = 0; k < terms; k++)
        {
            for (int l = k + 1; l < terms; l++)
            {
                bend[k, l] = bend[l, k];
            }
        }

        gradient = Vector<double>.Build.DenseOfArray(slope);
        curvature = Matrix<double>.Build.DenseOfArray(bend);
        return likelihood;
    }
}
