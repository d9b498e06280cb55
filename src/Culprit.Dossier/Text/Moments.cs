using System.Globalization;
using Culprit.Primitives;

namespace Culprit.Dossier.Text;

/// <summary>Times and sizes as the dossier writes them: UTC, in the order of ISO 8601, in one culture.</summary>
public static class Moments
{
    /// <summary>A time to the second, such as <c>2020-02-06 01:12:31</c>; <c>time not known</c> where there is none.</summary>
    public static string Text(EventTime time) => Format(time, "yyyy-MM-dd HH:mm:ss");

    /// <summary>A time as precisely as it is known, such as <c>2020-02-06 01:12:31.1234567</c>.</summary>
    public static string Precise(EventTime time) => Format(time, "yyyy-MM-dd HH:mm:ss.FFFFFFF");

    /// <summary>The day alone.</summary>
    public static string Day(EventTime time) => Format(time, "yyyy-MM-dd");

    /// <summary>The form that a machine reads, for <c>datetime</c>; null where there is no time.</summary>
    public static string? Machine(EventTime time) => time.Certainty is TimeCertainty.Unknown ? null : time.Utc.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    /// <summary>What is to be known of a time that is not exact; empty where it is.</summary>
    public static string Doubt(EventTime time) => time.Certainty switch
    {
        TimeCertainty.ZoneAssumed => "zone assumed",
        TimeCertainty.DateAssumed => "date and zone assumed",
        _ => "",
    };

    /// <summary>A span in its two largest units, such as <c>6 d 4 h</c>.</summary>
    public static string Span(long ticks)
    {
        TimeSpan span = TimeSpan.FromTicks(Math.Abs(ticks));
        return span switch
        {
            { TotalDays: >= 1 } => span.Hours == 0 ? $"{span.Days} d" : $"{span.Days} d {span.Hours} h",
            { TotalHours: >= 1 } => span.Minutes == 0 ? $"{span.Hours} h" : $"{span.Hours} h {span.Minutes} min",
            { TotalMinutes: >= 1 } => $"{span.Minutes} min",
            _ => $"{span.Seconds} s",
        };
    }

    /// <summary>A size for people, such as <c>204.1 MB</c> (powers of ten).</summary>
    public static string Size(long bytes) => bytes switch
    {
        < 1000 => $"{bytes} bytes",
        < 1_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.#} kB"),
        < 1_000_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.#} MB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.##} GB"),
    };

    /// <summary>A number with its thousands apart.</summary>
    public static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A number and its noun, such as <c>1 record</c> or <c>2 records</c>.</summary>
    public static string Count(long number, string noun, string? nouns = null) => $"{Count(number)} {(number == 1 ? noun : nouns ?? noun + "s")}";

    private static string Format(EventTime time, string format) =>
        time.Certainty is TimeCertainty.Unknown ? "time not known" : time.Utc.ToString(format, CultureInfo.InvariantCulture);
}
