using System.CommandLine;
using Culprit.Cli.Terminal;

namespace Culprit.Cli.Commands;

/// <summary>Commands that do nothing by themselves: what to do is said by the command behind them.</summary>
internal static class CommandGroup
{
    /// <summary>A command that asks for one of <paramref name="commands"/> where none is given.</summary>
    public static Command Create(CliHost host, string name, string description, string question, params ReadOnlySpan<Command> commands)
    {
        var group = new Command(name, description);
        foreach (Command command in commands)
        {
            group.Add(command);
        }

        group.SetAction(_ =>
        {
            host.Error.WriteLine($"culprit: {question}");
            host.Error.WriteLine($"Try 'culprit {name} --help'.");
            return ExitCodes.Usage;
        });
        return group;
    }
}
