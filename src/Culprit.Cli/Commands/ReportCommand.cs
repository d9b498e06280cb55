using System.CommandLine;
using Culprit.Cases;
using Culprit.Cli.Cases;
using Culprit.Cli.Pdf;
using Culprit.Cli.Terminal;
using Culprit.Dossier;
using Culprit.Dossier.Redaction;

namespace Culprit.Cli.Commands;

/// <summary><c>culprit report</c>: a case as one HTML file and a PDF.</summary>
internal static class ReportCommand
{
    private const string Html = "dossier.html";
    private const string Pdf = "dossier.pdf";
    private const string Key = "redaction-key.json";

    private static readonly string[] KindWords = ["accounts", "hosts", "addresses"];

    public static Command Create(CliHost host)
    {
        var folder = new Argument<string>("CASE") { Description = "The case's folder" };
        var output = new Option<string?>("--out") { Description = "Write dossier.html and dossier.pdf to this folder, rather than into the case", HelpName = "DIR" }.OutsideCases();
        var redact = new Option<string[]>("--redact")
        {
            Description = "Replace names by pseudonyms: accounts, hosts, addresses, or several with commas; needs --out",
            HelpName = "KINDS",
            CustomParser = static result => [.. result.Tokens.SelectMany(static token => Split(token.Value))],
        };
        redact.Validators.Add(static result =>
        {
            foreach (string word in result.Tokens.SelectMany(static token => Split(token.Value)).Where(static word => !KindWords.Contains(word, StringComparer.Ordinal)))
            {
                result.AddError($"'{word}' cannot be redacted; name accounts, hosts or addresses.");
            }
        });
        var key = new Option<string?>("--key") { Description = "Write the pseudonyms' key to this file, rather than to redaction-key.json in the working folder", HelpName = "FILE" }.OutsideCases();
        var noPdf = new Option<bool>("--no-pdf") { Description = "Write the HTML file alone" };
        var command = new Command("report", "Write a case as a dossier: one HTML file and a PDF") { folder.WithoutOptions(), output, redact, key, noPdf };
        command.SetAction((parsed, _) => RunAsync(
            new Request(parsed.GetRequiredValue(folder), parsed.GetValue(output), Kinds(parsed.GetValue(redact) ?? []), parsed.GetValue(key) ?? Key, !parsed.GetValue(noPdf)), host));
        return command;
    }

    private static async Task<int> RunAsync(Request request, CliHost host)
    {
        if (request.Kinds is not RedactionKinds.None && request.Output is null)
        {
            return await UsageAsync(host, "a dossier without the names is to be handed on: give it a folder of its own with --out.");
        }

        if (request.Kinds is not RedactionKinds.None && SameFolder(Path.GetDirectoryName(Path.GetFullPath(request.Key)), Path.GetFullPath(request.Output!)))
        {
            return await UsageAsync(host, "the key would lie beside the dossier that it opens; give another folder with --out or another file with --key.");
        }

        // A PDF is printed from a file; the case gets both in one commit, and another folder gets what is whole.
        string work = Directory.CreateTempSubdirectory("culprit-report-").FullName;
        try
        {
            if (request.Output is null)
            {
                CaseRecorder.RequireWritable(request.Case);
            }

            DossierInput input = CaseDossier.Read(request.Case, problem => CaseText.TellOfSignature(problem, request.Case, host));
            if (request.Kinds is not RedactionKinds.None)
            {
                (input, RedactionKey key) = Redactor.Apply(input, request.Kinds);
                await using FileStream keyStream = File.Create(request.Key);
                key.Write(keyStream);
                await host.Out.WriteLineAsync($"{host.Safe(request.Key)}  the key: whoever has it and the dossier has the names");
            }

            string html = Path.Combine(work, Html);
            await using (FileStream stream = File.Create(html))
            {
                await DossierHtml.RenderAsync(input, stream);
            }

            int code = request.WithPdf ? await PrintAsync(html, Path.Combine(work, Pdf), host) : ExitCodes.Done;
            if (code != ExitCodes.Interrupted)
            {
                await KeepAsync(request, work, host);
            }

            return code;
        }
        catch (Exception e) when (CaseText.CodeOf(e) is { } fault)
        {
            return CaseText.Complain(e, fault, request.Output is { } named && e is not CaseException ? named : request.Case, host);
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    private static async Task KeepAsync(Request request, string work, CliHost host)
    {
        string[] made = [.. new[] { Html, Pdf }.Where(name => File.Exists(Path.Combine(work, name)))];
        if (request.Output is { } folder)
        {
            Directory.CreateDirectory(folder);
            foreach (string name in made)
            {
                OutputFile.Write(Path.Combine(folder, name), output => CopyTo(output, Path.Combine(work, name)));
                await host.Out.WriteLineAsync(host.Safe(Path.Combine(folder, name)));
            }

            return;
        }

        CaseActor actor = CaseActors.Current(host);
        try
        {
            CaseRecorder.Add(
                request.Case,
                made.ToDictionary(
                    static name => name == Html ? CaseDossier.HtmlName : CaseDossier.PdfName,
                    name => new Action<Stream>(output => CopyTo(output, Path.Combine(work, name))),
                    StringComparer.Ordinal),
                $"Wrote the dossier: {string.Join(" and ", made)}.",
                actor);
        }
        finally
        {
            actor.Signer?.Dispose();
        }

        foreach (string name in made)
        {
            await host.Out.WriteLineAsync(host.Safe(Path.Combine(request.Case, "report", name)));
        }
    }

    private static void CopyTo(Stream output, string path)
    {
        using FileStream file = File.OpenRead(path);
        file.CopyTo(output);
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

        return ExitCodes.Done;
    }

    private static async Task<int> UsageAsync(CliHost host, string message)
    {
        await host.Error.WriteLineAsync("culprit: " + message);
        return ExitCodes.Usage;
    }

    private static string[] Split(string words) => words.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static RedactionKinds Kinds(string[] words) => words.Aggregate(RedactionKinds.None, static (kinds, word) => kinds | word switch
    {
        "accounts" => RedactionKinds.Accounts,
        "hosts" => RedactionKinds.Hosts,
        _ => RedactionKinds.Addresses,
    });

    private static bool SameFolder(string? a, string b) =>
        string.Equals(a?.TrimEnd(Path.DirectorySeparatorChar), b.TrimEnd(Path.DirectorySeparatorChar), OperatingSystem.IsLinux() ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase);

    private sealed record Request(string Case, string? Output, RedactionKinds Kinds, string Key, bool WithPdf);
}
