using System.Text.Encodings.Web;
using System.Text.Json;
using Culprit.Cli.Indicators;
using Culprit.Cli.Summary;
using Culprit.Evidence;
using Culprit.Findings;

namespace Culprit.Cli.Output;

/// <summary>Writes what was read and what was not, source by source, as <c>docs/cli.md</c> describes it.</summary>
internal static class CoverageJson
{
    public static void Write(Stream output, Coverage coverage, RuleCatalog rules, IndicatorsNotUsed indicatorsNotUsed, NotJudged notJudged)
    {
        using var json = new Utf8JsonWriter(
            output, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteString("tool"u8, ToolVersion.Text);
        Rules(json, rules);
        json.WriteStartObject("indicators"u8);
        json.WriteString("sha256"u8, rules.IndicatorsHash);
        json.WriteNumber("loaded"u8, rules.IndicatorCount);
        json.WriteNumber("refused"u8, indicatorsNotUsed.Refused);
        JsonArrays.Strings(json, "files_left_out", indicatorsNotUsed.Files);
        JsonArrays.Each(json, "lists_not_used", indicatorsNotUsed.Lists, static (json, list) =>
        {
            json.WriteString("path"u8, list.Path);
            json.WriteString("reason"u8, list.Reason);
        });
        JsonArrays.Each(json, "folders_not_read", indicatorsNotUsed.Folders, static (json, folder) =>
        {
            json.WriteString("path"u8, folder.Path);
            json.WriteString("reason"u8, folder.Reason);
        });
        json.WriteEndObject();
        json.WriteBoolean("stopped"u8, coverage.Stopped);
        json.WriteNumber("bytes_given"u8, coverage.BytesGiven);
        json.WriteNumber("bytes_read"u8, coverage.BytesRead);
        json.WriteNumber("bytes_not_read"u8, coverage.BytesNotRead);
        json.WriteNumber("records_good"u8, coverage.RecordsGood);
        json.WriteNumber("records_bad"u8, coverage.RecordsBad);
        json.WriteNumber("records_outside_time_range"u8, notJudged.OutsideTimeRange);
        json.WriteNumber("records_with_more_indicators"u8, notJudged.RecordsWithMoreIndicators);
        json.WriteStartArray("sources"u8);
        foreach (SourceCoverage source in coverage.Sources)
        {
            Source(json, source);
            if (json.BytesPending > 64 * 1024)
            {
                json.Flush();
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        output.WriteByte((byte)'\n');
    }

    private static void Rules(Utf8JsonWriter json, RuleCatalog rules)
    {
        json.WriteStartObject("rules"u8);
        json.WriteString("sha256"u8, rules.ContentHash);
        json.WriteNumber("loaded"u8, rules.Rules.Length);
        json.WriteNumber("correlations"u8, rules.Correlations.Length);
        json.WriteNumber("filters"u8, rules.FilterCount);
        json.WriteNumber("refused"u8, rules.RefusedCount);
        json.WriteString("minimum_level"u8, Words.Level(rules.MinimumLevel));
        JsonArrays.Each(json, "problems", rules.Problems.Where(static p => p.Severity == RuleProblemSeverity.Error), static (json, problem) =>
        {
            json.WriteString("code"u8, problem.Code);
            json.WriteString("path"u8, problem.Path);
            json.WriteNumber("line"u8, problem.Line);
            json.WriteNumber("column"u8, problem.Column);
            json.WriteString("message"u8, problem.Message);
        });
        json.WriteEndObject();
    }

    private static void Source(Utf8JsonWriter json, SourceCoverage source)
    {
        json.WriteStartObject();
        json.WriteString("path"u8, source.Source.Path);
        json.WriteString("format"u8, source.Format);
        json.WriteString("sha256"u8, source.Source.Sha256);
        json.WriteNumber("length"u8, source.Source.Length);
        json.WriteNumber("bytes_read"u8, source.BytesRead);
        json.WriteNumber("bytes_not_read"u8, source.BytesNotRead);
        json.WriteString("not_read_reason"u8, source.NotReadReason);
        json.WriteNumber("records_good"u8, source.RecordsGood);
        json.WriteNumber("records_bad"u8, source.RecordsBad);
        json.WriteNumber("records_nameless"u8, source.RecordsNameless);
        json.WriteString("first"u8, Words.Iso(source.First));
        json.WriteString("last"u8, Words.Iso(source.Last));
        json.WriteString("time_assumption"u8, source.TimeAssumption);
        JsonArrays.Strings(json, "hosts", source.Hosts);
        JsonArrays.Each(json, "problems", source.Problems, static (json, problem) =>
        {
            json.WriteNumber("offset"u8, problem.Offset);
            json.WriteString("message"u8, problem.Message);
        });
        json.WriteNumber("more_problems"u8, source.MoreProblems);
        json.WriteEndObject();
    }
}
