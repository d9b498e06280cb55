using System.Globalization;
using Culprit.Findings;
using Culprit.Primitives;

namespace Culprit.Cli.Summary;

/// <summary>Numbers, sizes, times and levels as people read them. The same in every locale.</summary>
internal static class Words
{
    /// <summary>A time to the second, in UTC; <c>unknown</c> where there is none.</summary>
    public static string Time(EventTime time) => time.Certainty == TimeCertainty.Unknown
        ? "unknown"
        : time.Utc.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)
            + (time.Certainty == TimeCertainty.Exact ? "" : "~");

    /// <summary>A time to the minute, in UTC, for tables.</summary>
    public static string Minute(EventTime time) => time.Certainty == TimeCertainty.Unknown
        ? "unknown"
        : time.Utc.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + (time.Certainty == TimeCertainty.Exact ? "" : "~");

    /// <summary>A time as programs read it, to 100 ns; empty where there is none.</summary>
    public static string Iso(EventTime time) => time.Certainty == TimeCertainty.Unknown
        ? ""
        : time.Utc.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);

    /// <summary>What is known of a time, for programs.</summary>
    public static string Certainty(TimeCertainty certainty) => certainty switch
    {
        TimeCertainty.Exact => "exact",
        TimeCertainty.ZoneAssumed => "zone-assumed",
        TimeCertainty.DateAssumed => "date-assumed",
        _ => "unknown",
    };

    /// <summary>A level in lower case.</summary>
    public static string Level(FindingLevel level) => level switch
    {
        FindingLevel.Critical => "critical",
        FindingLevel.High => "high",
        FindingLevel.Medium => "medium",
        FindingLevel.Low => "low",
        _ => "informational",
    };

    /// <summary>A number with commas between thousands.</summary>
    public static string Number(long number) => number.ToString("#,##0", CultureInfo.InvariantCulture);

    /// <summary>A number and what it counts.</summary>
    public static string Count(long number, string one, string? many = null) =>
        Number(number) + " " + (number == 1 ? one : many ?? one + "s");

    /// <summary>The first of some names, and how many more there are.</summary>
    public static string Some(IReadOnlyCollection<string> names, int most = 4) =>
        string.Join(", ", names.Take(most)) + (names.Count > most ? $" and {Number(names.Count - most)} more" : "");

    /// <summary>Bytes in the unit that fits, in powers of 1000.</summary>
    public static string Bytes(long bytes) => bytes switch
    {
        < 1_000 => Count(bytes, "byte"),
        < 1_000_000 => (bytes / 1e3).ToString("0.0", CultureInfo.InvariantCulture) + " kB",
        < 1_000_000_000 => (bytes / 1e6).ToString("0.0", CultureInfo.InvariantCulture) + " MB",
        < 1_000_000_000_000 => (bytes / 1e9).ToString("0.00", CultureInfo.InvariantCulture) + " GB",
        _ => (bytes / 1e12).ToString("0.00", CultureInfo.InvariantCulture) + " TB",
    };

    /// <summary>A span of time in its two largest units.</summary>
    public static string Duration(TimeSpan span) => span switch
    {
        { TotalSeconds: < 60 } => span.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s",
        { TotalMinutes: < 60 } => $"{(int)span.TotalMinutes} min {span.Seconds} s",
        _ => $"{(long)span.TotalHours} h {span.Minutes} min",
    };
}
