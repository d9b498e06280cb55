namespace Culprit.Attribution.Model;

/// <summary>Probabilities and log-odds (natural logarithm).</summary>
internal static class LogOdds
{
    /// <summary>The log-odds of a probability of more than 0 and less than 1.</summary>
    public static double Of(double probability) => Math.Log(probability / (1 - probability));

    /// <summary>The probability of log-odds.</summary>
    public static double ToProbability(double logOdds) => 1 / (1 + Math.Exp(-logOdds));
}
