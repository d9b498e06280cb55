using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Culprit.Cases.Exports;
using Culprit.Cases.Storage;
using Culprit.Primitives;

namespace Culprit.Cases;

/// <summary>How a timeline is written for programs.</summary>
public enum TimelineFormat
{
    /// <summary>One line an entry for a spreadsheet.</summary>
    Csv,

    /// <summary>One JSON object an entry.</summary>
    Jsonl,

    /// <summary>CSV that Timesketch imports.</summary>
    TimesketchCsv,

    /// <summary>JSON Lines that Timesketch imports.</summary>
    TimesketchJsonl,
}

/// <summary>Writes a timeline, its fields as <c>docs/cli.md</c> describes them.</summary>
public static class TimelineWriter
{
    // The first four are what Timesketch asks for, under its names.
    private static readonly string[] TimesketchColumns =
    [
        "message", "datetime", "timestamp", "timestamp_desc", "host", "account", "level", "rule", "rule_id", "tactic", "technique", "tag",
        "incident", "event", "finding", "why", "time", "time_certainty", "channel", "provider", "event_id", "record_id", "recovered",
        "path", "sha256", "offset", "length", "place_count", "identity",
    ];

    private static readonly string[] Columns = ["time", "time_certainty", "level", "host", "account", "message", .. TimesketchColumns[7..16], .. TimesketchColumns[18..]];

    /// <summary>Writes entries as they come.</summary>
    public static void Write(Stream output, IEnumerable<TimelineEntry> entries, TimelineFormat format)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(entries);
        bool timesketch = format is TimelineFormat.TimesketchCsv or TimelineFormat.TimesketchJsonl;
        string[] columns = timesketch ? TimesketchColumns : Columns;
        if (format is TimelineFormat.Jsonl or TimelineFormat.TimesketchJsonl)
        {
            using var lines = new JsonLines(output);
            foreach (TimelineEntry entry in entries)
            {
                lines.Write(json =>
                {
                    foreach (string column in columns)
                    {
                        lines.Value(column, Value(entry, column));
                    }
                });
            }

            return;
        }

        output.Write(Encoding.UTF8.GetBytes(CsvText.Row(columns)));
        foreach (TimelineEntry entry in entries)
        {
            output.Write(Encoding.UTF8.GetBytes(CsvText.Row([.. columns.Select(c => Cell(c, Value(entry, c)))])));
        }
    }

    // Timesketch takes a list of tags in a cell where it is written as JSON; everything else is a text or a number.
    private static string Cell(string column, object? value) => value switch
    {
        null => "",
        ImmutableArray<string> { IsEmpty: true } => "",
        ImmutableArray<string> texts => column == "tag" ? JsonLines.Texts(texts) : string.Join("; ", texts),
        ImmutableArray<long> numbers => string.Join("; ", numbers.Select(static n => n.ToString(CultureInfo.InvariantCulture))),
        bool truth => truth ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static object? Value(TimelineEntry entry, string column) => column switch
    {
        "message" => entry.Message,
        "datetime" => DateTime(entry.Time),
        "timestamp" => Microseconds(entry.Time),
        "timestamp_desc" => Describe(entry),
        "time" => EventTimeConverter.Iso(entry.Time),
        "time_certainty" => EventTimeConverter.Certainty(entry.Time.Certainty),
        "host" => entry.Host,
        "account" => entry.Account,
        "level" => entry.Level?.ToString().ToLowerInvariant() ?? "",
        "rule" => entry.Rules.Select(static r => r.Title).ToImmutableArray(),
        "rule_id" => entry.Rules.Select(static r => r.Id).Where(static id => id.Length > 0).ToImmutableArray(),
        "tactic" => entry.Tactics,
        "technique" => entry.Techniques,
        "tag" => entry.Tags,
        "incident" => entry.Incident > 0 ? (long)entry.Incident : null,
        "event" => entry.Event >= 0 ? (long)entry.Event : null,
        "finding" => entry.Findings,
        "why" => entry.Why,
        "channel" => entry.Channel,
        "provider" => entry.Provider,
        "event_id" => entry.EventId > 0 ? (long)entry.EventId : null,
        "record_id" => entry.RecordId >= 0 ? entry.RecordId : null,
        "recovered" => entry.Recovered,
        "path" => entry.Place.Path,
        "sha256" => entry.Place.Sha256,
        "offset" => entry.Place.Offset,
        "length" => (long)entry.Place.Length,
        "place_count" => entry.PlaceCount,
        "identity" => entry.Identity,
        _ => throw new ArgumentOutOfRangeException(nameof(column), column, "no such column"),
    };

    private static long Microseconds(EventTime time) => IsKnown(time) ? (time.UtcTicks - System.DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond : 0;

    private static string DateTime(EventTime time) =>
        (IsKnown(time) ? time.Utc : System.DateTime.UnixEpoch).ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'+00:00'", CultureInfo.InvariantCulture);

    // What has no time stands at the epoch, as Timesketch's own tools have it, and says so.
    private static string Describe(TimelineEntry entry) => entry.Time.Certainty switch
    {
        TimeCertainty.Unknown => "Not a time",
        TimeCertainty.ZoneAssumed => "Event Logged (zone assumed)",
        TimeCertainty.DateAssumed => "Event Logged (date assumed)",
        _ => "Event Logged",
    };

    private static bool IsKnown(EventTime time) => time.Certainty != TimeCertainty.Unknown;
}
