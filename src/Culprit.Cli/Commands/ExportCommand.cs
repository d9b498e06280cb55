using System.Collections.Immutable;
using System.CommandLine;
using Culprit.Cases;
using Culprit.Cli.Cases;
using Culprit.Cli.Summary;
using Culprit.Cli.Terminal;

namespace Culprit.Cli.Commands;

/// <summary><c>culprit export</c>: hands a case on in a form that other programs read.</summary>
internal static class ExportCommand
{
    public static Command Create(CliHost host)
    {
        var folder = new Argument<string>("CASE") { Description = "The case's folder" };
        Option<ExportFormat> format = ChoiceOption.Required<ExportFormat>(
            "--format", "In what form", [.. Enum.GetValues<ExportFormat>().Select(static f => (CaseExport.NameOf(f), f))]);
        var output = new Option<string>("--out") { Description = "The file to write; for csv and parquet a folder", HelpName = "PATH", Required = true }.OutsideCases();
        var command = new Command("export", "Hand a case on in a form that other programs read") { folder.WithoutOptions(), format, output };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(folder), parsed.GetRequiredValue(format), parsed.GetRequiredValue(output), host));
        return command;
    }

    private static int Run(string folder, ExportFormat format, string output, CliHost host)
    {
        if (output.Length == 0)
        {
            host.Error.WriteLine("culprit: --out names nothing.");
            return ExitCodes.Usage;
        }

        // Before a key is made for a case that is not there.
        int usable = CaseText.Read(folder, host, static _ => ExitCodes.Done);
        if (usable != ExitCodes.Done)
        {
            return usable;
        }

        try
        {
            return CaseText.Change(
                folder,
                host,
                actor =>
                {
                    ImmutableArray<ExportedFile> files = CaseExport.Write(folder, format, output, actor);
                    foreach (ExportedFile file in files)
                    {
                        host.Out.WriteLine($"{host.Safe(file.Path)}  {Words.Bytes(file.Size)}  SHA-256 {file.Sha256}");
                    }
                },
                usage: "");
        }
        catch (ArgumentException e)
        {
            host.Error.WriteLine($"culprit: --out: {host.Safe(e.Message)}");
            return ExitCodes.Usage;
        }
        catch (ExportException e)
        {
            host.Error.WriteLine($"culprit: the export cannot be written to {host.Safe(output)}: {host.Safe(e.Message.TrimEnd('.'))}.");
            return ExitCodes.NotWritten;
        }
    }
}
