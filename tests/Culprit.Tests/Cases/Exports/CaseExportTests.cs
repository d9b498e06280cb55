using System.Collections.Immutable;
using System.Text.Json;
using Culprit.Cases;
using DuckDB.NET.Data;
using Sylvan.Data.Csv;

namespace Culprit.Tests.Cases.Exports;

public sealed class CaseExportTests : IDisposable
{
    private readonly CaseFolder _folder = new();

    public CaseExportTests() => _folder.Investigate().Dispose();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(ExportFormat.CaseUco)]
    [InlineData(ExportFormat.Timesketch)]
    [InlineData(ExportFormat.AttackNavigator)]
    [InlineData(ExportFormat.Csv)]
    [InlineData(ExportFormat.Parquet)]
    public void The_same_case_gives_the_same_bytes_and_custody_names_them(ExportFormat format)
    {
        ImmutableArray<ExportedFile> first = Export(format, "one");
        ImmutableArray<ExportedFile> second = Export(format, "two");

        Assert.NotEmpty(first);
        Assert.Equal(first.Select(static f => f.Sha256), second.Select(static f => f.Sha256));
        using CaseReader opened = CaseReader.Open(_folder.Case);
        CustodyEntry entry = opened.Custody[^1];
        Assert.Equal(("export", "anna@lab"), (entry.Action, entry.Who));
        Assert.Contains(CaseExport.NameOf(format), entry.Detail, StringComparison.Ordinal);
        Assert.All(second, f => Assert.Contains(f.Sha256, entry.Detail, StringComparison.Ordinal));
        Assert.All(second, static f => Assert.Equal(f.Sha256, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(f.Path)))));
        Assert.Empty(Directory.GetFiles(_folder.Of("."), "*.tmp", SearchOption.AllDirectories));
    }

    [Fact]
    public void Case_uco_names_every_file_by_its_hash_and_every_record_by_its_place()
    {
        using JsonDocument graph = JsonDocument.Parse(File.ReadAllBytes(Export(ExportFormat.CaseUco, "case.jsonld")[0].Path));
        using CaseReader opened = CaseReader.Open(_folder.Case);
        JsonElement[] nodes = [.. graph.RootElement.GetProperty("@graph").EnumerateArray()];
        HashSet<string> ids = [.. nodes.Select(static n => n.GetProperty("@id").GetString()!)];

        Assert.Equal(nodes.Length, ids.Count);
        string text = graph.RootElement.GetRawText();
        Assert.All(opened.Manifest.Evidence.Where(static e => e.Sha256.Length > 0), e => Assert.Contains(e.Sha256.ToUpperInvariant(), text, StringComparison.Ordinal));
        JsonElement[] records = [.. nodes.Where(static n => n.GetProperty("@type").GetString() == "uco-observable:EventRecord")];
        Assert.NotEmpty(records);
        JsonElement[] within = [.. nodes.Where(static n => n.GetProperty("@type").GetString() == "uco-observable:ObservableRelationship")];
        foreach (JsonElement record in records)
        {
            Assert.Contains(record.GetProperty("uco-core:hasFacet").EnumerateArray(), static f => f.GetProperty("@type").GetString() == "uco-observable:DataRangeFacet");
            JsonElement relation = Assert.Single(within, r => Id(r, "uco-core:source") == record.GetProperty("@id").GetString());
            Assert.Contains(Id(relation, "uco-core:target"), ids);
        }

        Assert.All(nodes.Where(static n => n.TryGetProperty("uco-core:object", out _)), n =>
            Assert.All(n.GetProperty("uco-core:object").EnumerateArray(), o => Assert.Contains(o.GetProperty("@id").GetString()!, ids)));
    }

    [Fact]
    public void Timesketch_lines_have_what_it_asks_for()
    {
        string[] lines = File.ReadAllLines(Export(ExportFormat.Timesketch, "timeline.jsonl")[0].Path);

        Assert.NotEmpty(lines);
        foreach (string line in lines)
        {
            using JsonDocument entry = JsonDocument.Parse(line);
            JsonElement e = entry.RootElement;
            Assert.NotEmpty(e.GetProperty("message").GetString()!);
            Assert.NotEmpty(e.GetProperty("timestamp_desc").GetString()!);
            DateTimeOffset time = DateTimeOffset.Parse(e.GetProperty("datetime").GetString()!, System.Globalization.CultureInfo.InvariantCulture);
            Assert.Equal((time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / 10, e.GetProperty("timestamp").GetInt64());
            Assert.Equal(64, e.GetProperty("sha256").GetString()!.Length);
            Assert.True(e.GetProperty("offset").GetInt64() >= 0 && e.GetProperty("length").GetInt64() > 0 && e.GetProperty("path").GetString()!.Length > 0);
        }
    }

    [Fact]
    public void The_navigator_layer_scores_techniques_by_events()
    {
        using JsonDocument layer = JsonDocument.Parse(File.ReadAllBytes(Export(ExportFormat.AttackNavigator, "layer.json")[0].Path));

        Assert.Equal("4.5", layer.RootElement.GetProperty("versions").GetProperty("layer").GetString());
        Assert.Equal("enterprise-attack", layer.RootElement.GetProperty("domain").GetString());
        JsonElement technique = Assert.Single(
            layer.RootElement.GetProperty("techniques").EnumerateArray(), static t => t.GetProperty("techniqueID").GetString() == "T1059.001");
        Assert.Equal("execution", technique.GetProperty("tactic").GetString());
        Assert.True(technique.GetProperty("score").GetInt32() > 0);
    }

    [Fact]
    public void Tables_read_back_as_they_are_in_the_case()
    {
        const string hostile = "=cmd|' /C calc'!A0, \"x\" \u001b[31m\nsecond";
        CaseRecorder.Note(_folder.Case, hostile, _folder.Actor);
        string csv = Path.GetDirectoryName(Export(ExportFormat.Csv, "csv")[0].Path)!;
        string parquet = Path.GetDirectoryName(Export(ExportFormat.Parquet, "parquet")[0].Path)!;

        using (CsvDataReader notes = CsvDataReader.Create(Path.Combine(csv, "notes.csv")))
        {
            Assert.True(notes.Read());
            Assert.Equal(@"'=cmd|' /C calc'!A0, ""x"" \x1b[31m\x0asecond", notes.GetString(notes.GetOrdinal("text")));
            Assert.False(notes.Read());
        }

        Assert.DoesNotContain('\u001b', File.ReadAllText(Path.Combine(csv, "notes.csv")));
        using CaseReader opened = CaseReader.Open(_folder.Case);
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using DuckDBCommand command = connection.CreateCommand();
        command.CommandText = $"SELECT count(*) FROM '{parquet}/findings.parquet'";
        Assert.Equal(opened.Findings().LongCount(), Convert.ToInt64(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture));
        command.CommandText = $"SELECT \"text\" FROM '{parquet}/notes.parquet'";
        Assert.Equal(hostile, (string)command.ExecuteScalar()!);
        command.CommandText = $"SELECT count(*) FROM '{parquet}/events.parquet' WHERE length(sha256) <> 64 OR \"length\" <= 0";
        Assert.Equal(0L, Convert.ToInt64(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void What_cannot_be_written_is_not_recorded()
    {
        Directory.CreateDirectory(_folder.Of("out"));
        string blocked = _folder.Add("file", []) + "/below";
        string head = Head();

        Assert.Throws<ExportException>(() => CaseExport.Write(_folder.Case, ExportFormat.CaseUco, _folder.Of("out"), _folder.Actor));
        Assert.Throws<ExportException>(() => CaseExport.Write(_folder.Case, ExportFormat.Parquet, blocked, _folder.Actor));
        Assert.Throws<ArgumentException>(() => CaseExport.Write(_folder.Case, ExportFormat.Csv, _folder.Case + "/csv", _folder.Actor));
        Assert.Equal(CaseFault.NotACase, Assert.Throws<CaseException>(() => CaseExport.Write(_folder.Evidence, ExportFormat.Csv, _folder.Of("x"), _folder.Actor)).Fault);
        Assert.Equal(head, Head());
    }

    private static string Id(JsonElement node, string property) => node.GetProperty(property).GetProperty("@id").GetString()!;

    private string Head()
    {
        using CaseReader opened = CaseReader.Open(_folder.Case);
        return opened.Head;
    }

    private ImmutableArray<ExportedFile> Export(ExportFormat format, string name) =>
        CaseExport.Write(_folder.Case, format, Path.Combine(_folder.Of("exports"), name), _folder.Actor);
}
