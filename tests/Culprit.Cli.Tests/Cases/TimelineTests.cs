using System.Text.Json;
using Sylvan.Data.Csv;

namespace Culprit.Cli.Tests.Cases;

public sealed class TimelineTests : IDisposable
{
    private readonly TestProgram _program = new();
    private readonly string _case;
    private readonly string _rule;

    public TimelineTests()
    {
        string evidence = Path.GetDirectoryName(_program.Write("evidence/one.evtx", TestEvidence.Log("PC-1", "do evil things \u001b[31m\u202e", "do good things")))!;
        _rule = _program.Write("evil.yml", TestEvidence.EvilRule);
        _case = Path.Combine(_program.Folder, "case");
        Assert.Equal(ExitCodes.Done, _program.Run("investigate", evidence, "--rules", _rule, "--no-default-rules", "--case", _case).Code);
    }

    public void Dispose() => _program.Dispose();

    [Fact]
    public void The_page_says_what_happened_where_and_where_it_is_written()
    {
        Outcome outcome = _program.Run("timeline", _case, "--all");

        Assert.Equal((ExitCodes.Done, ""), (outcome.Code, outcome.Error));
        Assert.Contains("PC-1", outcome.Out, StringComparison.Ordinal);
        Assert.Contains("one.evtx, byte ", outcome.Out, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', outcome.Out);
        Assert.DoesNotContain('\u202e', outcome.Out);
        Assert.EndsWith("1 event.\n", outcome.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "--host", "pc-1")]
    [InlineData(0, "--host", "pc-2")]
    [InlineData(0, "--account", "nobody")]
    [InlineData(0, "--until", "1990-01-01")]
    [InlineData(1, "--since", "1990-01-01")]
    [InlineData(1, "--min-level", "low")]
    public void Filters_leave_out_what_they_do_not_name(int expected, params string[] filter)
    {
        Outcome outcome = _program.Run(["timeline", _case, "--all", "--format", "jsonl", .. filter]);

        Assert.Equal(ExitCodes.Done, outcome.Code);
        Assert.Equal(expected, outcome.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public void Csv_and_timesketch_read_back()
    {
        using CsvDataReader plain = CsvDataReader.Create(new StringReader(_program.Run("timeline", _case, "--all", "--format", "csv").Out));
        Assert.True(plain.Read());
        Assert.Equal("PC-1", plain.GetString(plain.GetOrdinal("host")));
        Assert.Contains(@"\x1b[31m\u202e", plain.GetString(plain.GetOrdinal("message")), StringComparison.Ordinal);

        string file = Path.Combine(_program.Folder, "t.csv");
        Assert.Equal(ExitCodes.Done, _program.Run("timeline", _case, "--all", "--format", "timesketch", "--out", file).Code);
        using CsvDataReader timesketch = CsvDataReader.Create(file);
        Assert.Equal(["message", "datetime", "timestamp", "timestamp_desc"], Enumerable.Range(0, 4).Select(timesketch.GetName));

        using JsonDocument line = JsonDocument.Parse(_program.Run("timeline", _case, "--all", "--format", "timesketch").Out);
        Assert.Equal(JsonValueKind.Number, line.RootElement.GetProperty("timestamp").ValueKind);
    }

    [Fact]
    public void Hunts_answer_in_every_format()
    {
        Assert.Equal("n\r\n1\r\n", _program.Run("hunt", _case, "--sql", "SELECT count(*) AS n FROM findings", "--format", "csv").Out);
        Assert.Equal("{\"n\":\"1\",\"x\":null}\n", _program.Run("hunt", _case, "--sql", "SELECT count(*) AS n, NULL AS x FROM findings", "--format", "jsonl").Out);
        Assert.Equal("1.\n  n  a\\x1b[31m\n", _program.Run("hunt", _case, "--sql", "SELECT 'a' || chr(27) || '[31m' AS n").Out);
        Outcome sigma = _program.Run("hunt", _case, "--sigma", _rule, "--format", "jsonl");
        Assert.Equal(ExitCodes.Done, sigma.Code);
        Assert.Contains(" judged by 1 rule: those of incidents, as the case keeps no others.", sigma.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("timeline", "{case}", "--phase", "nonsense")]
    [InlineData("timeline", "{case}", "--incident", "999")]
    [InlineData("timeline", "{case}", "--format", "xml")]
    [InlineData("timeline", "{case}", "--since", "2024-01-02", "--until", "2024-01-01")]
    [InlineData("timeline", "{folder}/evidence")]
    [InlineData("timeline", "{folder}/nowhere")]
    [InlineData("hunt", "{case}")]
    [InlineData("hunt", "{case}", "--sql", "SELECT 1", "--sigma", "x.yml")]
    [InlineData("hunt", "{case}", "--sql", "DROP TABLE findings")]
    [InlineData("hunt", "{case}", "--sigma", "{folder}/nowhere.yml")]
    [InlineData("export", "{case}", "--format", "pdf", "--out", "{folder}/x")]
    [InlineData("export", "{case}", "--format", "csv")]
    [InlineData("export", "{case}", "--out", "{folder}/x")]
    [InlineData("export", "{case}", "--format", "csv", "--out", "{case}/x")]
    [InlineData("export", "{folder}/evidence", "--format", "csv", "--out", "{folder}/x")]
    public void Wrong_arguments_do_nothing(params string[] args)
    {
        Outcome outcome = _program.Run([.. args.Select(a => a.Replace("{case}", _case, StringComparison.Ordinal).Replace("{folder}", _program.Folder, StringComparison.Ordinal))]);

        Assert.Equal((ExitCodes.Usage, ""), (outcome.Code, outcome.Out));
        Assert.StartsWith("culprit: ", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Output_that_cannot_be_written_and_a_broken_database_are_said()
    {
        Assert.Equal(ExitCodes.NotWritten, _program.Run("timeline", _case, "--all", "--out", _program.Folder).Code);
        Assert.Equal(ExitCodes.NotWritten, _program.Run("hunt", _case, "--sql", "SELECT 1", "--out", _program.Folder).Code);
        Assert.Equal(ExitCodes.NotWritten, _program.Run("export", _case, "--format", "case-uco", "--out", _program.Folder).Code);

        File.WriteAllText(Path.Combine(_case, "case.duckdb"), "nothing");
        Outcome broken = _program.Run("timeline", _case);
        Assert.Equal(ExitCodes.Failed, broken.Code);
        Assert.Contains("case.duckdb is not what was written", broken.Error, StringComparison.Ordinal);
    }
}
