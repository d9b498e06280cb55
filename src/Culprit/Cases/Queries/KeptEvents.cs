using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Culprit.Cases.Database;
using Culprit.Cases.Storage;
using Culprit.Events;
using Culprit.Evidence;
using Culprit.Incidents;
using Culprit.Primitives;
using DuckDB.NET.Data;

namespace Culprit.Cases.Queries;

/// <summary>The events of all evidence, where the case was told to keep them: Parquet files, one for each segment.</summary>
internal static class KeptEvents
{
    /// <summary>The files as a table function of SQL.</summary>
    public static string Table(IEnumerable<string> files) => $"read_parquet({List(files)})";

    /// <summary>Texts as a list of SQL.</summary>
    public static string List(IEnumerable<string> texts) => "[" + string.Join(", ", texts.Select(ReadOnlyQuery.Literal)) + "]";

    /// <summary>Reads the events, in the order of the files.</summary>
    public static IEnumerable<IncidentEvent> Read(IReadOnlyCollection<string> files)
    {
        using DuckDBConnection connection = DatabaseWriter.Connect(":memory:");
        using DuckDBCommand command = connection.CreateCommand();
        command.CommandText = $"""
            SELECT time_text, time_certainty, kind, host, account, channel, provider, event_id, record_id, recovered, path, coalesce(sha256, ''),
                "offset", "length", identity, fields::VARCHAR FROM {Table(files)}
            """;
        command.UseStreamingMode = true;
        using DuckDBDataReader reader = command.ExecuteReader();
        int number = 0;
        while (reader.Read())
        {
            yield return new IncidentEvent
            {
                Number = number++,
                Time = Time(reader.GetString(0), reader.GetString(1)),
                Kind = Enum.Parse<RecordKind>(reader.GetString(2)),
                Host = reader.GetString(3),
                Account = reader.GetString(4),
                Channel = reader.GetString(5),
                Provider = reader.GetString(6),
                EventId = reader.GetInt32(7),
                RecordId = reader.GetInt64(8),
                Recovered = reader.GetBoolean(9),
                Places = [new CitedPlace(reader.GetString(10), reader.GetString(11), reader.GetInt64(12), reader.GetInt32(13), reader.GetInt64(8))],
                Identity = reader.GetString(14),
                Fields = Fields(reader.GetString(15)),
                Findings = [],
                Rules = [],
                Level = null,
                Techniques = [],
                Why = "",
                Summary = "",
            };
        }
    }

    private static EventTime Time(string text, string certainty) => text.Length == 0
        ? EventTime.Unknown
        : new EventTime(
            DateTime.ParseExact(text, "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind).Ticks,
            Enum.GetValues<TimeCertainty>().First(c => EventTimeConverter.Certainty(c) == certainty));

    private static ImmutableArray<EventField> Fields(string json)
    {
        using var fields = JsonDocument.Parse(json);
        return [.. fields.RootElement.EnumerateArray().Select(static f => new EventField(f.GetProperty("name"u8).GetString()!, f.GetProperty("value"u8).GetString()))];
    }
}
