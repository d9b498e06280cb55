using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Culprit.Cases.Storage;
using Culprit.Findings;
using Culprit.Incidents;
using Culprit.Primitives;
using DuckDB.NET.Data;

namespace Culprit.Cases.Database;

/// <summary>Writes a case's database: the same findings give the same rows in the same order.</summary>
internal static class DatabaseWriter
{
    /// <summary>Writes a new database.</summary>
    /// <returns>The incidents, and how many findings there are.</returns>
    public static (ImmutableArray<Incident> Incidents, long Findings) Write(string path, CaseManifest manifest, InvestigationResult result, CaseIncidents joined, CaseMarks marks)
    {
        using DuckDBConnection connection = Connect(path);
        Execute(connection, CaseSchema.Tables);
        About(connection, manifest);
        Evidence(connection, manifest);
        Rules(connection, result.Rules.Rules.Concat(result.Rules.Correlations));
        var indicators = new HashSet<RuleInfo>(ReferenceEqualityComparer.Instance);
        long findings = 0;
        ImmutableArray<Incident> incidents;
        using (DuckDBAppender rows = connection.CreateAppender("findings"))
        using (DuckDBAppender places = connection.CreateAppender("finding_places"))
        {
            CaseJson json = CaseJson.WithSources(static _ => throw new NotSupportedException());
            incidents = joined.Of(result, finding =>
            {
                findings++;
                if (finding.Rule.Indicator is not null)
                {
                    indicators.Add(finding.Rule);
                }

                Finding(rows, findings, finding, json);
                Places(places, findings, finding);
            });
        }

        // There are very many indicators: those that were found are written, as rules are.
        Rules(connection, indicators);
        Incidents(connection, incidents);
        Marks(connection, marks);
        Execute(connection, "CHECKPOINT");
        return (incidents, findings);
    }

