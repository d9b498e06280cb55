using Culprit.Evidence;

namespace Culprit.Cases.Segments;

/// <summary>What a segment says of the evidence that was read for it.</summary>
internal sealed record SegmentCoverage(Coverage Coverage, long RecordsOutsideTimeRange, long TestsGivenUp);
