using System.Text;
using Culprit.Cases.Database;
using Culprit.Cases.Queries;
using Culprit.Primitives;
using DuckDB.NET.Data;

namespace Culprit.Cases.Exports;

/// <summary>The tables of a case's database, one file each, in an order that depends on what they hold alone.</summary>
internal static class TableExport
{
    private static readonly (string Name, string Order)[] Tables =
    [
        ("about", "\"key\""),
        ("evidence", "path, sha256, container"),
        ("rules", "rank"),
        ("findings", "number"),
        ("finding_places", "finding, place"),
        ("incidents", "number"),
        ("incident_findings", "incident, finding"),
        ("events", "incident, number"),
        ("notes", "time, who, \"text\""),
        ("tags", "time, who, tag, event, incident"),
    ];

    /// <summary>Writes CSV. A cell that a spreadsheet would calculate stands behind an apostrophe, and every cell is on one line.</summary>
    public static void Csv(CaseReader opened, ExportFiles files)
    {
        using DuckDBConnection connection = Open(opened);
        foreach ((string name, string order) in Tables)
        {
            files.Write(name + ".csv", output =>
            {
                using DuckDBCommand command = connection.CreateCommand();
                command.CommandText = $"SELECT COLUMNS(*)::VARCHAR FROM (SELECT * FROM {name} ORDER BY {order})";
                command.UseStreamingMode = true;
                using DuckDBDataReader reader = command.ExecuteReader();
                var cells = new string?[reader.FieldCount];
                for (int i = 0; i < cells.Length; i++)
                {
                    cells[i] = reader.GetName(i);
                }

                output.Write(Encoding.UTF8.GetBytes(CsvText.Row(cells)));
                while (reader.Read())
                {
                    for (int i = 0; i < cells.Length; i++)
                    {
                        cells[i] = reader.IsDBNull(i) ? null : reader.GetString(i);
                    }

                    output.Write(Encoding.UTF8.GetBytes(CsvText.Row(cells)));
                }
            });
        }
    }

    /// <summary>Writes Parquet.</summary>
    public static void Parquet(CaseReader opened, ExportFiles files)
    {
        using DuckDBConnection connection = Open(opened);
        foreach ((string name, string order) in Tables)
        {
            files.WriteWith(name + ".parquet", path =>
            {
                using DuckDBCommand command = connection.CreateCommand();
                command.CommandText = $"COPY (SELECT * FROM {name} ORDER BY {order}) TO {ReadOnlyQuery.Literal(path)} (FORMAT parquet, COMPRESSION zstd)";
                command.ExecuteNonQuery();
            });
        }
    }

    // One thread, so that rows stand in the same groups each time.
    private static DuckDBConnection Open(CaseReader opened)
    {
        DuckDBConnection connection = DatabaseWriter.Connect(opened.DatabasePath, readOnly: true);
        using DuckDBCommand command = connection.CreateCommand();
        command.CommandText = "SET threads = 1; SET TimeZone = 'UTC'";
        command.ExecuteNonQuery();
        return connection;
    }
}
