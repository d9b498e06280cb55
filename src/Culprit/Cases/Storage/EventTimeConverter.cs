using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Culprit.Primitives;

namespace Culprit.Cases.Storage;

/// <summary>A time as ISO 8601 in UTC to 100 ns, with its certainty behind it where that is not exact, such as <c>2024-03-01T12:00:00.0000000Z zone-assumed</c>.</summary>
internal sealed class EventTimeConverter : JsonConverter<EventTime>
{
    private static readonly string[] Certainties = ["exact", "zone-assumed", "date-assumed", "unknown"];

    /// <summary>The certainty in words.</summary>
    public static string Certainty(TimeCertainty certainty) => Certainties[(int)certainty];

    /// <summary>The time alone; empty where it is unknown.</summary>
    public static string Iso(EventTime time) => time.Certainty == TimeCertainty.Unknown ? "" : IsoOf(time);

    public override EventTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        string[] parts = reader.GetString()!.Split(' ');
        int certainty = parts.Length == 1 ? 0 : Array.IndexOf(Certainties, parts[1]);
        return certainty >= 0 && DateTime.TryParseExact(
            parts[0], "O", CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out DateTime time)
            ? new EventTime(time.Ticks, (TimeCertainty)certainty)
            : throw new JsonException("not a time");
    }

    public override void Write(Utf8JsonWriter writer, EventTime value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.Certainty == TimeCertainty.Exact ? IsoOf(value) : IsoOf(value) + " " + Certainty(value.Certainty));

    private static string IsoOf(EventTime time) => time.Utc.ToString("O", CultureInfo.InvariantCulture);
}
