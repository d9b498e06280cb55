using System.CommandLine;
using Culprit.Cli.Terminal;

namespace Culprit.Cli.Commands;

/// <summary><c>culprit indicators</c>: everything about indicators that is not judging by them.</summary>
internal static class IndicatorsCommand
{
    /// <summary>The command's name.</summary>
    public const string Name = "indicators";

    public static Command Create(CliHost host) => CommandGroup.Create(
        host, Name, "Check, look up and build lists of indicators of named groups", "say what to do with indicators: match, check or build.",
        IndicatorsMatchCommand.Create(host), IndicatorsCheckCommand.Create(host), IndicatorsBuildCommand.Create(host));
}
