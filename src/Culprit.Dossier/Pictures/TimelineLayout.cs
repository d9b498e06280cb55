using System.Collections.Immutable;
using System.Globalization;
using Culprit.Dossier.Model;
using Culprit.Dossier.Text;
using Culprit.Incidents;
using Culprit.Primitives;

namespace Culprit.Dossier.Pictures;

/// <summary>A mark: one event, or several of one host and one family that lie together.</summary>
/// <param name="X">Its middle.</param>
/// <param name="Y">Its middle.</param>
/// <param name="Family">What it shows.</param>
/// <param name="Count">How many events it stands for.</param>
public readonly record struct TimelineMark(double X, double Y, TacticFamily Family, int Count);

/// <summary>A label of the axis.</summary>
/// <param name="Y">Its middle.</param>
/// <param name="Text">The label.</param>
/// <param name="IsDay">Whether it opens a stretch of activity.</param>
public readonly record struct TimelineTick(double Y, string Text, bool IsDay);

/// <summary>A stretch of time in which nothing was recorded, left out of the axis.</summary>
/// <param name="Y">Its middle.</param>
/// <param name="Text">How long it is.</param>
public readonly record struct TimelineGap(double Y, string Text);

/// <summary>A log that was cleared.</summary>
/// <param name="Lane">The lane of the host.</param>
/// <param name="Y">When.</param>
public readonly record struct TimelineCleared(int Lane, double Y);

/// <summary>A lane: one host.</summary>
/// <param name="Name">The host; empty for records that name none.</param>
/// <param name="X">Its middle.</param>
/// <param name="Top">Where its first record lies.</param>
public readonly record struct TimelineLane(string Name, double X, double Top);

/// <summary>
/// The timeline as numbers: time runs downwards, as the story beside it does, each host is a lane, and stretches without
/// records are cut out and named. The same incident gives the same numbers.
/// </summary>
public sealed class TimelineLayout
{
    /// <summary>The width of the picture.</summary>
    public const double Width = 460;

