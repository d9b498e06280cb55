using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Culprit.Cases;
using Culprit.Cli.Cases;
using Culprit.Cli.Output;
using Culprit.Cli.Rules;
using Culprit.Cli.Summary;
using Culprit.Cli.Terminal;
using Culprit.Findings;
using Culprit.Incidents;

namespace Culprit.Cli.Commands;

/// <summary><c>culprit hunt</c>: asks the events that a case keeps, in SQL or by Sigma rules.</summary>
internal static class HuntCommand
{
    private static readonly ImmutableArray<string?> Columns =
    [
        "time", "level", "rule", "rule_id", "host", "account", "summary", "matched", "events", "incident", "channel", "provider", "event_id",
        "record_id", "path", "sha256", "offset", "length", "identity",
    ];

    public static Command Create(CliHost host)
    {
        var folder = new Argument<string>("CASE") { Description = "The case's folder" };
        var sql = new Option<string?>("--sql") { Description = "One SELECT over the tables of the case; it can change nothing and reach no file", HelpName = "SELECT" };
        var sigma = new Option<string[]>("--sigma")
        {
            Description = "Judge the kept events by these Sigma rules: a file, a folder or a zip. May be given several times",
            HelpName = "FILE|DIR",
            Arity = ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = false,
        };
        Option<ResultFormat> format = ChoiceOption.Create(
            "--format", "How it is written", ResultFormat.Table, ("table", ResultFormat.Table), ("csv", ResultFormat.Csv), ("jsonl", ResultFormat.Jsonl));
        var output = new Option<string?>("--out") { Description = "Write it to this file rather than to standard output", HelpName = "FILE" }.OutsideCases();
        var command = new Command("hunt", "Ask the events that a case keeps, in SQL or by Sigma rules") { folder.WithoutOptions(), sql, sigma, format, output };
        command.SetAction(parsed => Run(
            parsed.GetRequiredValue(folder), parsed.GetValue(sql), parsed.GetValue(sigma) ?? [], parsed.GetValue(format), parsed.GetValue(output), host));
        return command;
    }

    private static int Run(string folder, string? sql, string[] sigma, ResultFormat format, string? output, CliHost host)
    {
        string usage = sql is null == (sigma.Length == 0) ? "give either --sql or --sigma."
            : sql is not null && string.IsNullOrWhiteSpace(sql) ? "--sql holds no query."
            : output is "" ? "--out names no file."
            : "";
        if (usage.Length > 0)
        {
            return Usage(host, usage);
        }

        try
        {
            return CaseText.Read(folder, host, opened => sql is not null ? Sql(opened, sql, format, output, host) : Sigma(opened, sigma, format, output, host));
        }
        catch (QueryException e)
        {
            return Usage(host, $"--sql: {e.Message}.");
        }
        catch (RuleFileException e)
        {
            return Usage(host, "--sigma: " + e.Message);
        }
    }

    private static int Sql(CaseReader opened, string sql, ResultFormat format, string? output, CliHost host)
    {
        long count = 0;
        int code = Write(format, output, host, rows =>
        {
            CaseHunt.Sql(opened, sql, rows.Write, host.Stop);
            count = rows.Count;
        });
        host.Error.WriteLine($"culprit: {Words.Count(count, "row")}.");
        return code;
    }

    private static int Sigma(CaseReader opened, string[] paths, ResultFormat format, string? output, CliHost host)
    {
        RuleCatalog rules = RuleLoader.Load(new RuleChoice(paths, Defaults: false, LogSources: null), host);
        foreach (RuleProblem problem in rules.Problems.Where(static p => p.Severity == RuleProblemSeverity.Error))
        {
            ProblemText.Write(host.Error, problem, host);
        }

        if (rules.Rules.IsEmpty)
        {
            return Usage(host, "--sigma: there is no rule that could be used.");
        }

        HuntResult result = CaseHunt.Sigma(opened, rules, host.Stop);
        int code = Write(format, output, host, rows =>
        {
            rows.Write(Columns);
            foreach (HuntHit hit in result.Hits)
            {
                rows.Write(Row(hit));
            }
        });
        host.Error.WriteLine($"culprit: {Words.Count(result.Hits.Length, "hit")}; {Words.Count(result.EventsJudged, "event")} judged by {Words.Count(rules.Rules.Length + rules.Correlations.Length, "rule")}: "
            + (result.AllEvents ? "all events of the evidence." : "those of incidents, as the case keeps no others."));
        return code;
    }

    private static int Write(ResultFormat format, string? output, CliHost host, Action<RowWriter> write) => format == ResultFormat.Table
        ? ResultOutput.WritePage(output, host, page => write(new RowWriter(format, page, page.OutStream)))
        : ResultOutput.Write(output, host, stream => write(new RowWriter(format, host, stream)));

    private static ImmutableArray<string?> Row(HuntHit hit)
    {
        IncidentEvent e = hit.Event;
        return
        [
            Words.Iso(e.Time), Words.Level(hit.Rule.Level), hit.Rule.Title, hit.Rule.Id, e.Host, e.Account, e.Summary,
            string.Join("; ", hit.Matched.Select(static m => m.Field.Length > 0 ? $"{m.Field}: {m.Value}" : m.Value)), Number(hit.EventCount),
            hit.Incident > 0 ? Number(hit.Incident) : null, e.Channel, e.Provider, e.EventId > 0 ? Number(e.EventId) : null,
            e.RecordId >= 0 ? Number(e.RecordId) : null, e.Places[0].Path, e.Places[0].Sha256, Number(e.Places[0].Offset), Number(e.Places[0].Length), e.Identity,
        ];
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static int Usage(CliHost host, string message)
    {
        host.Error.WriteLine("culprit: " + host.Safe(message));
        return ExitCodes.Usage;
    }
}
