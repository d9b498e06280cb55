using System.Collections.Immutable;
using System.CommandLine;
using Culprit.Cli.Indicators;
using Culprit.Cli.Terminal;
using Culprit.Knowledge;

namespace Culprit.Cli.Commands;

/// <summary><c>culprit indicators check</c>: says what of a list is taken, and what is refused and why.</summary>
internal static class IndicatorsCheckCommand
{
    public static Command Create(CliHost host)
    {
        var paths = new Argument<string[]>("PATH")
        {
            Description = "Lists of indicators: one value a line, STIX, MISP JSON, or folders of them",
            Arity = ArgumentArity.OneOrMore,
        };
        var command = new Command("check", "Say what is read of lists and what is refused; exit code 1 where a file or folder could not be read") { paths.WithoutOptions() };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(paths), host));
        return command;
    }

    private static int Run(string[] paths, CliHost host)
    {
        try
        {
            GatheredIndicators gathered = IndicatorFileGatherer.From(paths);
            IndicatorSet set = IndicatorSet.Read(gathered.Files.TakeWhile(_ => !host.Stop.IsCancellationRequested), basis: null, out ImmutableArray<IndicatorFileReport> reports);
            host.Stop.ThrowIfCancellationRequested();
            UnreadFolder.Tell(gathered.NotRead, host);
            foreach (IndicatorFileReport report in reports)
            {
                IndicatorReportText.WriteRefusals(host.Out, report, host);
            }

            IndicatorReportText.WriteLeftOut(host.Out, gathered, host);
            IndicatorReportText.WriteTotals(host.Out, reports, set);
            return gathered.NotRead.Count > 0 || reports.Any(static r => r.Error.Length > 0) || set.Count == 0 ? ExitCodes.Failed : ExitCodes.Done;
        }
        catch (IndicatorFileException e)
        {
            host.Error.WriteLine($"culprit: indicators: {host.Safe(e.Message.TrimEnd('.'))}.");
            return ExitCodes.Usage;
        }
    }
}
