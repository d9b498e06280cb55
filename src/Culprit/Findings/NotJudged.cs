namespace Culprit.Findings;

/// <summary>What of good records was not judged, or not to the end. Nothing of it is left out in silence.</summary>
/// <param name="OutsideTimeRange">How many records were not judged because of their time.</param>
/// <param name="TestsGivenUp">How many regular expressions took too long on a value and were taken not to match it. Depends on the machine's speed.</param>
/// <param name="RecordsWithMoreIndicators">How many records hold more known indicators than are looked at in one (<see cref="Knowledge.IndicatorScanner.MaxHits"/>).</param>
public sealed record NotJudged(long OutsideTimeRange, long TestsGivenUp, long RecordsWithMoreIndicators)
{
    /// <summary>Of parts of the evidence, in any order.</summary>
    public static NotJudged Sum(IEnumerable<NotJudged> parts)
    {
        ArgumentNullException.ThrowIfNull(parts);
        return parts.Aggregate(
            new NotJudged(0, 0, 0),
            static (sum, part) => new NotJudged(
                sum.OutsideTimeRange + part.OutsideTimeRange, sum.TestsGivenUp + part.TestsGivenUp, sum.RecordsWithMoreIndicators + part.RecordsWithMoreIndicators));
    }
}
