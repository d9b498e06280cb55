using System.CommandLine;
using Culprit.Cli.Terminal;

namespace Culprit.Cli.Commands;

/// <summary><c>culprit rules</c>: everything about rules that is not judging by them.</summary>
internal static class RulesCommand
{
    public static Command Create(CliHost host) => CommandGroup.Create(
        host, "rules", "List, check, explain and install Sigma rules", "say what to do with rules: list, check, explain or update.",
        RulesListCommand.Create(host), RulesCheckCommand.Create(host), RulesExplainCommand.Create(host), RulesUpdateCommand.Create(host));
}
