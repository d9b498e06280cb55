namespace Culprit.Cli.Tests.Cases;

public sealed class ReportTests : IDisposable
{
    private readonly TestProgram _program = new();
    private readonly string _case;

    public ReportTests()
    {
        _case = _program.KeepSmallCase();
    }

    public void Dispose() => _program.Dispose();

    [Fact]
    public void The_dossier_becomes_part_of_the_case_and_is_verified_with_it()
    {
        Outcome outcome = _program.Run("report", _case, "--no-pdf");

        Assert.Equal((ExitCodes.Done, ""), (outcome.Code, outcome.Error));
        string dossier = Path.Combine(_case, "report", "dossier.html");
        Assert.Contains("PC-1", File.ReadAllText(dossier), StringComparison.Ordinal);
        Outcome verified = _program.Run("verify", _case);
        Assert.Equal(ExitCodes.Done, verified.Code);
        Assert.Contains("[dossier]", verified.Out, StringComparison.Ordinal);

        File.WriteAllText(dossier, File.ReadAllText(dossier).Replace("PC-1", "PC-2", StringComparison.Ordinal));
        Outcome changed = _program.Run("verify", _case);
        Assert.Equal(ExitCodes.Failed, changed.Code);
        Assert.Matches(@"FAILED\s+The dossier says what the case says", changed.Out);
    }

    [Fact]
    public void The_same_case_gives_the_same_page()
    {
        string one = Path.Combine(_program.Folder, "one"), other = Path.Combine(_program.Folder, "other");
        Assert.Equal(ExitCodes.Done, _program.Run("report", _case, "--no-pdf", "--out", one).Code);
        Assert.Equal(ExitCodes.Done, _program.Run("report", _case, "--no-pdf").Code);
        Assert.Equal(ExitCodes.Done, _program.Run("report", _case, "--no-pdf", "--out", other).Code);

        Assert.Equal(File.ReadAllBytes(Path.Combine(one, "dossier.html")), File.ReadAllBytes(Path.Combine(other, "dossier.html")));
    }

    [Fact]
    public void Names_are_replaced_and_their_key_lies_apart()
    {
        string folder = Path.Combine(_program.Folder, "handed-on"), key = Path.Combine(_program.Folder, "key.json");
        Assert.Equal(ExitCodes.Usage, _program.Run("report", _case, "--no-pdf", "--redact", "hosts").Code);
        Assert.Equal(ExitCodes.Usage, _program.Run("report", _case, "--no-pdf", "--redact", "hosts", "--out", folder, "--key", Path.Combine(folder, "key.json")).Code);
        Assert.False(Directory.Exists(folder));

        Outcome outcome = _program.Run("report", _case, "--no-pdf", "--redact", "accounts,hosts,addresses", "--out", folder, "--key", key);

        Assert.Equal((ExitCodes.Done, ""), (outcome.Code, outcome.Error));
        Assert.DoesNotContain("PC-1", File.ReadAllText(Path.Combine(folder, "dossier.html")), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("PC-1", File.ReadAllText(key), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Without_a_browser_the_page_is_written_all_the_same()
    {
        _program.Set("CULPRIT_BROWSER", Path.Combine(_program.Folder, "no-browser"));
        Outcome outcome = _program.Run("report", _case);

        Assert.Equal(ExitCodes.NotWritten, outcome.Code);
        Assert.Contains("install Chromium", outcome.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_case, "report", "dossier.html")));
    }

    [Fact]
    public void What_is_no_case_and_what_cannot_be_redacted_is_told()
    {
        Outcome nowhere = _program.Run("report", Path.Combine(_program.Folder, "nowhere"), "--no-pdf");
        Assert.Equal(ExitCodes.Usage, nowhere.Code);
        Assert.Contains("nowhere", nowhere.Error, StringComparison.Ordinal);
        Assert.Contains("'names' cannot be redacted", _program.Run("report", _case, "--redact", "accounts,names", "--out", "x").Error, StringComparison.Ordinal);
    }
}
