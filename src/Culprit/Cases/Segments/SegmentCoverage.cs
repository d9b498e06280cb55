using System.Text.Json.Serialization;
using Culprit.Evidence;
using Culprit.Findings;

namespace Culprit.Cases.Segments;

/// <summary>What a segment says of the evidence that was read for it.</summary>
/// <param name="Coverage">What was read and what was not.</param>
/// <param name="RecordsOutsideTimeRange">As <see cref="NotJudged.OutsideTimeRange"/>.</param>
/// <param name="TestsGivenUp">As <see cref="NotJudged.TestsGivenUp"/>.</param>
/// <param name="RecordsWithMoreIndicators">As <see cref="NotJudged.RecordsWithMoreIndicators"/>; segments of earlier versions do not say it.</param>
internal sealed record SegmentCoverage(Coverage Coverage, long RecordsOutsideTimeRange, long TestsGivenUp, long RecordsWithMoreIndicators = 0)
{
    /// <summary>What of the good records was not judged.</summary>
    [JsonIgnore]
    public NotJudged NotJudged => new(RecordsOutsideTimeRange, TestsGivenUp, RecordsWithMoreIndicators);
}
