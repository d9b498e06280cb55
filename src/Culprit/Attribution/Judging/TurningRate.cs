namespace Culprit.Attribution.Judging;

/// <summary>Base rates at which a judgement becomes another, as they are told.</summary>
internal static class TurningRate
{
    // Nobody knows a base rate better than to two digits; more are told only where the two rates would else be the same. What is finer
    // AssessmentSentences.Rate does not show.
    private const int Digits = 2;
    private const double Finest = 0.00001;

    /// <summary>A rate and the present one as they are told: the former rounded away from the latter, so that what is said of it holds.</summary>
    /// <param name="turning">The rate at which it turns, more than 0.</param>
    /// <param name="present">The rate that is used.</param>
    /// <returns>Null where no rate between 0 and 1 is left that is told otherwise than the present one.</returns>
    public static (double Told, double Present)? Of(double turning, double present)
    {
        for (int digits = Digits; ; digits++)
        {
            double step = Math.Max(Finest, Math.Pow(10, Math.Floor(Math.Log10(turning)) + 1 - digits));
            double told = step * (turning > present ? Math.Ceiling(turning / step) : Math.Floor(turning / step));
            double shown = step * Math.Round(present / step);
            if (told is > 0 and < 1 && Math.Abs(told - shown) > step / 2)
            {
                return (told, shown > 0 ? shown : present);
            }

            if (step <= Finest)
            {
                return null;
            }
        }
    }
}
