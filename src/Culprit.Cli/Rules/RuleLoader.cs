using Culprit.Cli.Commands;
using Culprit.Cli.Terminal;
using Culprit.Findings;

namespace Culprit.Cli.Rules;

/// <summary>Loads the rules that a command is to use.</summary>
internal static class RuleLoader
{
    /// <summary>Reads and resolves the rules that <paramref name="choice"/> means.</summary>
    /// <exception cref="RuleFileException">Something that the user named cannot be read.</exception>
    public static RuleCatalog Load(RuleChoice choice, CliHost host) =>
        RuleCatalog.Load(
            RuleFileGatherer.Gather(choice, host),
            choice.LogSources is null ? null : RuleFileGatherer.From(choice.LogSources, host)[0],
            ToolVersion.Number,
            RuleCacheFile.ForUser(host.Environment));
}
