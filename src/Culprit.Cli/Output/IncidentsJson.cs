using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using Culprit.Cli.Summary;
using Culprit.Incidents;
using Culprit.Primitives;

namespace Culprit.Cli.Output;

/// <summary>Writes incidents as <c>docs/cli.md</c> describes them.</summary>
internal static class IncidentsJson
{
    public static void Write(Stream output, ImmutableArray<Incident> incidents, string rulesHash)
    {
        using var json = new Utf8JsonWriter(
            output, new JsonWriterOptions { Indented = true, MaxDepth = 1000, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteString("tool"u8, ToolVersion.Text);
        json.WriteString("rules_sha256"u8, rulesHash);
        json.WriteStartArray("incidents"u8);
        foreach (Incident incident in incidents)
        {
            One(json, incident);
            json.Flush();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        output.WriteByte((byte)'\n');
    }

    private static void One(Utf8JsonWriter json, Incident incident)
    {
        json.WriteStartObject();
        json.WriteNumber("number"u8, incident.Number);
        json.WriteString("severity"u8, IncidentSection.SeverityOf(incident));
        json.WriteNumber("score"u8, incident.Score);
        Time(json, "first", incident.First);
        Time(json, "last", incident.Last);
        JsonArrays.Each(json, "reasons", incident.Reasons, static (json, reason) =>
        {
            json.WriteNumber("points"u8, reason.Points);
            json.WriteString("text"u8, reason.Text);
        });
        JsonArrays.Each(json, "hosts", incident.Hosts, static (json, host) =>
        {
            json.WriteString("name"u8, host.Name);
            Time(json, "first", host.First);
            Time(json, "last", host.Last);
            json.WriteNumber("findings"u8, host.FindingCount);
        });
        JsonArrays.Each(json, "accounts", incident.Accounts, Name);
        JsonArrays.Each(json, "addresses", incident.Addresses, Name);
        JsonArrays.Each(json, "phases", incident.Phases, static (json, phase) =>
        {
            json.WriteString("tactic"u8, phase.Tactic);
            Time(json, "first", phase.First);
            Time(json, "last", phase.Last);
            JsonArrays.Strings(json, "techniques", phase.Techniques);
            json.WriteNumber("findings"u8, phase.FindingCount);
        });
        JsonArrays.Each(json, "rules", incident.Rules, static (json, rule) =>
        {
            json.WriteString("id"u8, rule.Rule.Id);
            json.WriteString("title"u8, rule.Rule.Title);
            json.WriteString("level"u8, Words.Level(rule.Rule.Level));
            Time(json, "first", rule.First);
            json.WriteNumber("findings"u8, rule.FindingCount);
        });
        JsonArrays.Each(json, "joined_through", incident.Joins, static (json, join) =>
        {
            json.WriteString("what"u8, join.Through);
            json.WriteNumber("count"u8, join.Count);
        });

        // Lines of findings.jsonl, 1 for the first: what the incident rests on.
        json.WriteStartArray("finding_lines"u8);
        foreach (int finding in incident.Findings)
        {
            json.WriteNumberValue(finding + 1);
        }

        json.WriteEndArray();
        JsonArrays.Each(json, "events", incident.Events, Event);
        json.WriteNumber("records_left_out"u8, incident.RecordsLeftOut);
        if (incident.Story is { } story)
        {
            StoryJson.Write(json, story);
        }

        json.WriteEndObject();
    }

    private static void Event(Utf8JsonWriter json, IncidentEvent one)
    {
        json.WriteNumber("number"u8, one.Number);
        Time(json, "time", one.Time);
        json.WriteString("host"u8, one.Host);
        json.WriteString("account"u8, one.Account);
        json.WriteString("summary"u8, one.Summary);
        json.WriteString("why"u8, one.Why);
        JsonArrays.Strings(
            json, "techniques", one.Techniques.Select(static technique => technique.Technique).Where(static id => id.Length > 0).Distinct(StringComparer.Ordinal));
        json.WriteString("path"u8, one.Places[0].Path);
        json.WriteString("sha256"u8, one.Places[0].Sha256);
        json.WriteNumber("offset"u8, one.Places[0].Offset);
        json.WriteNumber("length"u8, one.Places[0].Length);
        json.WriteNumber("record_id"u8, one.Places[0].RecordId);
        json.WriteStartArray("finding_lines"u8);
        foreach (int finding in one.Findings)
        {
            json.WriteNumberValue(finding + 1);
        }

        json.WriteEndArray();
    }

    private static void Name(Utf8JsonWriter json, IncidentName name)
    {
        json.WriteString("name"u8, name.Name);
        Time(json, "first", name.First);
        json.WriteNumber("findings"u8, name.FindingCount);
    }

    private static void Time(Utf8JsonWriter json, string name, EventTime time) => json.WriteString(name, Words.Iso(time));
}
