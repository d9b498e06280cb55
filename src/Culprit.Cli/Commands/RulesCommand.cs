using System.CommandLine;
using Culprit.Cli.Terminal;

namespace Culprit.Cli.Commands;

/// <summary><c>culprit rules</c>: everything about rules that is not judging by them.</summary>
internal static class RulesCommand
{
    public static Command Create(CliHost host)
    {
        var command = new Command("rules", "List, check, explain and install Sigma rules")
        {
            RulesListCommand.Create(host),
            RulesCheckCommand.Create(host),
            RulesExplainCommand.Create(host),
            RulesUpdateCommand.Create(host),
        };
        command.SetAction(parsed =>
        {
            host.Error.WriteLine("culprit: say what to do with rules: list, check, explain or update.");
            host.Error.WriteLine("Try 'culprit rules --help'.");
            return ExitCodes.Usage;
        });
        return command;
    }
}
