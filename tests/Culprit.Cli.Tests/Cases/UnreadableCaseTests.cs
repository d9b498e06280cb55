namespace Culprit.Cli.Tests.Cases;

public sealed class UnreadableCaseTests : IDisposable
{
    private const UnixFileMode Open = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly TestProgram _program = new();
    private readonly string _case;

    public UnreadableCaseTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "nothing is forbidden to this user");
        _case = _program.KeepSmallCase();
    }

    public void Dispose() => _program.Dispose();

    [Fact]
    public void A_lock_that_may_not_be_opened_is_told()
    {
        foreach (string command in new[] { "verify", "timeline" })
        {
            Outcome outcome = Forbidden(".lock", command, _case);
            Assert.Equal(ExitCodes.Usage, outcome.Code);
            Assert.StartsWith($"culprit: the case {_case} cannot be read: ", outcome.Error, StringComparison.Ordinal);
        }

        Outcome written = Forbidden(".lock", "note", _case, "a note");
        Assert.Equal(ExitCodes.NotWritten, written.Code);
        Assert.Contains("cannot be written; it is as it was before: ", written.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_dossier_that_may_not_be_read_was_not_changed()
    {
        Assert.Equal(ExitCodes.Done, _program.Run("report", _case, "--no-pdf").Code);

        Outcome outcome = Forbidden("report/dossier.html", "verify", _case);

        Assert.Equal(ExitCodes.NotRead, outcome.Code);
        Assert.DoesNotContain("FAILED", outcome.Out, StringComparison.Ordinal);
        Assert.Contains("report/dossier.html cannot be read: access denied.", outcome.Out, StringComparison.Ordinal);
        Assert.Matches(@"not made\s+The dossier says what the case says", outcome.Out);
    }

    private Outcome Forbidden(string name, params string[] command)
    {
        string path = Path.Combine(_case, name);
        if (OperatingSystem.IsWindows())
        {
            return _program.Run(command);
        }

        File.SetUnixFileMode(path, UnixFileMode.None);
        try
        {
            return _program.Run(command);
        }
        finally
        {
            File.SetUnixFileMode(path, Open);
        }
    }
}
