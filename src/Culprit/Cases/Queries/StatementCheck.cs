using System.Collections.Frozen;
using System.Text.Json;
using DuckDB.NET.Data;

namespace Culprit.Cases.Queries;

/// <summary>Looks at a query as the database understands it, before it is run.</summary>
internal static class StatementCheck
{
    // The parser's own bound on nesting is lower.
    private const int MaxDepth = 4096;

    private static readonly FrozenSet<string> Allowed = new[]
    {
        "duckdb_columns", "duckdb_tables", "duckdb_views", "generate_series", "json_each", "json_tree", "range", "repeat", "summary", "unnest",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Refuses what a hunt does not answer.</summary>
    /// <exception cref="QueryException">It is no single SELECT, or uses a table function that is not among the harmless.</exception>
    public static void Require(DuckDBConnection connection, string query)
    {
        using DuckDBCommand command = connection.CreateCommand();
        command.CommandText = $"SELECT json_serialize_sql({ReadOnlyQuery.Literal(query)})::VARCHAR";
        using DuckDBDataReader reader = command.ExecuteReader();
        reader.Read();
        using var tree = JsonDocument.Parse(reader.GetString(0), new JsonDocumentOptions { MaxDepth = MaxDepth });
        JsonElement root = tree.RootElement;
        if (root.GetProperty("error"u8).GetBoolean())
        {
            string message = root.GetProperty("error_message"u8).GetString()!;
            throw new QueryException(message.StartsWith("Only SELECT", StringComparison.OrdinalIgnoreCase)
                ? "only SELECT is answered; a hunt changes nothing"
                : message.ReplaceLineEndings(" ").TrimEnd('.'));
        }

        if (root.GetProperty("statements"u8).GetArrayLength() != 1)
        {
            throw new QueryException("only one SELECT at a time is answered");
        }

        Walk(root);
    }

    private static void Walk(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement item in element.EnumerateArray())
            {
                Walk(item);
            }
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            if (element.TryGetProperty("type"u8, out JsonElement type) && type.ValueKind == JsonValueKind.String && type.ValueEquals("TABLE_FUNCTION"u8)
                && element.GetProperty("function"u8).GetProperty("function_name"u8).GetString() is { } name && !Allowed.Contains(name))
            {
                throw new QueryException($"the table function {name} is not available: a hunt reads the tables of the case and nothing else");
            }

            foreach (JsonProperty property in element.EnumerateObject())
            {
                Walk(property.Value);
            }
        }
    }
}
