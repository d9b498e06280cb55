namespace Culprit.Attribution.Linking;

/// <summary>How far apart in time two things are.</summary>
internal static class Gap
{
    /// <summary>The years between two spans of ticks (UTC); 0 where they overlap, or where the time of either is not known (0).</summary>
    public static double Years((long First, long Last) a, (long First, long Last) b)
    {
        bool unknown = a.First == 0 || b.First == 0;
        long gap = Math.Max(0, Math.Max(a.First - b.Last, b.First - a.Last));
        return unknown ? 0 : gap / (365.25 * TimeSpan.TicksPerDay);
    }
}
