using System.CommandLine;
using Culprit.Cli.Rules;
using Culprit.Cli.Summary;
using Culprit.Cli.Terminal;

namespace Culprit.Cli.Commands;

/// <summary><c>culprit rules update</c>: installs a public rule set.</summary>
internal static class RulesUpdateCommand
{
    public static Command Create(CliHost host)
    {
        var from = new Option<string>("--from")
        {
            Description = "Where the rules are: a folder, a zip archive, or the https address of a zip archive",
            HelpName = "DIR|ZIP|URL",
            Required = true,
        };
        var name = new Option<string>("--name")
        {
            Description = "The name to install them under; what had that name is replaced",
            HelpName = "NAME",
            DefaultValueFactory = static _ => "public",
        };
        var command = new Command("update", "Install a public rule set, whole or not at all") { from, name };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(from), parsed.GetRequiredValue(name), host));
        return command;
    }

    private static int Run(string from, string name, CliHost host)
    {
        if (name.Length is 0 or > 64 || name.Any(static c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_')))
        {
            host.Error.WriteLine("culprit: --name takes up to 64 letters, digits, '-' and '_'.");
            return ExitCodes.Usage;
        }

        try
        {
            InstallReport report = RuleInstaller.Install(from, name, host);
            host.Out.WriteLine($"Installed {Words.Count(report.Rules, "rule")}"
                + (report.Correlations > 0 ? $" and {Words.Count(report.Correlations, "correlation")}" : "")
                + $" as {host.Safe(report.Path)}.");
            if (report.Refused > 0)
            {
                host.Out.WriteLine($"{Words.Count(report.Refused, "rule")} of the set cannot be used ('culprit rules check' says why).");
            }

            if (report.LeftOut > 0)
            {
                host.Out.WriteLine($"{Words.Count(report.LeftOut, "file")} left out: not a rule, or withdrawn by the set's authors.");
            }

            return ExitCodes.Done;
        }
        catch (RuleFileException e)
        {
            host.Error.WriteLine("culprit: nothing was installed: " + host.Safe(e.Message.TrimEnd('.')) + ".");
            return ExitCodes.NotRead;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            host.Error.WriteLine("culprit: nothing was installed: " + host.Safe(e.Message));
            return ExitCodes.NotWritten;
        }
    }
}
