using System.Globalization;

namespace Culprit.Attribution;

/// <summary>What is said of links alone; words and probabilities are told as those of assessments are (<see cref="AssessmentSentences"/>).</summary>
public static class LinkSentences
{
    /// <summary>A base rate (0 to 1) as people read it, in percent. It may be small and mean something, so that it keeps three places.</summary>
    public static string Rate(double rate) =>
        rate is > 0 and < 0.000005 ? "<0.001%" : rate is > 0.999995 and < 1 ? ">99.999%" : string.Create(CultureInfo.InvariantCulture, $"{rate * 100:0.###}%");
}
