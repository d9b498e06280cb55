using System.Collections.Immutable;
using System.CommandLine;
using Culprit.Cli.Indicators;
using Culprit.Cli.Output;
using Culprit.Cli.Terminal;
using Culprit.Knowledge;

namespace Culprit.Cli.Commands;

/// <summary><c>culprit indicators build</c>: packs lists into one file, such as the one that the program brings.</summary>
internal static class IndicatorsBuildCommand
{
    public static Command Create(CliHost host)
    {
        var from = new Option<string>("--from") { Description = "The lists: a folder, or one file", HelpName = "FOLDER", Required = true };
        var output = new Option<string>("--out") { Description = $"The file to write; its name ends in {IndicatorFile.PackedEnding}", HelpName = "FILE", Required = true }.OutsideCases();
        var index = new Option<string?>("--index") { Description = "Another file to write: the index that the program brings beside its own lists", HelpName = "FILE" }.OutsideCases();
        var command = new Command("build", "Pack lists of indicators into one file that loads in an instant") { from, output, index };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(from), parsed.GetRequiredValue(output), parsed.GetValue(index), host));
        return command;
    }

    private static int Run(string from, string output, string? index, CliHost host)
    {
        if (!output.EndsWith(IndicatorFile.PackedEnding, StringComparison.OrdinalIgnoreCase))
        {
            host.Error.WriteLine($"culprit: --out names a file that does not end in {IndicatorFile.PackedEnding}, by which it is known again.");
            return ExitCodes.Usage;
        }

        try
        {
            GatheredIndicators gathered = IndicatorFileGatherer.From([from]);
            IndicatorSet set = IndicatorSet.Read(gathered.Files.TakeWhile(_ => !host.Stop.IsCancellationRequested), basis: null, out ImmutableArray<IndicatorFileReport> reports);
            UnreadFolder.Tell(gathered.NotRead, host);
            IndicatorReportText.WriteLeftOut(host.Out, gathered, host);
            if (Array.Find([.. reports], static r => r.Error.Length > 0) is { } broken)
            {
                host.Error.WriteLine($"culprit: indicators: {host.Safe(broken.Name)}: {host.Safe(broken.Error)}; nothing was written.");
                return ExitCodes.Failed;
            }

            if (gathered.NotRead.Count > 0)
            {
                // Who uses the packed file does not learn that something is missing in it.
                host.Error.WriteLine("culprit: indicators: what is left out may hold lists; nothing was written.");
                return ExitCodes.Failed;
            }

            host.Stop.ThrowIfCancellationRequested();
            int code = ResultOutput.Write(output, host, set.WriteTo);
            if (code == ExitCodes.Done && index is not null)
            {
                code = ResultOutput.Write(index, host, set.WriteIndex);
            }

            if (code == ExitCodes.Done)
            {
                foreach (IndicatorFileReport report in reports)
                {
                    IndicatorReportText.WriteWarnings(host.Out, report, host);
                }

                IndicatorReportText.WriteTotals(host.Out, reports, set);
            }

            return code;
        }
        catch (InvalidDataException e)
        {
            host.Error.WriteLine($"culprit: --index: {host.Safe(e.Message)}; no index was written.");
            return ExitCodes.Failed;
        }
        catch (IndicatorFileException e)
        {
            host.Error.WriteLine($"culprit: indicators: {host.Safe(e.Message.TrimEnd('.'))}.");
            return ExitCodes.Usage;
        }
    }
}
