using System.Diagnostics;
using System.Globalization;

namespace Culprit.Cli.Tests.Cases;

/// <summary>The program itself is killed at random moments while it keeps a case; run again, it comes to the same result.</summary>
public sealed class KillTests : IDisposable
{
    private const int Kills = 200;
    private const int KillsOnCase = 20;
    private const int Workers = 2;
    private const int Files = 3;

    private readonly TestProgram _files = new();
    private readonly string _rule;
    private readonly string _evidence;

    public KillTests()
    {
        _rule = _files.Write("evil.yml", TestEvidence.EvilRule);
        for (int i = 0; i < Files; i++)
        {
            // More than a MiB in all, so that it is committed in parts.
            _files.Write($"evidence/pc{i}.evtx", TestEvidence.Log($"PC-{i}", [.. Enumerable.Range(0, 700).Select(n => $"{(n % 50 == 0 ? "evil" : "good")} {i} {n} {new string('x', 400)}")]));
        }

        _evidence = Path.Combine(_files.Folder, "evidence");
    }

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Killed_at_any_moment_a_case_opens_and_comes_to_the_same_result()
    {
        string undisturbed = Path.Combine(_files.Folder, "undisturbed");
        Assert.Equal(0, Finish(undisturbed));
        var clock = Stopwatch.StartNew();
        Assert.Equal(0, Finish(undisturbed + "-again"));
        double length = clock.Elapsed.TotalMilliseconds;
        string[] expected = Report(undisturbed);

        Parallel.For(0, Workers, new ParallelOptions { MaxDegreeOfParallelism = Workers }, worker => KillAgainAndAgain(worker, length, expected));
    }

    // A fixed seed: which moment of a run a delay falls on still depends on the machine.
    private void KillAgainAndAgain(int worker, double length, string[] expected)
    {
        var random = new Random(20200216 + worker);
        int killed = 0;
        for (int number = 0; killed < Kills / Workers; number++)
        {
            string folder = Path.Combine(_files.Folder, string.Create(CultureInfo.InvariantCulture, $"case{worker}-{number}"));

            // Kills add up on one case: each run is both a kill and a resumption, until one of them comes to its end by itself.
            bool ended = false;
            for (int onCase = 0; onCase < KillsOnCase && killed < Kills / Workers && !ended; onCase++)
            {
                using Process process = Start(folder);
                ended = process.WaitForExit((int)(length * (0.2 + (0.9 * random.NextDouble()))));
                if (ended)
                {
                    Assert.Equal(0, process.ExitCode);
                }
                else
                {
                    process.Kill();
                    process.WaitForExit();
                    killed++;
                }
            }

            Assert.True(ended || Finish(folder) == 0, folder);
            Assert.Equal(expected, Report(folder));
            Assert.Equal(ExitCodes.Done, _files.Run("verify", folder).Code);
        }
    }

    private int Finish(string folder)
    {
        using Process process = Start(folder);
        process.WaitForExit();
        return process.ExitCode;
    }

    // What the case reports, without who did what when.
    private string[] Report(string folder)
    {
        string output = folder + "-out";
        Outcome outcome = _files.Run(
            "investigate", _evidence, "--case", folder, "--rules", _rule, "--no-default-rules", "--no-indicators", "--commit-every", "1", "--out", output, "--quiet");
        Assert.Equal((ExitCodes.Done, ""), (outcome.Code, outcome.Error));
        Assert.Contains("(0 files read, 3 known before", outcome.Out, StringComparison.Ordinal);
        return [.. Directory.GetFiles(output).Order(StringComparer.Ordinal).Select(File.ReadAllText)];
    }

    private Process Start(string folder)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "Culprit.Cli.dll");
        var start = new ProcessStartInfo(
            "dotnet", [program, "investigate", _evidence, "--case", folder, "--rules", _rule, "--no-default-rules", "--no-indicators", "--commit-every", "1", "--quiet"])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        foreach (string name in new[] { "HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "LOCALAPPDATA" })
        {
            start.Environment[name] = Path.Combine(_files.Folder, "user");
        }

        // Each run is over before compiling its methods a second time, for speed, would pay.
        start.Environment["DOTNET_TC_CallCountingDelayMs"] = "1000";
        Process process = Process.Start(start)!;

        // Less than a pipe holds is written, and nobody needs it.
        return process;
    }
}