    /// <summary>Replaces notes and tags in a database.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static void ReplaceMarks(string path, CaseMarks marks) => DatabaseFault.Write(() =>
    {
        using DuckDBConnection connection = Connect(path);
        Marks(connection, marks);
        Execute(connection, "CHECKPOINT");
        return true;
    });

    /// <summary>Opens a database; nothing that it does not need is loaded, least of all from the network.</summary>
    public static DuckDBConnection Connect(string path, bool readOnly = false)
    {
        var connection = new DuckDBConnection(new DuckDBConnectionStringBuilder
        {
            DataSource = path,
            ["autoinstall_known_extensions"] = "false",
            ["autoload_known_extensions"] = "false",
            ["access_mode"] = readOnly ? "READ_ONLY" : "READ_WRITE",
        }.ConnectionString);
        connection.Open();
        return connection;
    }

    /// <summary>Runs statements.</summary>
    public static void Execute(DuckDBConnection connection, string statements)
    {
        using DuckDBCommand command = connection.CreateCommand();
        command.CommandText = statements;
        command.ExecuteNonQuery();
    }

    private static void About(DuckDBConnection connection, CaseManifest manifest)
    {
        using DuckDBAppender rows = connection.CreateAppender("about");
        foreach ((string key, string value) in new[]
        {
            ("tool", manifest.Versions.Tool), ("rules_sha256", manifest.Versions.Rules), ("knowledge", manifest.Versions.Knowledge),
            ("indicators_sha256", manifest.Versions.Indicators),
        })
        {
            rows.CreateRow().AppendValue(key).AppendValue(value).EndRow();
        }
    }

    private static void Evidence(DuckDBConnection connection, CaseManifest manifest)
    {
        using DuckDBAppender rows = connection.CreateAppender("evidence");
        foreach (CaseEvidence source in manifest.Evidence)
        {
            IDuckDBAppenderRow row = rows.CreateRow()
                .AppendValue(Whole(source.Path)).AppendValue(Whole(source.Container)).AppendValue(source.Sha256).AppendValue(source.Size)
                .AppendValue(source.Format).AppendValue(source.BytesRead).AppendValue(source.NotReadReason).AppendValue(source.RecordsGood)
                .AppendValue(source.RecordsBad).AppendValue(source.RecordsRecovered);
            Time(Time(row, source.First), source.Last).AppendValue(Names(source.Hosts)).AppendValue(source.TimeAssumption).EndRow();
        }
    }

    private static void Rules(DuckDBConnection connection, IEnumerable<RuleInfo> rules)
    {
        using DuckDBAppender rows = connection.CreateAppender("rules");
        foreach (RuleInfo rule in rules.OrderBy(static r => r.Rank))
        {
            rows.CreateRow().AppendValue(rule.Rank).AppendValue(rule.Id).AppendValue(Whole(rule.Title)).AppendValue(Level(rule.Level))
                .AppendValue(JsonSerializer.Serialize(rule, CaseJson.Lines.RuleInfo)).EndRow();
        }
    }

    private static void Finding(DuckDBAppender rows, long number, Finding finding, CaseJson json)
    {
        IDuckDBAppenderRow row = Time(rows.CreateRow().AppendValue(number), finding.Time)
            .AppendValue(EventTimeConverter.Iso(finding.Time)).AppendValue(EventTimeConverter.Certainty(finding.Time.Certainty))
            .AppendValue(Level(finding.Rule.Level)).AppendValue(finding.Rule.Id).AppendValue(Whole(finding.Rule.Title))
            .AppendValue(Whole(finding.Host)).AppendValue(Whole(finding.Account)).AppendValue(Whole(finding.Channel)).AppendValue(Whole(finding.Provider))
            .AppendValue(finding.EventId).AppendValue(finding.RecordId).AppendValue(finding.Recovered)
            .AppendValue(Names(finding.Rule.Attack.Tactics)).AppendValue(Names(finding.Rule.Attack.Ids)).AppendValue(finding.PlaceCount);
        row.AppendValue(JsonSerializer.Serialize(finding, json.Finding)).EndRow();
    }

    private static void Places(DuckDBAppender rows, long number, Finding finding)
    {
        for (int i = 0; i < finding.Places.Length; i++)
        {
            Events.EvidencePlace place = finding.Places[i];
            rows.CreateRow().AppendValue(number).AppendValue(i).AppendValue(Whole(place.Source.Path)).AppendValue(place.Source.Sha256)
                .AppendValue(place.Offset).AppendValue(place.Length).AppendValue(place.RecordId).EndRow();
        }
    }

    private static void Incidents(DuckDBConnection connection, ImmutableArray<Incident> incidents)
    {
        using DuckDBAppender rows = connection.CreateAppender("incidents");
        using DuckDBAppender findings = connection.CreateAppender("incident_findings");
        using DuckDBAppender events = connection.CreateAppender("events");
        foreach (Incident incident in incidents)
        {
            IDuckDBAppenderRow row = rows.CreateRow()
                .AppendValue(incident.Number).AppendValue(incident.Severity.ToString().ToLowerInvariant()).AppendValue(incident.Score);
            Time(Time(row, incident.First), incident.Last)
                .AppendValue(Names(incident.Hosts.Select(static h => h.Name))).AppendValue(Names(incident.Accounts.Select(static a => a.Name)))
                .AppendValue(Names(incident.Phases.Select(static p => p.Tactic))).AppendValue(incident.Findings.Length).AppendValue(incident.Events.Length)
                .AppendValue(JsonSerializer.Serialize(incident, CaseJson.Lines.Incident)).EndRow();
            foreach (int finding in incident.Findings)
            {
                findings.CreateRow().AppendValue(incident.Number).AppendValue(finding + 1L).EndRow();
            }

            foreach (IncidentEvent e in incident.Events)
            {
                Event(events, incident.Number, e);
            }
        }
    }

    private static void Event(DuckDBAppender rows, int incident, IncidentEvent e)
    {
        IDuckDBAppenderRow row = Time(rows.CreateRow().AppendValue(incident).AppendValue(e.Number), e.Time)
            .AppendValue(EventTimeConverter.Iso(e.Time)).AppendValue(EventTimeConverter.Certainty(e.Time.Certainty)).AppendValue(e.Kind.ToString())
            .AppendValue(Whole(e.Host)).AppendValue(Whole(e.Account)).AppendValue(Whole(e.Channel)).AppendValue(Whole(e.Provider)).AppendValue(e.EventId)
            .AppendValue(e.RecordId).AppendValue(e.Recovered);
        CitedPlace place = e.Places[0];
        row.AppendValue(Whole(place.Path)).AppendValue(place.Sha256).AppendValue(place.Offset).AppendValue(place.Length).AppendValue(e.Identity)
            .AppendValue(Whole(e.Why)).AppendValue(Whole(e.Summary)).AppendValue(Fields(e.Fields)).AppendValue("[" + string.Join(',', e.Findings) + "]").EndRow();
    }

    private static void Marks(DuckDBConnection connection, CaseMarks marks)
    {
        Execute(connection, CaseSchema.Marks);
        using DuckDBAppender notes = connection.CreateAppender("notes");
        foreach (CaseNote note in marks.Notes)
        {
            notes.CreateRow().AppendValue(note.Time.UtcDateTime).AppendValue(Whole(note.Who)).AppendValue(Whole(note.Text)).EndRow();
        }

        using DuckDBAppender tags = connection.CreateAppender("tags");
        foreach (CaseTag tag in marks.Tags)
        {
            tags.CreateRow().AppendValue(tag.Time.UtcDateTime).AppendValue(Whole(tag.Who)).AppendValue(Whole(tag.Tag)).AppendValue(tag.Event)
                .AppendValue(tag.Incident).EndRow();
        }
    }

    /// <summary>Appends a time; null where there is none.</summary>
    public static IDuckDBAppenderRow Time(IDuckDBAppenderRow row, EventTime time) =>
        time.Certainty == TimeCertainty.Unknown ? row.AppendNullValue() : row.AppendValue(time.Utc);

    private static string Level(FindingLevel level) => level.ToString().ToLowerInvariant();

    /// <summary>An event's fields as JSON.</summary>
    public static string Fields(ImmutableArray<Events.EventField> fields) => Json(json =>
    {
        // Not an object: names repeat.
        json.WriteStartArray();
        foreach (Events.EventField field in fields)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, field.Name);
            json.WriteString("value"u8, field.Value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static string Names(IEnumerable<string> names) => Json(json =>
    {
        json.WriteStartArray();
        foreach (string name in names)
        {
            json.WriteStringValue(name);
        }

        json.WriteEndArray();
    });

    // The database's driver ends a text at a NUL; whole values are in the bodies, as JSON.
    internal static string Whole(string text) => text.Replace("\0", @"\x00", StringComparison.Ordinal);

    private static string Json(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            write(json);
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
