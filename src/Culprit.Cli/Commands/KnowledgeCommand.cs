using System.CommandLine;
using Culprit.Cli.Terminal;

namespace Culprit.Cli.Commands;

/// <summary><c>culprit knowledge</c>: what is publicly known of groups, and who said so.</summary>
internal static class KnowledgeCommand
{
    /// <summary>The command's name.</summary>
    public const string Name = "knowledge";

    public static Command Create(CliHost host) => CommandGroup.Create(
        host, Name, "Show, compare and update what is known of groups, software and techniques", "say what to do with knowledge: show, diff, update or build.",
        KnowledgeShowCommand.Create(host), KnowledgeDiffCommand.Create(host), KnowledgeUpdateCommand.Create(host), KnowledgeBuildCommand.Create(host));
}
