using System.CommandLine;
using Culprit.Cli.Rules;
using Culprit.Cli.Summary;
using Culprit.Cli.Terminal;
using Culprit.Findings;

namespace Culprit.Cli.Commands;

/// <summary><c>culprit rules check</c>: says what is wrong with rules, and where.</summary>
internal static class RulesCheckCommand
{
    public static Command Create(CliHost host)
    {
        var paths = new Argument<string[]>("PATH")
        {
            Description = "Rule files, folders or zips of them; the rules that 'investigate' uses unless given",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var rules = new RuleOptions();
        var command = new Command("check", "Check rules and say what is wrong with them; exit code 1 where there is an error") { paths.WithoutOptions() };
        rules.AddTo(command);
        command.SetAction(parsed => Run(parsed.GetValue(paths) ?? [], rules.Read(parsed), host));
        return command;
    }

    private static int Run(string[] paths, RuleChoice choice, CliHost host)
    {
        RuleCatalog catalog;
        try
        {
            // Rules that the user names are checked on their own.
            RuleChoice checkedRules = paths.Length == 0 ? choice : choice with { Paths = [.. paths, .. choice.Paths], Defaults = false };
            catalog = RuleLoader.Load(checkedRules, host);
        }
        catch (RuleFileException e)
        {
            host.Error.WriteLine("culprit: rules: " + host.Safe(e.Message));
            return ExitCodes.Usage;
        }

        foreach (RuleProblem problem in catalog.Problems)
        {
            ProblemText.Write(host.Out, problem, host);
        }

        int errors = Count(catalog, RuleProblemSeverity.Error);
        int warnings = Count(catalog, RuleProblemSeverity.Warning);
        int remarks = Count(catalog, RuleProblemSeverity.Information);
        host.Out.WriteLine($"{Words.Count(catalog.Rules.Length, "rule")}, {Words.Count(catalog.Correlations.Length, "correlation")} and "
            + $"{Words.Count(catalog.FilterCount, "filter")} loaded, {Words.Number(catalog.RefusedCount)} refused: "
            + $"{Words.Count(errors, "error")}, {Words.Count(warnings, "warning")}, {Words.Count(remarks, "remark")}.");
        return errors > 0 || catalog.RefusedCount > 0 ? ExitCodes.Failed : ExitCodes.Done;
    }

    private static int Count(RuleCatalog catalog, RuleProblemSeverity severity) => catalog.Problems.Count(p => p.Severity == severity);
}
