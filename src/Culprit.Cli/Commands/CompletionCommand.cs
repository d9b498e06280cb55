using System.CommandLine;
using Culprit.Cli.Completion;
using Culprit.Cli.Terminal;

namespace Culprit.Cli.Commands;

/// <summary><c>culprit completion</c>: scripts that complete Culprit's commands and options in a shell.</summary>
internal static class CompletionCommand
{
    public static Command Create(CliHost host)
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh or powershell" };
        shell.AcceptOnlyFromAmong("bash", "zsh", "powershell");
        var command = new Command("completion", "Write a completion script for a shell") { shell };
        command.SetAction(parsed =>
        {
            CompletionNode root = CompletionNode.Of(CommandTree.Create(host));
            host.Out.Write(parsed.GetRequiredValue(shell) switch
            {
                "bash" => BashCompletion.Script(root),
                "zsh" => ZshCompletion.Script(root),
                _ => PowerShellCompletion.Script(root),
            });
            return ExitCodes.Done;
        });
        return command;
    }
}
