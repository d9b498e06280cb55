using Culprit.Incidents;
using Culprit.Primitives;

namespace Culprit.Attribution.Observing;

/// <summary>
/// At which distance from UTC the intruder's hours look like a working week. It is said only where there are enough hours of
/// enough days, nearly all of them fall into that week, and no other distance fits as well.
/// </summary>
internal static class WorkingHours
{
    // Programs start programs: what happens within one minute is one act of a person.
    private const long Act = TimeSpan.TicksPerMinute;
    private const int MinActs = 20, MinDays = 5, Earliest = -12, Latest = 14;
    internal const int Begins = 8, Ends = 18;
    private const double MinShare = 0.75;

    // Offsets next to each other fit equally where nobody worked at the edges of the day; more of them say nothing.
    private const int MaxTies = 3;

    /// <summary>Adds the offset, where there is one to be had.</summary>
    public static void Add(ObservationTally tally, Incident incident)
    {
        IncidentEvent[] acts =
        [
            .. incident.Events.Where(static e => e.Time.Certainty == TimeCertainty.Exact && IsOfUse(e.Time) && IsHandsOn(e)).DistinctBy(static e => e.Time.UtcTicks / Act),
        ];
        if (acts.Length < MinActs || acts.Select(static e => e.Time.Utc.Date).Distinct().Count() < MinDays)
        {
            return;
        }

        int[] within = [.. Enumerable.Range(Earliest, Latest - Earliest + 1).Select(offset => acts.Count(e => IsWork(e.Time.Utc.AddHours(offset))))];
        int most = within.Max();
        int[] best = [.. Enumerable.Range(0, within.Length).Where(i => within[i] == most)];
        if (most < MinShare * acts.Length || best.Length > MaxTies || best[^1] - best[0] != best.Length - 1)
        {
            return;
        }

        int hours = best[best.Length / 2] + Earliest;
        string value = $"{(hours < 0 ? '-' : '+')}{Math.Abs(hours):00}:00";
        tally.Add(ObservationKind.WorkingHours, value, $"work at hours that fit UTC{value}",
            $"{most} of {acts.Length} minutes with logons or started programs lie between 8 and 18 o'clock of a weekday there",
            acts.Select(static e => e.Number), []);
    }

    // At the ends of the calendar no clock was right, and other zones have no such time.
    private static bool IsOfUse(EventTime time) => time.UtcTicks > TimeSpan.TicksPerDay && time.UtcTicks < DateTime.MaxValue.Ticks - TimeSpan.TicksPerDay;

    private static bool IsWork(DateTime local) =>
        local.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && local.Hour is >= Begins and < Ends;

    // A program that was started, or a logon at the keyboard or by remote desktop: other logons are made by machines too.
    private static bool IsHandsOn(IncidentEvent one) =>
        EventWriters.IsProcessStart(one) || (EventWriters.Of(one) == EventWriter.Security && one.EventId == 4624 && one.Value("LogonType") is ("2" or "10"));
}