    private const double Left = 66;
    private const double Head = 34;
    private const double Row = 15;
    private const double GapHeight = 40;
    private const int MostLanes = 8;
    private const int MostStretches = 12;
    private static readonly long ShortestGap = TimeSpan.FromHours(2).Ticks;
    private static readonly int[] Steps = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 10080];

    private TimelineLayout(
        double height, ImmutableArray<TimelineLane> lanes, ImmutableArray<TimelineMark> marks, ImmutableArray<TimelineTick> ticks,
        ImmutableArray<TimelineGap> gaps, ImmutableArray<TimelineCleared> cleared)
    {
        Height = height;
        Lanes = lanes;
        Marks = marks;
        Ticks = ticks;
        Gaps = gaps;
        Cleared = cleared;
    }

    /// <summary>The height of the picture; 0 where there is nothing to show.</summary>
    public double Height { get; }

    /// <summary>The lanes, in the order in which hosts fell.</summary>
    public ImmutableArray<TimelineLane> Lanes { get; }

    /// <summary>The marks.</summary>
    public ImmutableArray<TimelineMark> Marks { get; }

    /// <summary>The labels of the axis.</summary>
    public ImmutableArray<TimelineTick> Ticks { get; }

    /// <summary>What is left out of the axis.</summary>
    public ImmutableArray<TimelineGap> Gaps { get; }

    /// <summary>Cleared logs.</summary>
    public ImmutableArray<TimelineCleared> Cleared { get; }

    /// <summary>Lays an incident out.</summary>
    public static TimelineLayout Of(Incident incident, Sightings sightings)
    {
        ArgumentNullException.ThrowIfNull(incident);
        ArgumentNullException.ThrowIfNull(sightings);
        IncidentEvent[] events = [.. incident.Events.Where(static e => e.Time.Certainty is not TimeCertainty.Unknown).OrderBy(static e => e.Time.UtcTicks).ThenBy(static e => e.Number)];
        if (events.Length == 0)
        {
            return new TimelineLayout(0, [], [], [], [], []);
        }

        string[] hosts = [.. (incident.Story?.HostsFallen ?? []).Select(static fall => fall.Host).Concat(events.Select(static e => e.Host)).Distinct(StringComparer.OrdinalIgnoreCase)
            .Where(host => events.Any(e => SameHost(e.Host, host)))];
        int laneCount = Math.Min(hosts.Length, MostLanes);
        double laneWidth = (Width - Left - 6) / laneCount;
        int LaneOf(string host) => Math.Min(Array.FindIndex(hosts, own => SameHost(own, host)), laneCount - 1);
        double MiddleOf(int lane) => Left + (laneWidth * (lane + 0.5));

        List<Stretch> stretches = Cut(events);
        var ticks = ImmutableArray.CreateBuilder<TimelineTick>();
        var gaps = ImmutableArray.CreateBuilder<TimelineGap>();
        double y = Head + 14;
        for (int i = 0; i < stretches.Count; i++)
        {
            Stretch stretch = stretches[i];
            if (i > 0)
            {
                gaps.Add(new TimelineGap(y + (GapHeight / 2) - 6, Moments.Span(stretch.From - stretches[i - 1].To) + " without a record of it"));
                y += GapHeight;
            }

            ticks.Add(new TimelineTick(y, Label(stretch.From, "yyyy-MM-dd HH:mm"), IsDay: true));
            stretch.Top = y + Row;
            stretch.Height = HeightOf(stretch);
            ticks.AddRange(TicksOf(stretch));
            y = stretch.Top + stretch.Height + (2 * Row);
        }

        double YOf(long time) => stretches.First(s => time <= s.To).At(time);
        ImmutableArray<TimelineMark> marks =
        [
            .. events
                .Select(e => (Lane: LaneOf(e.Host), Line: Math.Round(YOf(e.Time.UtcTicks) / Row), Family: TacticFamilies.Of(sightings.TacticOf(e.Number))))
                .GroupBy(static place => (place.Lane, place.Line))
                .OrderBy(static place => place.Key.Line).ThenBy(static place => place.Key.Lane)
                .SelectMany(place => Place(MiddleOf(place.Key.Lane), place.Key.Line * Row, laneWidth, [.. place.CountBy(static one => one.Family).OrderBy(static pair => pair.Key)])),
        ];
        ImmutableArray<TimelineCleared> cleared =
        [
            .. events.Where(e => IsClearing(e, sightings)).Select(e => new TimelineCleared(LaneOf(e.Host), Math.Round(YOf(e.Time.UtcTicks) / Row) * Row)).Distinct(),
        ];
        ImmutableArray<TimelineLane> lanes =
        [
            .. Enumerable.Range(0, laneCount).Select(lane => new TimelineLane(
                lane == laneCount - 1 && hosts.Length > laneCount ? $"{hosts.Length - laneCount + 1} others" : hosts[lane], MiddleOf(lane),
                YOf(events.First(e => LaneOf(e.Host) == lane).Time.UtcTicks))),
        ];
        return new TimelineLayout(y + 4, lanes, marks, ticks.ToImmutable(), gaps.ToImmutable(), cleared);
    }

    private static bool SameHost(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);

    private static bool IsClearing(IncidentEvent happened, Sightings sightings) =>
        (happened.EventId == 1102 && happened.Channel is "Security") || (happened.EventId == 104 && happened.Channel is "System")
        || sightings.RulesOf(happened).Any(static rule => rule.Attack.Techniques.Contains("T1070.001", StringComparer.Ordinal));

    // Breaks at the longest gaps, not more than the picture can hold.
    private static List<Stretch> Cut(IncidentEvent[] events)
    {
        HashSet<int> breaks = [.. Enumerable.Range(1, events.Length - 1)
            .Select(i => (At: i, Gap: events[i].Time.UtcTicks - events[i - 1].Time.UtcTicks))
            .Where(static pair => pair.Gap >= ShortestGap)
            .OrderByDescending(static pair => pair.Gap).ThenBy(static pair => pair.At)
            .Take(MostStretches - 1).Select(static pair => pair.At)];
        var stretches = new List<Stretch>();
        for (int i = 0; i < events.Length; i++)
        {
            if (i == 0 || breaks.Contains(i))
            {
                stretches.Add(new Stretch { From = events[i].Time.UtcTicks });
            }

            stretches[^1].To = events[i].Time.UtcTicks;
            stretches[^1].Count++;
        }

        return stretches;
    }

    // Long stretches are drawn longer, but not in proportion: an hour of work must stay legible beside a week.
    private static double HeightOf(Stretch stretch)
    {
        double minutes = (stretch.To - stretch.From) / (double)TimeSpan.TicksPerMinute;
        return minutes <= 0 ? Row : Math.Min(Math.Clamp(46 * Math.Log2(1 + (minutes / 4)), 2 * Row, 420), Math.Max(2, stretch.Count) * 2 * Row);
    }

    private static IEnumerable<TimelineTick> TicksOf(Stretch stretch)
    {
        double minutes = (stretch.To - stretch.From) / (double)TimeSpan.TicksPerMinute;
        int most = (int)(stretch.Height / 36);
        if (minutes <= 0 || most < 1)
        {
            yield break;
        }

        int step = Array.Find(Steps, s => minutes / s <= most);
        if (step == 0)
        {
            yield break;
        }

        long ticks = step * TimeSpan.TicksPerMinute;
        for (long at = ((stretch.From / ticks) + 1) * ticks; at <= stretch.To; at += ticks)
        {
            yield return new TimelineTick(stretch.At(at), Label(at, step >= 1440 ? "MM-dd" : "HH:mm"), IsDay: false);
        }
    }

    private static IEnumerable<TimelineMark> Place(double middle, double y, double laneWidth, KeyValuePair<TacticFamily, int>[] families)
    {
        double step = Math.Min(Row, (laneWidth - 8) / families.Length);
        for (int i = 0; i < families.Length; i++)
        {
            yield return new TimelineMark(middle + ((i - ((families.Length - 1) / 2.0)) * step), y, families[i].Key, families[i].Value);
        }
    }

    private static string Label(long ticks, string format) => new DateTime(ticks, DateTimeKind.Utc).ToString(format, CultureInfo.InvariantCulture);

    private sealed class Stretch
    {
        public long From { get; init; }

        public long To { get; set; }

        public int Count { get; set; }

        public double Top { get; set; }

        public double Height { get; set; }

        public double At(long time) => To == From ? Top : Top + (Height * (time - From) / (To - From));
    }
}
