namespace Culprit.Primitives;

/// <summary>What is known of a time that a log gives.</summary>
public enum TimeCertainty
{
    /// <summary>The source says UTC, or gives the zone.</summary>
    Exact,

    /// <summary>The source gives no zone; UTC was assumed.</summary>
    ZoneAssumed,

    /// <summary>The source gives no full date or zone; both were taken from around the record.</summary>
    DateAssumed,

    /// <summary>The record has no readable time.</summary>
    Unknown,
}

/// <summary>A point in time together with how certain it is.</summary>
/// <param name="UtcTicks">100 ns intervals since 0001-01-01 UTC, as <see cref="DateTime.Ticks"/>; 0 where unknown.</param>
/// <param name="Certainty">What is known of it.</param>
public readonly record struct EventTime(long UtcTicks, TimeCertainty Certainty)
{
    /// <summary>No time.</summary>
    public static EventTime Unknown => new(0, TimeCertainty.Unknown);

    /// <summary>The time as a <see cref="DateTime"/> in UTC.</summary>
    public DateTime Utc => new(UtcTicks, DateTimeKind.Utc);
}
