using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using Culprit.TestSupport;

namespace Culprit.Architecture.Tests;

/// <summary>Every command that README.md shows is run, and what README.md shows below it is what it prints.</summary>
/// <remarks>
/// A fenced block marked <c>console</c> holds commands after <c>$ </c> and, below each, lines of its output; a line that
/// is only <c>...</c> stands for lines left out, with the empty lines after it. Commands run in the order shown, in the repository's root.
/// </remarks>
public sealed partial class ReadmeTests
{
    private static readonly string Case = Path.Combine(RepositoryRoot.Path, "artifacts", "case-1");

    /// <summary>Commands that are shown and not run, each with its reason.</summary>
    private static readonly Dictionary<string, string> NotRun = new(StringComparer.Ordinal)
    {
        ["./test"] = "it runs this test",
    };

    public static TheoryData<string, string[]> Commands
    {
        get
        {
            // A newcomer has no case yet.
            if (Directory.Exists(Case))
            {
                Directory.Delete(Case, recursive: true);
            }

            var data = new TheoryData<string, string[]>();
            foreach (Example example in Examples())
            {
                data.Add(example.Command, example.Output);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Commands), DisableDiscoveryEnumeration = true)]
    public async Task A_command_prints_what_the_readme_shows(string command, string[] shown)
    {
        if (NotRun.ContainsKey(command.Split(' ')[0]))
        {
            Assert.Empty(shown);
            return;
        }

        Assert.SkipWhen(OperatingSystem.IsWindows(), "README shows the commands of a POSIX shell; culprit.cmd takes the same arguments");
        (int code, string[] printed) = await RunAsync(command, TestContext.Current.CancellationToken);
        string whole = string.Join('\n', printed);
        Assert.True(code is 0, $"{command} ended with {code}:\n{whole}");

        int from = 0;
        bool gap = true;
        foreach (string line in shown)
        {
            if (line.Trim() is "..." || (gap && line.Length == 0))
            {
                gap = true;
                continue;
            }

            int found = Array.FindIndex(printed, from, candidate => SameLine(candidate, line));
            Assert.True(found >= 0, $"{command} does not print, after line {from}:\n{line}\nbut:\n{whole}");
            Assert.True(gap || found == from, $"{command} prints other lines before:\n{line}\nwhole:\n{whole}");
            from = found + 1;
            gap = false;
        }
    }

    [Fact]
    public void The_readme_shows_the_two_commands_that_a_newcomer_needs()
    {
        string[] commands = [.. Examples().Select(example => example.Command)];
        Assert.Contains("./culprit investigate samples/research-lab", commands);
        Assert.Contains("./test", commands);
    }

    [Fact]
    public void Links_of_the_readme_lead_to_files_that_exist()
    {
        string[] broken = [.. RelativeLink().Matches(File.ReadAllText(Path.Combine(RepositoryRoot.Path, "README.md")))
            .Select(match => match.Groups["target"].Value.Split('#')[0])
            .Where(target => target.Length > 0 && !Path.Exists(Path.Combine(RepositoryRoot.Path, target)))];
        Sources.AssertNone(broken);
    }

    /// <summary>
    /// Durations and rates differ from run to run: the digits of such a word are compared as digits, and of the line that
    /// tells how long a run took, which gives a rate only where it took long, the beginning alone.
    /// </summary>
    private static bool SameLine(string printed, string shown) =>
        string.Equals(Normalise(printed), Normalise(shown), StringComparison.Ordinal);

    private static string Normalise(string line) =>
        line.StartsWith("  Took ", StringComparison.Ordinal) ? "  Took" : Measured().Replace(line.TrimEnd(), "#");

    private static IEnumerable<Example> Examples()
    {
        string[] lines = File.ReadAllLines(Path.Combine(RepositoryRoot.Path, "README.md"));
        bool inside = false;
        string? command = null;
        var output = new List<string>();
        foreach (string line in lines)
        {
            bool starts = inside && line.StartsWith("$ ", StringComparison.Ordinal);
            bool fence = line.StartsWith("```", StringComparison.Ordinal);
            if ((starts || fence) && command is not null)
            {
                while (output.Count > 0 && output[^1].Trim().Length == 0)
                {
                    output.RemoveAt(output.Count - 1);
                }

                yield return new Example(command, [.. output]);
                command = null;
                output.Clear();
            }

            if (fence)
            {
                inside = !inside && line is "```console";
            }
            else if (starts)
            {
                command = line[2..];
            }
            else if (inside && command is not null)
            {
                output.Add(line);
            }
        }
    }

    private static async Task<(int Code, string[] Lines)> RunAsync(string command, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(TimeSpan.FromMinutes(5));
        var start = new ProcessStartInfo("bash")
        {
            WorkingDirectory = RepositoryRoot.Path,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        // Rules that this machine's user installed are not part of what README.md shows.
        start.Environment["XDG_CONFIG_HOME"] = start.Environment["XDG_DATA_HOME"] = Path.Combine(Path.GetTempPath(), "culprit-readme-" + Environment.ProcessId);
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add(command);
        using Process process = Process.Start(start) ?? throw new InvalidOperationException("bash did not start");
        Task<string> errors = process.StandardError.ReadToEndAsync(limit.Token);
        string printed = await process.StandardOutput.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        string[] lines = [.. printed.Split('\n').Select(line => line.TrimEnd('\r')), .. (await errors).Split('\n')];
        return (process.ExitCode, lines);
    }

    [GeneratedRegex(@"\]\((?!https?:)(?<target>[^)\s]+)\)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RelativeLink();

    [GeneratedRegex(@"\d[\d.,]*( ?(ms|s|min|MB|GB|MiB|GiB|MB/s|records/s|events/s))\b(/s)?", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Measured();

    private sealed record Example(string Command, string[] Output);
}
