using System.CommandLine;
using Culprit.Cli.Pdf;
using Culprit.Cli.Terminal;
using Culprit.Dossier;
using Culprit.Dossier.Redaction;

namespace Culprit.Cli.Commands;

/// <summary>Gives what a case folder holds; a message as a sentence without a full stop where it cannot be read.</summary>
/// <param name="path">The case folder.</param>
/// <param name="problem">Why there is nothing; empty otherwise.</param>
internal delegate DossierInput? DossierReader(string path, out string problem);

/// <summary><c>culprit report</c>: a case as one HTML file and a PDF.</summary>
internal static class ReportCommand
{
    private const string Html = "dossier.html";
    private const string Pdf = "dossier.pdf";
    private const string Key = "redaction-key.json";

    private static readonly string[] KindWords = ["accounts", "hosts", "addresses"];

    public static Command Create(CliHost host, DossierReader reader)
    {
        var folder = new Argument<string>("CASE") { Description = "The case folder" };
        var output = new Option<string>("--out", "-o") { Description = "Where dossier.html and dossier.pdf are written (default: the case folder; with --redact its folder 'redacted')", HelpName = "FOLDER" };
        var redact = new Option<string[]>("--redact")
        {
            Description = "Replace names by pseudonyms: accounts, hosts, addresses",
            HelpName = "KINDS",
            AllowMultipleArgumentsPerToken = false,
            CustomParser = static result => [.. result.Tokens.SelectMany(static token => token.Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))],
        };
        redact.Validators.Add(static result =>
        {
            foreach (string word in result.Tokens.SelectMany(static token => token.Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Where(static word => !KindWords.Contains(word, StringComparer.Ordinal)))
            {
                result.AddError($"'{word}' cannot be redacted; name accounts, hosts or addresses.");
            }
        });
        var key = new Option<string>("--key") { Description = "Where the pseudonyms' key is written (default: redaction-key.json in the case folder)", HelpName = "FILE" };
        var noPdf = new Option<bool>("--no-pdf") { Description = "Write the HTML file alone" };
        var command = new Command("report", "Write a case as a dossier: one HTML file and a PDF") { folder.WithoutOptions(), output, redact, key, noPdf };
        command.SetAction((parsed, _) => RunAsync(
            new Request(
                parsed.GetRequiredValue(folder), parsed.GetValue(output), Kinds(parsed.GetValue(redact) ?? []), parsed.GetValue(key), !parsed.GetValue(noPdf)),
            host, reader));
        return command;
    }

    private static async Task<int> RunAsync(Request request, CliHost host, DossierReader reader)
    {
        DossierInput? input = reader(request.Case, out string problem);
        if (input is null)
        {
            await host.Error.WriteLineAsync($"culprit: {host.Safe(request.Case)}: {host.Safe(problem)}");
            return ExitCodes.NotRead;
        }

        string folder = request.Output ?? (request.Kinds is RedactionKinds.None ? request.Case : Path.Combine(request.Case, "redacted"));
        string keyFile = request.Key ?? Path.Combine(request.Case, Key);
        if (request.Kinds is not RedactionKinds.None && SameFolder(Path.GetDirectoryName(Path.GetFullPath(keyFile)), Path.GetFullPath(folder)))
        {
            await host.Error.WriteLineAsync("culprit: the key would lie beside the dossier that it opens; give another folder with --out or another file with --key");
            return ExitCodes.Usage;
        }

        try
        {
            Directory.CreateDirectory(folder);
            if (request.Kinds is not RedactionKinds.None)
            {
                (input, RedactionKey key) = Redactor.Apply(input, request.Kinds);
                await using FileStream keyStream = File.Create(keyFile);
                key.Write(keyStream);
                await host.Out.WriteLineAsync($"{host.Safe(keyFile)}  the key: whoever has it and the dossier has the names");
            }

            string html = Path.Combine(folder, Html);
            await using (FileStream stream = File.Create(html))
            {
                await DossierHtml.RenderAsync(input, stream);
            }

            await host.Out.WriteLineAsync(host.Safe(html));
            return request.WithPdf ? await PrintAsync(html, Path.Combine(folder, Pdf), host) : ExitCodes.Done;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await host.Error.WriteLineAsync("culprit: " + host.Safe(e.Message));
            return ExitCodes.NotWritten;
        }
    }

    private static async Task<int> PrintAsync(string html, string pdf, CliHost host)
    {
        if (BrowserPrinter.Find(host.Environment, File.Exists) is not { } browser)
        {
            await host.Error.WriteLineAsync("culprit: " + BrowserPrinter.NoBrowser);
            return ExitCodes.NotWritten;
        }

        string problem = await BrowserPrinter.PrintAsync(browser, html, pdf, host.Stop);
        if (problem.Length > 0)
        {
            await host.Error.WriteLineAsync($"culprit: no PDF was written: {host.Safe(problem)}; the HTML file can be printed from any browser");
            return host.Stop.IsCancellationRequested ? ExitCodes.Interrupted : ExitCodes.NotWritten;
        }

        await host.Out.WriteLineAsync(host.Safe(pdf));
        return ExitCodes.Done;
    }

    private static RedactionKinds Kinds(string[] words) => words.Aggregate(RedactionKinds.None, static (kinds, word) => kinds | word switch
    {
        "accounts" => RedactionKinds.Accounts,
        "hosts" => RedactionKinds.Hosts,
        _ => RedactionKinds.Addresses,
    });

    private static bool SameFolder(string? a, string b) =>
        string.Equals(a?.TrimEnd(Path.DirectorySeparatorChar), b.TrimEnd(Path.DirectorySeparatorChar), OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase);

    private sealed record Request(string Case, string? Output, RedactionKinds Kinds, string? Key, bool WithPdf);
}
