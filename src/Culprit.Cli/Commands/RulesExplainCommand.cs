using System.CommandLine;
using System.Globalization;
using Culprit.Cli.Rules;
using Culprit.Cli.Summary;
using Culprit.Cli.Terminal;
using Culprit.Evidence;
using Culprit.Findings;

namespace Culprit.Cli.Commands;

/// <summary><c>culprit rules explain</c>: why a rule does or does not match a record, step by step.</summary>
internal static class RulesExplainCommand
{
    public static Command Create(CliHost host)
    {
        var rule = new Argument<string>("RULE") { Description = "A rule's id, name or title, or a rule file" };
        var file = new Argument<string>("FILE[#RECORD]") { Description = "A log file and, behind '#', the record's number" };
        var rules = new RuleOptions();
        var slack = new Option<bool>("--slack") { Description = "Also recover deleted records from the unused space of event logs" };
        var command = new Command("explain", "Show step by step why a rule does or does not match a record") { rule, file };
        rules.AddTo(command);
        command.Add(slack);
        command.SetAction(parsed => Run(
            parsed.GetRequiredValue(rule), parsed.GetRequiredValue(file), rules.Read(parsed), parsed.GetValue(slack), host));
        return command;
    }

    private static int Run(string wanted, string file, RuleChoice choice, bool slack, CliHost host)
    {
        RuleCatalog catalog;
        RuleInfo rule;
        try
        {
            bool isFile = File.Exists(wanted);
            catalog = RuleLoader.Load(isFile ? choice with { Paths = [wanted, .. choice.Paths], Defaults = false } : choice, host);
            string shown = wanted.Replace('\\', '/');
            RuleInfo[] found = isFile ? [.. catalog.Rules.Where(r => r.Path == shown || r.Path == wanted)] : [.. catalog.Find(wanted).Where(static r => !r.IsCorrelation)];
            if (found.Length == 0)
            {
                return NoRule(wanted, isFile, catalog, host);
            }

            rule = found[0];
            foreach (RuleInfo other in found.Skip(1))
            {
                host.Error.WriteLine($"culprit: '{host.Safe(wanted)}' also means {host.Safe(other.Title)} ({host.Safe(other.Path)}), which is not explained here.");
            }
        }
        catch (RuleFileException e)
        {
            host.Error.WriteLine("culprit: rules: " + host.Safe(e.Message));
            return ExitCodes.Usage;
        }

        (string path, long? record) = SplitRecord(file);
        RuleExplanation explanation = RuleExplainer.Explain(catalog, rule, path, record, new EvidenceOptions { IncludeSlack = slack }, host.Stop);
        return Show(rule, explanation, path, record, host);
    }

    private static int NoRule(string wanted, bool isFile, RuleCatalog catalog, CliHost host)
    {
        if (isFile)
        {
            host.Error.WriteLine($"culprit: no detection rule could be loaded from {host.Safe(wanted)}.");
            foreach (RuleProblem problem in catalog.Problems.Where(static p => p.Severity == RuleProblemSeverity.Error))
            {
                ProblemText.Write(host.Error, problem, host);
            }
        }
        else
        {
            host.Error.WriteLine($"culprit: no rule has the id, name or title '{host.Safe(wanted)}', and it is no file. 'culprit rules list' lists all.");
        }

        return ExitCodes.Failed;
    }

    // A '#' may be part of a file's name: it separates only where what is before it exists or what is whole does not.
    private static (string Path, long? Record) SplitRecord(string file)
    {
        int hash = file.LastIndexOf('#');
        return hash > 0 && !File.Exists(file)
            && long.TryParse(file.AsSpan(hash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out long record)
            ? (file[..hash], record)
            : (file, null);
    }

    private static int Show(RuleInfo rule, RuleExplanation explanation, string path, long? record, CliHost host)
    {
        TextWriter output = host.Out;
        output.WriteLine($"Rule     {host.Safe(rule.Title)} ({Words.Level(rule.Level)})");
        output.WriteLine($"         {host.Safe(rule.Path)}:{rule.Line}");
        foreach (SourceCoverage source in explanation.Coverage.Sources.Where(static s => s.NotReadReason.Length > 0))
        {
            host.Error.WriteLine($"culprit: {host.Safe(source.Source.Path)}: {host.Safe(source.NotReadReason)}");
        }

        if (explanation.Record is not { } explained)
        {
            host.Error.WriteLine(record is null
                ? $"culprit: no record could be read from {host.Safe(path)}."
                : $"culprit: {host.Safe(path)} has no record {record}.");
            return explanation.Coverage.RecordsGood == 0 ? ExitCodes.NotRead : ExitCodes.Failed;
        }

        output.WriteLine($"Record   {(explained.RecordId >= 0 ? explained.RecordId.ToString(CultureInfo.InvariantCulture) : "-")} of {host.Safe(explained.Place.Source.Path)}, byte {explained.Place.Offset}, {Words.Time(explained.Time)} UTC, {host.Safe(explained.LogSource)}");
        output.WriteLine(explained.Matched ? "Verdict  the rule matches" : "Verdict  the rule does not match");
        output.WriteLine();
        output.WriteLine($"{Mark(explained.LogSourceAccepted)} log source {host.Safe(rule.LogSource)}"
            + (explained.LogSourceAccepted ? "" : ": the record is of another log, so that the rule does not speak of it"));
        foreach (ExplainedStep step in explained.Steps)
        {
            output.WriteLine($"{new string(' ', 2 * (step.Depth + 1))}{Mark(step.Result)} {host.Safe(step.Text)}");
        }

        output.WriteLine();
        output.WriteLine($"The rule matches {Words.Number(explanation.MatchingRecords)} of {Words.Count(explanation.Coverage.RecordsGood, "record")} in {host.Safe(path)}.");
        return ExitCodes.Done;
    }

    private static string Mark(bool result) => result ? "yes" : "no ";
}
