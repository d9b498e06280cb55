using System.Diagnostics;

namespace Culprit.Cli.Tests;

/// <summary>The program as a process of its own: what can only be seen from outside.</summary>
public sealed class ProcessTests : IDisposable
{
    private readonly TestProgram _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void The_version_is_told_on_standard_output()
    {
        (int code, string output, string error) = Start("--version");

        Assert.Equal((ExitCodes.Done, ""), (code, error));
        Assert.StartsWith("culprit ", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_arguments_give_their_exit_code()
    {
        (int code, string output, string error) = Start("investigate");

        Assert.Equal((ExitCodes.Usage, ""), (code, output));
        Assert.Contains("culprit investigate --help", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Output_that_is_not_a_terminal_has_neither_colours_nor_carriage_returns()
    {
        string log = _files.Write("sysmon.evtx", TestEvidence.Log("PC-1", "do evil things"));

        (int code, string output, string error) = Start("investigate", log, "--rules", _files.Write("evil.yml", TestEvidence.EvilRule), "--no-default-rules");

        Assert.Equal((ExitCodes.Done, ""), (code, error));
        Assert.StartsWith("1 finding", output, StringComparison.Ordinal);
        Assert.DoesNotContain(output, static c => c is '\u001b' or '\r');
    }

    [Theory]
    [InlineData("dump {log}")]
    [InlineData("investigate {log} --rules {rule} --no-default-rules")]
    [InlineData("rules list")]
    public void A_full_disk_is_told(string arguments)
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "there is no /dev/full here");
        string log = _files.Write("sysmon.evtx", TestEvidence.Log("PC-1", "do evil things"));
        string rule = _files.Write("evil.yml", TestEvidence.EvilRule);
        string line = arguments.Replace("{log}", log, StringComparison.Ordinal).Replace("{rule}", rule, StringComparison.Ordinal);

        (int code, string _, string error) = Run("/bin/sh", ["-c", $"exec dotnet '{Program}' {line} > /dev/full"]);

        Assert.Equal(ExitCodes.NotWritten, code);
        Assert.StartsWith("culprit: the output cannot be written: ", error, StringComparison.Ordinal);
    }

    private static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "Culprit.Cli.dll");

    private (int Code, string Out, string Error) Start(params string[] args) => Run("dotnet", [Program, .. args]);

    private (int Code, string Out, string Error) Run(string file, IEnumerable<string> args)
    {
        var start = new ProcessStartInfo(file, args) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (string folder in new[] { "XDG_DATA_HOME", "XDG_CACHE_HOME", "LOCALAPPDATA" })
        {
            start.Environment[folder] = Path.Combine(_files.Folder, "user");
        }

        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.GetAwaiter().GetResult());
    }
}
