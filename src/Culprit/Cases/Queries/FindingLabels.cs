using System.Collections.Immutable;
using System.Text.Json;
using Culprit.Cases.Database;
using Culprit.Findings;
using DuckDB.NET.Data;

namespace Culprit.Cases.Queries;

/// <summary>The rule of a finding and what it says in terms of ATT&amp;CK.</summary>
internal sealed record FindingLabel(TimelineRule Rule, AttackReferences Attack);

/// <summary>Reads of findings by number what a line about their event says, without reading them whole.</summary>
internal static class FindingLabels
{
    public static IReadOnlyDictionary<long, FindingLabel> Read(CaseReader opened, IReadOnlyCollection<long> numbers)
    {
        Dictionary<long, FindingLabel> labels = new(numbers.Count);
        if (numbers.Count == 0)
        {
            return labels;
        }

        using DuckDBConnection connection = DatabaseWriter.Connect(opened.DatabasePath, readOnly: true);
        using DuckDBCommand command = connection.CreateCommand();
        command.CommandText = """
            SELECT number, rule_id, rule_title, level, tactics::VARCHAR, attack::VARCHAR FROM findings
            WHERE number IN (SELECT finding FROM incident_findings) ORDER BY number
            """;
        command.UseStreamingMode = true;
        using DuckDBDataReader reader = command.ExecuteReader();
        Dictionary<(string, string, string, string), FindingLabel> known = [];
        while (reader.Read())
        {
            (string Id, string Title, string Level, string Attack) key = (reader.GetString(1), reader.GetString(2), reader.GetString(3), reader.GetString(5));
            if (!known.TryGetValue(key, out FindingLabel? label))
            {
                var rule = new TimelineRule(key.Id, key.Title, Enum.Parse<FindingLevel>(key.Level, ignoreCase: true));
                ImmutableArray<string> techniques = [.. Names(key.Attack).Where(static id => id.StartsWith('T') && !id.StartsWith("TA", StringComparison.Ordinal))];
                known.Add(key, label = new FindingLabel(rule, new AttackReferences(Names(reader.GetString(4)), techniques, [], [])));
            }

            labels.Add(reader.GetInt64(0), label);
        }

        return labels;
    }

    private static ImmutableArray<string> Names(string json)
    {
        using var names = JsonDocument.Parse(json);
        return [.. names.RootElement.EnumerateArray().Select(static n => n.GetString()!)];
    }
}
