using Culprit.Attribution.Model;
using Culprit.Attribution.Profiles;

namespace Culprit.Attribution.Weighing;

/// <summary>Who stands where. Explanations are the weighed groups in their order, and the unknown group last.</summary>
/// <param name="Probabilities">Of each explanation; they sum to 1.</param>
internal record Standing(double[] Probabilities)
{
    /// <summary>The most probable explanation; of equals the first.</summary>
    public int Leader => Array.IndexOf(Probabilities, Probabilities.Max());

    /// <summary>The rank of an explanation, 1 for the most probable.</summary>
    public int Rank(int explanation) => 1 + Probabilities.Count(p => p > Probabilities[explanation]);
}

/// <summary>Observations weighed.</summary>
/// <param name="Probabilities">Of each explanation; they sum to 1.</param>
/// <param name="Bases">Log-odds of each explanation against the average one, before anything is observed.</param>
/// <param name="Weights">For each explanation, each observation's log-likelihood ratio against the average explanation.</param>
/// <param name="Nearest">For each group, the report that is most like what was observed.</param>
/// <param name="Usual">The probability of each explanation before anything is observed, by the base rates of history, whatever the user set.</param>
internal sealed record Balance(double[] Probabilities, double[] Bases, double[][] Weights, Activity?[] Nearest, double[] Usual) : Standing(Probabilities)
{
    /// <summary>The probability of the unknown group before anything is observed.</summary>
    public double UnknownBefore
    {
        get
        {
            double[] prior = [.. Bases];
            ConditionalLogit.Softmax(prior);
            return prior[^1];
        }
    }

    /// <summary>
    /// For each observation its weight for the average group, the unknown one left out: what is only as much above the average explanation as this
    /// tells known groups from an unknown one, and none of them from another.
    /// </summary>
    public double[] OfAverageGroup()
    {
        double known = 1 - Usual[^1];
        return [.. Weights[0].Select((_, i) => Enumerable.Range(0, Usual.Length - 1).Sum(g => Usual[g] / known * Weights[g][i]))];
    }

    /// <summary>The same weights, by the base rates of history.</summary>
    public Balance WithUsualRates()
    {
        double[] bases = [.. Usual.Select(static p => Math.Log(Math.Max(p, double.Epsilon)))], scores = [.. bases.Select((b, e) => b + Weights[e].Sum())];
        ConditionalLogit.Softmax(scores);
        return this with { Probabilities = scores, Bases = bases };
    }

    /// <summary>
    /// Puts every weight against the average explanation, which leaves probabilities as they are, and scales down the weights of an
    /// observation that speak for an explanation more strongly than its cap. Which explanation is average do base rates of history say: what an
    /// observation says does not change with what somebody believes beforehand.
    /// </summary>
    /// <param name="bases">Log-odds of each explanation before anything is observed.</param>
    /// <param name="usual">The same by the base rates of history.</param>
    /// <param name="weights">For each explanation, what each observation adds.</param>
    /// <param name="nearest">For each group, the report that is most like what was observed.</param>
    /// <param name="caps">For each observation, the most that it may add to any explanation against the average one.</param>
    /// <param name="shares">For each observation, how much of it counts, more than 0 to 1: what has one cause with others counts in part.</param>
    public static Balance Centred(double[] bases, double[] usual, double[][] weights, Activity?[] nearest, double[] caps, double[] shares)
    {
        double[] prior = [.. usual], scores = [.. bases];
        ConditionalLogit.Softmax(prior);
        double baseMean = bases.Zip(prior, static (b, p) => b * p).Sum();
        int observations = weights[0].Length;
        for (int i = 0; i < observations; i++)
        {
            double mean = 0, most = 0;
            for (int e = 0; e < weights.Length; e++)
            {
                mean += prior[e] * weights[e][i];
            }

            for (int e = 0; e < weights.Length; e++)
            {
                most = Math.Max(most, (weights[e][i] - mean) * shares[i]);
            }

            double scale = shares[i] * (most > caps[i] ? caps[i] / most : 1);
            for (int e = 0; e < weights.Length; e++)
            {
                weights[e][i] = (weights[e][i] - mean) * scale;
                scores[e] += weights[e][i];
            }
        }

        ConditionalLogit.Softmax(scores);
        return new Balance(scores, [.. bases.Select(b => b - baseMean)], weights, nearest, prior);
    }
}
