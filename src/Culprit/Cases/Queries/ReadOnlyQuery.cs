using System.Collections.Immutable;
using System.Data.Common;
using Culprit.Cases.Database;
using DuckDB.NET.Data;

namespace Culprit.Cases.Queries;

/// <summary>
/// A query of somebody else's. Three walls stand around it: the database is opened for reading; files, network and extensions are
/// switched off and stay so; and it is given to <c>query()</c>, which takes one SELECT and nothing else. Of table functions it may
/// use those alone that make rows of what is there: others read memory, or change what the process does.
/// </summary>
internal static class ReadOnlyQuery
{
    public static void Run(CaseReader opened, string sql, Action<ImmutableArray<string?>> each, CancellationToken stop)
    {
        using DuckDBConnection connection = DatabaseWriter.Connect(opened.DatabasePath, readOnly: true);
        try
        {
            ImmutableArray<string> kept = opened.EventFiles();
            if (!kept.IsEmpty)
            {
                // The only files that may be reached afterwards; a SELECT cannot write them.
                Execute(connection, $"CREATE TEMP VIEW all_events AS SELECT * FROM {KeptEvents.Table(kept)}; SET allowed_paths = {KeptEvents.List(kept)}");
            }

            // One thread: without ORDER BY the same query is to give the same rows in the same order.
            Execute(connection, """
                SET threads = 1;
                SET TimeZone = 'UTC';
                SET temp_directory = '';
                SET enable_external_access = false;
                SET lock_configuration = true;
                """);
            string query = sql.Trim().TrimEnd(';');
            StatementCheck.Require(connection, query);
            Answer(connection, query, each, stop);
        }
        catch (DuckDBException) when (stop.IsCancellationRequested)
        {
            throw new OperationCanceledException(stop);
        }
        catch (DuckDBException e)
        {
            throw new QueryException(FirstParagraph(e.Message));
        }
    }

    /// <summary>A text as a literal of SQL.</summary>
    internal static string Literal(string text) => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";

    private static void Answer(DuckDBConnection connection, string query, Action<ImmutableArray<string?>> each, CancellationToken stop)
    {
        using DuckDBCommand command = connection.CreateCommand();
        command.CommandText = $"SELECT COLUMNS(*)::VARCHAR FROM query({Literal(query)})";
        command.UseStreamingMode = true;
        using CancellationTokenRegistration cancel = stop.Register(static c => ((DbCommand)c!).Cancel(), command);
        using DuckDBDataReader reader = command.ExecuteReader();
        each([.. Enumerable.Range(0, reader.FieldCount).Select(string? (i) => reader.GetName(i))]);
        while (reader.Read())
        {
            stop.ThrowIfCancellationRequested();
            each([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? null : reader.GetString(i))]);
        }
    }

    private static void Execute(DuckDBConnection connection, string statements)
    {
        using DuckDBCommand command = connection.CreateCommand();
        command.CommandText = statements;
        command.ExecuteNonQuery();
    }

    // What follows repeats the query with a mark below it, which is of no use within another query.
    private static string FirstParagraph(string message)
    {
        int end = message.IndexOf("\n\n", StringComparison.Ordinal);
        return (end < 0 ? message : message[..end]).ReplaceLineEndings(" ").Trim().TrimEnd('.');
    }
}
