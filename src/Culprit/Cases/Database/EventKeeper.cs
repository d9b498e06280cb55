using System.Globalization;
using Culprit.Cases.Storage;
using Culprit.Events;
using Culprit.Evidence;
using DuckDB.NET.Data;

namespace Culprit.Cases.Database;

/// <summary>Keeps every event of a part of the evidence as Parquet, by source and offset. Its sinks work side by side.</summary>
internal sealed class EventKeeper : IDisposable
{
    private const string Tables = """
        CREATE TABLE kept (
            time TIMESTAMP, time_text VARCHAR, time_certainty VARCHAR, kind VARCHAR, host VARCHAR, account VARCHAR, channel VARCHAR,
            provider VARCHAR, event_id INTEGER, record_id BIGINT, recovered BOOLEAN, path VARCHAR, "offset" BIGINT, "length" INTEGER,
            identity VARCHAR, fields JSON);
        CREATE TABLE sources (path VARCHAR, sha256 VARCHAR);
        """;

    private readonly Lock _gate = new();
    private readonly string _scratch;
    private readonly DuckDBConnection _connection;
    private readonly List<Sink> _sinks = [];
    private readonly DuckDBAppender _rows;
    private bool _open = true;
    private bool _gone;

    /// <summary>Begins to keep events in a file that is gone at the end.</summary>
    public EventKeeper(string scratch)
    {
        _scratch = scratch;
        _connection = DatabaseWriter.Connect(scratch);
        DatabaseWriter.Execute(_connection, Tables);
        _rows = _connection.CreateAppender("kept");
    }

    /// <summary>A sink for one worker.</summary>
    public IRecordSink CreateSink()
    {
        var sink = new Sink(this);
        _sinks.Add(sink);
        return sink;
    }

    /// <summary>Writes all events.</summary>
    /// <param name="path">The Parquet file.</param>
    /// <param name="coverage">The sources, now that their hashes are known.</param>
    public void Write(string path, Coverage coverage)
    {
        foreach (Sink sink in _sinks)
        {
            sink.Flush();
        }

        Close();
        using (DuckDBAppender sources = _connection.CreateAppender("sources"))
        {
            foreach (SourceCoverage source in coverage.Sources.DistinctBy(static s => s.Source.Path, StringComparer.Ordinal))
            {
                sources.CreateRow().AppendValue(DatabaseWriter.Whole(source.Source.Path)).AppendValue(source.Source.Sha256).EndRow();
            }
        }

        string target = path.Replace("'", "''", StringComparison.Ordinal);
        DatabaseWriter.Execute(_connection, $"""
            COPY (SELECT kept.*, sources.sha256 FROM kept LEFT JOIN sources USING (path) ORDER BY path, "offset", record_id, identity)
            TO '{target}' (FORMAT parquet, COMPRESSION zstd)
            """);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_gone)
        {
            return;
        }

        _gone = true;
        Close();
        _connection.Dispose();
        foreach (string file in new[] { _scratch, _scratch + ".wal" })
        {
            File.Delete(file);
        }
    }

    private void Close()
    {
        if (_open)
        {
            _open = false;
            _rows.Dispose();
        }
    }

    private void Add(List<Event> events)
    {
        lock (_gate)
        {
            foreach (Event e in events)
            {
                DatabaseWriter.Time(_rows.CreateRow(), e.Time).AppendValue(EventTimeConverter.Iso(e.Time))
                    .AppendValue(EventTimeConverter.Certainty(e.Time.Certainty)).AppendValue(e.Kind.ToString()).AppendValue(DatabaseWriter.Whole(e.Host))
                    .AppendValue(DatabaseWriter.Whole(e.Account)).AppendValue(DatabaseWriter.Whole(e.Route.Channel)).AppendValue(DatabaseWriter.Whole(e.Route.Provider)).AppendValue(e.Route.EventId)
                    .AppendValue(e.RecordId).AppendValue(e.Recovered).AppendValue(DatabaseWriter.Whole(e.Place.Source.Path)).AppendValue(e.Place.Offset)
                    .AppendValue(e.Place.Length).AppendValue(e.Identity.ToString("x32", CultureInfo.InvariantCulture))
                    .AppendValue(DatabaseWriter.Fields(e.Fields)).EndRow();
            }
        }
    }

    private sealed class Sink(EventKeeper keeper) : IRecordSink
    {
        private const int Together = 512;

        private readonly EventContext _context = new();
        private readonly List<Event> _events = new(Together);

        public void Accept(scoped in RecordView record)
        {
            _events.Add(new EventView(in record, _context).ToEvent());
            if (_events.Count == Together)
            {
                Flush();
            }
        }

        public void Flush()
        {
            keeper.Add(_events);
            _events.Clear();
        }
    }
}
