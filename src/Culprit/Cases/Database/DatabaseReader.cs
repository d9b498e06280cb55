using System.Collections.Immutable;
using System.Text.Json;
using Culprit.Cases.Storage;
using Culprit.Findings;
using Culprit.Incidents;
using DuckDB.NET.Data;

namespace Culprit.Cases.Database;

/// <summary>Reads a case's database.</summary>
internal sealed class DatabaseReader : IDisposable
{
    private readonly DuckDBConnection _connection;
    private readonly CaseJson _json;
    private Dictionary<int, RuleInfo>? _rules;

    /// <summary>Opens a database.</summary>
    public DatabaseReader(string path)
    {
        _connection = DatabaseWriter.Connect(path, readOnly: true);
        _json = CaseJson.WithSources(rank => (_rules ??= Rules())[rank]);
    }

    /// <summary>The incidents, by number.</summary>
    public ImmutableArray<Incident> Incidents() =>
        [.. Texts("SELECT body::VARCHAR FROM incidents ORDER BY number").Select(static body => JsonSerializer.Deserialize(body, CaseJson.Default.Incident)!)];

    /// <summary>The findings, by number.</summary>
    public IEnumerable<Finding> Findings()
    {
        _rules ??= Rules();
        return FindingBodies().Select(body => JsonSerializer.Deserialize(body, _json.Finding)!);
    }

    /// <summary>The findings of some incidents, by number; read as they are enumerated.</summary>
    public IEnumerable<(int Number, Finding Finding)> FindingsOf(IEnumerable<Incident> incidents)
    {
        HashSet<int> wanted = [.. incidents.SelectMany(static incident => incident.Findings)];
        return Findings().Select(static (finding, number) => (number, finding)).Where(one => wanted.Contains(one.number));
    }

    /// <summary>The findings as they are written, by number.</summary>
    public IEnumerable<string> FindingBodies() => Texts("SELECT body::VARCHAR FROM findings ORDER BY number");

    /// <summary>The incidents as they are written, by number.</summary>
    public IEnumerable<string> IncidentBodies() => Texts("SELECT body::VARCHAR FROM incidents ORDER BY number");

    /// <summary>Whether there is an incident of a number.</summary>
    public bool HasIncident(int number) => Exists("SELECT count(*) FROM incidents WHERE number = $1", number);

    /// <summary>Whether an incident has an event of an identity.</summary>
    public bool HasEvent(string identity) => Exists("SELECT count(*) FROM events WHERE identity = $1", identity);

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private bool Exists(string query, object value)
    {
        using DuckDBCommand command = _connection.CreateCommand();
        command.CommandText = query;
        command.Parameters.Add(new DuckDBParameter(value));
        using DuckDBDataReader reader = command.ExecuteReader();
        return reader.Read() && reader.GetInt64(0) > 0;
    }

    private Dictionary<int, RuleInfo> Rules()
    {
        using DuckDBCommand command = _connection.CreateCommand();
        command.CommandText = "SELECT rank, body::VARCHAR FROM rules ORDER BY rank";
        using DuckDBDataReader reader = command.ExecuteReader();
        Dictionary<int, RuleInfo> rules = [];
        while (reader.Read())
        {
            int rank = reader.GetInt32(0);
            rules.Add(rank, JsonSerializer.Deserialize(reader.GetString(1), CaseJson.Default.RuleInfo)! with { Rank = rank });
        }

        return rules;
    }

    private IEnumerable<string> Texts(string query)
    {
        using DuckDBCommand command = _connection.CreateCommand();
        command.CommandText = query;
        command.UseStreamingMode = true;
        using DuckDBDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return reader.GetString(0);
        }
    }
}
