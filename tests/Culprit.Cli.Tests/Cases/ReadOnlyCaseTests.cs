using System.Diagnostics;

namespace Culprit.Cli.Tests.Cases;

/// <summary>A case on a file system that may only be read; needs the right to mount.</summary>
public sealed class ReadOnlyCaseTests : IDisposable
{
    private readonly TestProgram _program = new();
    private readonly string _case;
    private readonly bool _mounted;

    public ReadOnlyCaseTests()
    {
        _case = _program.KeepSmallCase();
        _mounted = OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && Ran("mount", "--bind", _case, _case) && Ran("mount", "-o", "remount,ro,bind", _case, _case);
    }

    public void Dispose()
    {
        if (OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess)
        {
            // Lazily, because a program that another test starts holds this one's open files for a moment.
            _ = Ran("umount", "--lazy", _case);
        }

        _program.Dispose();
    }

    [Theory]
    [InlineData("note", "{case}", "a note")]
    [InlineData("tag", "{case}", "a-tag")]
    [InlineData("attribute", "{case}")]
    [InlineData("report", "{case}", "--no-pdf")]
    [InlineData("export", "{case}", "--format", "attack-navigator", "--out", "{case}.json")]
    [InlineData("investigate", "{case}/../evidence", "--case", "{case}", "--rules", "{case}/../evil.yml", "--no-default-rules", "--quiet")]
    public void What_writes_says_that_it_cannot(params string[] command)
    {
        Assert.SkipUnless(_mounted, "this user may not mount");

        Outcome outcome = Run(command);

        Assert.Equal((ExitCodes.NotWritten, ""), (outcome.Code, outcome.Out));
        Assert.StartsWith($"culprit: the case {_case} cannot be written; it is as it was before: ", outcome.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_case + ".json"));
    }

    [Theory]
    [InlineData("verify", "{case}")]
    [InlineData("timeline", "{case}")]
    [InlineData("hunt", "{case}", "--sql", "SELECT 1")]
    [InlineData("report", "{case}", "--no-pdf", "--out", "{case}.out")]
    public void What_reads_works(params string[] command)
    {
        Assert.SkipUnless(_mounted, "this user may not mount");

        Outcome outcome = Run(command);

        Assert.Equal(ExitCodes.Done, outcome.Code);
        Assert.DoesNotContain("cannot", outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(OpenFiles(), file => file.StartsWith(_case + "/", StringComparison.Ordinal));
    }

    private Outcome Run(string[] command) => _program.Run([.. command.Select(c => c.Replace("{case}", _case, StringComparison.Ordinal))]);

    private static IEnumerable<string> OpenFiles() =>
        Directory.GetFiles("/proc/self/fd").Select(link => new FileInfo(link).LinkTarget).OfType<string>();

    private static bool Ran(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
