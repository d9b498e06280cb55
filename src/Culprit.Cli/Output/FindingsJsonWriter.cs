using System.Buffers;
using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using Culprit.Cli.Summary;
using Culprit.Events;
using Culprit.Findings;
using Culprit.Knowledge;

namespace Culprit.Cli.Output;

/// <summary>Writes findings as JSON Lines: one object a line, its fields as <c>docs/cli.md</c> describes them.</summary>
internal sealed class FindingsJsonWriter(Stream output, string rulesHash)
{
    private const int FlushAt = 256 * 1024;

    // Findings are read by programs and by grep: only what JSON and terminals need is escaped, not what HTML needs.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ArrayBufferWriter<byte> _buffer = new(FlushAt * 2);
    private Utf8JsonWriter? _writer;

    /// <summary>Writes one finding.</summary>
    public void Write(Finding finding)
    {
        Utf8JsonWriter json = _writer ??= new Utf8JsonWriter(_buffer, Options);
        json.Reset(_buffer);
        json.WriteStartObject();
        json.WriteString("rule_id"u8, finding.Rule.Id);
        json.WriteString("rule_title"u8, finding.Rule.Title);
        json.WriteString("level"u8, Words.Level(finding.Rule.Level));
        JsonArrays.Strings(json, "attack", finding.Rule.Attack.Ids);
        JsonArrays.Strings(json, "tactics", finding.Rule.Attack.Tactics);
        json.WriteString("time"u8, Words.Iso(finding.Time));
        json.WriteString("time_certainty"u8, Words.Certainty(finding.Time.Certainty));
        json.WriteString("host"u8, finding.Host);
        json.WriteString("account"u8, finding.Account);
        json.WriteString("channel"u8, finding.Channel);
        json.WriteString("provider"u8, finding.Provider);
        json.WriteNumber("event_id"u8, finding.EventId);
        json.WriteNumber("record_id"u8, finding.RecordId);
        json.WriteBoolean("recovered"u8, finding.Recovered);
        json.WriteStartObject("source"u8);
        Place(json, finding.Places[0]);
        json.WriteEndObject();
        Matched(json, finding.Matched);
        Places(json, finding);
        if (finding.IsCorrelation)
        {
            Correlation(json, finding);
        }

        if (finding.Rule.Indicator is { } indicator)
        {
            Indicator(json, indicator);
        }

        json.WriteString("tool"u8, ToolVersion.Text);
        json.WriteString("rules"u8, rulesHash);
        json.WriteEndObject();
        json.Flush();
        _buffer.Write("\n"u8);
        if (_buffer.WrittenCount >= FlushAt)
        {
            Flush();
        }
    }

    /// <summary>Hands on what is buffered.</summary>
    public void Flush()
    {
        output.Write(_buffer.WrittenSpan);
        _buffer.ResetWrittenCount();
    }

    private static void Matched(Utf8JsonWriter json, ImmutableArray<MatchedValue> matched)
    {
        json.WriteStartArray("matched"u8);
        foreach (MatchedValue value in matched)
        {
            json.WriteStartObject();
            json.WriteString("identifier"u8, value.Identifier);
            json.WriteString("field"u8, value.Field);
            json.WriteString("value"u8, value.Value);
            json.WriteString("test"u8, value.Test);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Places(Utf8JsonWriter json, Finding finding)
    {
        json.WriteNumber("place_count"u8, finding.PlaceCount);
        json.WriteStartArray("places"u8);
        foreach (EvidencePlace place in finding.Places)
        {
            json.WriteStartObject();
            Place(json, place);
            json.WriteNumber("record_id"u8, place.RecordId);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Correlation(Utf8JsonWriter json, Finding finding)
    {
        json.WriteString("last_time"u8, Words.Iso(finding.LastTime));
        json.WriteStartObject("group"u8);
        foreach (MatchedValue group in finding.Group.DistinctBy(static g => g.Field, StringComparer.Ordinal))
        {
            json.WriteString(group.Field, group.Value);
        }

        json.WriteEndObject();
        json.WriteNumber("event_count"u8, finding.EventCount);
        json.WriteStartArray("events"u8);
        foreach (CorrelatedEvent e in finding.Events)
        {
            json.WriteStartObject();
            json.WriteString("rule_id"u8, e.RuleId);
            json.WriteString("rule_title"u8, e.RuleTitle);
            json.WriteString("time"u8, Words.Iso(e.Time));
            json.WriteString("host"u8, e.Host);
            json.WriteString("account"u8, e.Account);
            json.WriteNumber("record_id"u8, e.RecordId);
            json.WriteStartObject("source"u8);
            Place(json, e.Place);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Indicator(Utf8JsonWriter json, IndicatorInfo indicator)
    {
        json.WriteStartObject("indicator"u8);
        json.WriteString("kind"u8, IndicatorWords.Of(indicator.Kind));
        json.WriteString("value"u8, indicator.Value);
        json.WriteString("list"u8, indicator.List);
        JsonArrays.Strings(json, "groups", indicator.Groups);
        JsonArrays.Strings(json, "aliases", indicator.Aliases);
        json.WriteString("source"u8, indicator.Source);
        if (indicator.Year is { } year)
        {
            json.WriteNumber("year"u8, year);
        }
        else
        {
            json.WriteNull("year"u8);
        }

        json.WriteString("shared"u8, indicator.Shared);
        json.WriteNumber("list_count"u8, indicator.ListCount);
        json.WriteEndObject();
    }

    private static void Place(Utf8JsonWriter json, EvidencePlace place)
    {
        json.WriteString("path"u8, place.Source.Path);
        json.WriteString("sha256"u8, place.Source.Sha256);
        json.WriteNumber("offset"u8, place.Offset);
        json.WriteNumber("length"u8, place.Length);
    }
}
