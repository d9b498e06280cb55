namespace Culprit.Attribution.Model;

/// <summary>Probabilities and log-odds (natural logarithm).</summary>
internal static class LogOdds
{
    /// <summary>The log-odds of a probability of more than 0 and less than 1.</summary>
    public static double Of(double probability) => Math.Log(probability / (1 - probability));

    /// <summary>The logarithm of the sum of what logarithms stand for; 0 where there are none.</summary>
    public static double OfSum(ReadOnlySpan<double> logarithms)
    {
        if (logarithms.IsEmpty)
        {
            return 0;
        }

        double most = double.NegativeInfinity, sum = 0;
        foreach (double one in logarithms)
        {
            most = Math.Max(most, one);
        }

        foreach (double one in logarithms)
        {
            sum += Math.Exp(one - most);
        }

        return most + Math.Log(sum);
    }

    /// <summary>The probability of log-odds.</summary>
    public static double ToProbability(double logOdds) => 1 / (1 + Math.Exp(-logOdds));
}
