using System.ComponentModel;
using System.Diagnostics;

namespace Culprit.Cli.Pdf;

/// <summary>
/// Prints an HTML file as a PDF with a browser that is installed. The browser runs without a window, with a profile of its
/// own that is removed afterwards, and reaches no network.
/// </summary>
internal static class BrowserPrinter
{
    /// <summary>What to do where there is no browser, as one sentence.</summary>
    public const string NoBrowser =
        "no PDF was written because no browser was found: install Chromium, Chrome or Edge, name one in CULPRIT_BROWSER, or print the HTML file from any browser";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>The browser: the one that CULPRIT_BROWSER names, or the first that is installed; null where there is none.</summary>
    public static string? Find(Func<string, string?> variable, Func<string, bool> exists)
    {
        if (variable("CULPRIT_BROWSER") is { Length: > 0 } named)
        {
            return exists(named) ? named : null;
        }

        return Candidates(variable).FirstOrDefault(exists);
    }

    /// <summary>Prints.</summary>
    /// <param name="browser">The browser.</param>
    /// <param name="html">The file to print.</param>
    /// <param name="pdf">The file to write, which is replaced.</param>
    /// <param name="stop">Ends the browser.</param>
    /// <returns>Why there is no PDF, as a sentence; empty where there is one.</returns>
    public static async Task<string> PrintAsync(string browser, string html, string pdf, CancellationToken stop)
    {
        DirectoryInfo profile = Directory.CreateTempSubdirectory("culprit-print-");
        try
        {
            string printed = Path.Combine(profile.FullName, "printed.pdf");
            string problem = await RunAsync(browser, Arguments(profile.FullName, printed, new Uri(Path.GetFullPath(html)).AbsoluteUri), stop);
            if (problem.Length > 0)
            {
                return problem;
            }

            if (!File.Exists(printed))
            {
                return "the browser ended without writing a PDF";
            }

            byte[] bytes = await File.ReadAllBytesAsync(printed, stop);
            PdfDates.MakeConstant(bytes);
            await File.WriteAllBytesAsync(pdf, bytes, stop);
            return "";
        }
        finally
        {
            Remove(profile);
        }
    }

    private static IEnumerable<string> Arguments(string profile, string printed, string page)
    {
        yield return "--headless";
        yield return "--disable-gpu";
        yield return "--no-first-run";
        yield return "--no-default-browser-check";
        yield return "--disable-extensions";
        yield return "--disable-sync";
        yield return "--disable-component-update";
        yield return "--disable-background-networking";
        yield return "--proxy-server=127.0.0.1:9"; // Nothing in a dossier is fetched; what the browser itself would ask for leads nowhere.
        yield return $"--user-data-dir={profile}";
        if (!OperatingSystem.IsWindows() && Environment.IsPrivilegedProcess)
        {
            yield return "--no-sandbox"; // As root the browser refuses to start with it.
        }

        yield return "--no-pdf-header-footer";
        yield return $"--print-to-pdf={printed}";
        yield return page;
    }

    private static async Task<string> RunAsync(string browser, IEnumerable<string> arguments, CancellationToken stop)
    {
        var start = new ProcessStartInfo(browser) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false, CreateNoWindow = true };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using var process = new Process { StartInfo = start };
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            return $"the browser {browser} did not start: {e.Message}";
        }

        process.StandardInput.Close();
        // What it says is read so that it does not wait, and is not shown: browsers complain about much that does no harm.
        Task<string> output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        Task<string> error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(Patience);
        try
        {
            await process.WaitForExitAsync(limit.Token);
            await Task.WhenAll(output, error).WaitAsync(TimeSpan.FromSeconds(5), stop);
        }
        catch (TimeoutException)
        {
            return ""; // A helper of the browser holds its output open; the browser itself has ended.
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            return stop.IsCancellationRequested ? "printing was interrupted" : $"the browser did not print within {Patience.TotalSeconds:0} seconds";
        }

        return process.ExitCode == 0 ? "" : $"the browser ended with status {process.ExitCode}";
    }

    private static IEnumerable<string> Candidates(Func<string, string?> variable)
    {
        if (OperatingSystem.IsWindows())
        {
            string[] programs = [@"Google\Chrome\Application\chrome.exe", @"Microsoft\Edge\Application\msedge.exe", @"Chromium\Application\chrome.exe"];
            return new[] { "ProgramFiles", "ProgramFiles(x86)", "LocalAppData" }
                .Select(variable).Where(static root => !string.IsNullOrEmpty(root))
                .SelectMany(root => programs.Select(program => Path.Combine(root!, program)));
        }

        string[] names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "microsoft-edge-stable"];
        IEnumerable<string> onPath = (variable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries).Where(Path.IsPathRooted)
            .SelectMany(folder => names.Select(name => Path.Combine(folder, name)));
        string[] applications =
        [
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium",
            "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
        ];
        return OperatingSystem.IsMacOS() ? applications.Concat(onPath) : onPath;
    }

    private static void Remove(DirectoryInfo profile)
    {
        try
        {
            profile.Delete(recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A helper of the browser may still hold a file; the system clears its temporary folder.
        }
    }
}
