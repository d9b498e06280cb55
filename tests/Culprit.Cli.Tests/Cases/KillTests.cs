using System.Diagnostics;
using System.Globalization;

namespace Culprit.Cli.Tests.Cases;

/// <summary>The program itself is killed at random moments while it keeps a case; run again, it comes to the same result.</summary>
public sealed class KillTests : IDisposable
{
    private const int Kills = 200;
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
            _files.Write($"evidence/pc{i}.evtx", TestEvidence.Log($"PC-{i}", [.. Enumerable.Range(0, 700).Select(n => $"{(n % 10 == 0 ? "evil" : "good")} {i} {n} {new string('x', 400)}")]));
        }

        _evidence = Path.Combine(_files.Folder, "evidence");
    }

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Killed_at_any_moment_a_case_opens_and_comes_to_the_same_result()
    {
        string undisturbed = Path.Combine(_files.Folder, "undisturbed");
        var clock = Stopwatch.StartNew();
        Assert.Equal(0, Finish(undisturbed));
        double length = clock.Elapsed.TotalMilliseconds;
        string[] expected = Report(undisturbed);

        // A fixed seed: which moment of a run a delay falls on still depends on the machine.
        var random = new Random(20200216);
        int killed = 0, finished = 0;
        for (int number = 0; killed < Kills; number++)
        {
            string folder = Path.Combine(_files.Folder, string.Create(CultureInfo.InvariantCulture, $"case{number}"));

            // Kills add up on one case: each run is both a kill and a resumption, until one of them comes to its end by itself.
            while (killed < Kills)
            {
                using Process process = Start(folder);
                bool ended = process.WaitForExit((int)(length * (0.25 + (0.85 * random.NextDouble()))));
                if (!ended)
                {
                    process.Kill();
                    killed++;
                }

                process.WaitForExit();
                if (ended)
                {
                    Assert.Equal(0, process.ExitCode);
                    break;
                }
            }

            Assert.Equal(0, Finish(folder));
            finished++;
            Assert.Equal(expected, Report(folder));
            Assert.Equal(ExitCodes.Done, _files.Run("verify", folder, "--replay", "--rules", _rule, "--no-default-rules").Code);
        }

        Assert.Equal(Kills, killed);
        TestContext.Current.TestOutputHelper?.WriteLine($"{killed} kills, {finished} cases, a run takes {length:0} ms");
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
            "investigate", _evidence, "--case", folder, "--rules", _rule, "--no-default-rules", "--commit-every", "1", "--out", output, "--quiet");
        Assert.Equal((ExitCodes.Done, ""), (outcome.Code, outcome.Error));
        Assert.Contains("(0 files read, 3 known before", outcome.Out, StringComparison.Ordinal);
        return [.. Directory.GetFiles(output).Order(StringComparer.Ordinal).Select(File.ReadAllText)];
    }

    private Process Start(string folder)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "Culprit.Cli.dll");
        var start = new ProcessStartInfo(
            "dotnet", [program, "investigate", _evidence, "--case", folder, "--rules", _rule, "--no-default-rules", "--commit-every", "1", "--quiet"])
        {
            RedirectStandardOutput = true, UseShellExecute = false,
        };
        foreach (string name in new[] { "HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "LOCALAPPDATA" })
        {
            start.Environment[name] = Path.Combine(_files.Folder, "user");
        }

        Process process = Process.Start(start)!;

        // Less than a pipe holds is written, and nobody needs it.
        return process;
    }
}
