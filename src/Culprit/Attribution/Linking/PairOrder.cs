namespace Culprit.Attribution.Linking;

/// <summary>The order of pairs: the one that is told first is also the one that is joined first.</summary>
internal static class PairOrder
{
    /// <summary>The most likely pairs first; equal ones by their incidents, so that one set of pairs has one order.</summary>
    public static IEnumerable<IncidentLink> Sort(IEnumerable<IncidentLink> pairs) =>
        pairs.OrderByDescending(static p => p.Likelihood).ThenByDescending(static p => p.Probability).ThenBy(static p => p.First).ThenBy(static p => p.Second);
}
