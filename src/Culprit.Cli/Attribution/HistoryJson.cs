using System.Text.Encodings.Web;
using System.Text.Json;
using Culprit.Attribution;
using Culprit.Cli.Output;

namespace Culprit.Cli.Attribution;

/// <summary>The result of an evaluation as JSON Lines, each with the kind of what it holds, described in docs/cli.md.</summary>
internal static class HistoryJson
{
    /// <summary>Writes scores, words and false flags, and the cases where they are wanted.</summary>
    public static void Write(Stream stream, HistoryResult result, bool cases)
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        foreach (HistoryScore s in result.Scores.Concat(result.PlainScores))
        {
            Line(json, stream, "score", () =>
            {
                json.WriteString("cases"u8, s.Name);
                json.WriteNumber("known"u8, s.Known);
                json.WriteNumber("new"u8, s.New);
                Number(json, "top_1", s.Top1);
                Number(json, "top_3", s.Top3);
                Number(json, "top_5", s.Top5);
                Number(json, "top_10", s.Top10);
                Number(json, "coverage_at_95", s.Coverage);
                Number(json, "coverage_at_95_among_all", s.CoverageAmongAll);
                Number(json, "new_named", s.NewNamed);
                json.WriteNumber("named"u8, s.Named);
                json.WriteNumber("named_right"u8, s.NamedRight);
                json.WriteNumber("named_cluster_right"u8, s.NamedCluster);
                json.WriteNumber("named_countries"u8, s.NamedCountries);
                json.WriteNumber("named_countries_right"u8, s.NamedCountriesRight);
                Number(json, "calibration_error", s.CalibrationError);
                Number(json, "calibration_error_of_any", s.CalibrationErrorOfAny);
                Number(json, "country_top_1", s.CountryTop1);
                json.WriteNumber("country_cases"u8, s.CountryCases);
            });
        }

        foreach (WordReliability w in result.Model.Words)
        {
            Line(json, stream, "word", () =>
            {
                json.WriteString("word"u8, SnakeCase.Of(w.Likelihood));
                json.WriteNumber("count"u8, w.Count);
                json.WriteNumber("right"u8, w.Right);
                Number(json, "low", w.Low);
                Number(json, "high", w.High);
                json.WriteBoolean("usable"u8, w.Usable);
            });
        }

        foreach (FalseFlagScore f in result.FalseFlags)
        {
            Line(json, stream, "false_flag", () =>
            {
                json.WriteString("planted"u8, f.Name);
                json.WriteNumber("cases"u8, f.Cases);
                Number(json, "true_first", f.TrueFirst);
                Number(json, "true_first_before", f.TrueFirstBefore);
                Number(json, "planted_first", f.PlantedFirst);
                Number(json, "planted_likely", f.PlantedNamed);
                Number(json, "planted_more_than_likely", f.PlantedStrong);
            });
        }

        foreach (SaidScore s in result.Said)
        {
            Line(json, stream, "said", () =>
            {
                json.WriteString("cases"u8, s.Set);
                json.WriteString("said"u8, s.Said);
                json.WriteNumber("count"u8, s.Count);
                json.WriteNumber("right"u8, s.Right);
                json.WriteNumber("new"u8, s.New);
                Number(json, "low", s.Low);
                Number(json, "high", s.High);
            });
        }

        foreach (HistoryCase c in cases ? result.Cases : [])
        {
            Line(json, stream, "case", () =>
            {
                json.WriteString("cases"u8, c.Set);
                json.WriteString("case"u8, c.Case);
                json.WriteNumber("year"u8, c.Year);
                json.WriteString("group"u8, c.Group);
                json.WriteBoolean("known"u8, c.Known);
                json.WriteNumber("observed"u8, c.Observed);
                json.WriteNumber("shared"u8, c.Shared);
                json.WriteNumber("rank"u8, c.Rank);
                Number(json, "probability", c.Probability);
                json.WriteString("first"u8, c.Leader);
                Number(json, "first_probability", c.LeaderProbability);
                Number(json, "unknown_probability", c.UnknownProbability);
            });
        }
    }

    private static void Number(Utf8JsonWriter json, string name, double value) => json.WriteNumber(name, Math.Round(value, 6));

    private static void Line(Utf8JsonWriter json, Stream stream, string kind, Action write)
    {
        json.WriteStartObject();
        json.WriteString("kind"u8, kind);
        write();
        json.WriteEndObject();
        json.Flush();
        stream.Write("\n"u8);
        json.Reset();
    }
}
