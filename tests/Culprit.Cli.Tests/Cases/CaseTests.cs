namespace Culprit.Cli.Tests.Cases;

public sealed class CaseTests : IDisposable
{
    private readonly TestProgram _program = new();
    private readonly string _evidence;
    private readonly string _case;
    private readonly string[] _rules;

    public CaseTests()
    {
        _program.Write("evidence/one.evtx", TestEvidence.Log("PC-1", "do evil things", "do good things"));
        _evidence = Path.Combine(_program.Folder, "evidence");
        _case = Path.Combine(_program.Folder, "case");
        _rules = ["--rules", _program.Write("evil.yml", TestEvidence.EvilRule), "--no-default-rules"];
    }

    public void Dispose() => _program.Dispose();

    [Fact]
    public void A_case_reports_what_an_investigation_without_one_reports()
    {
        string plain = Path.Combine(_program.Folder, "plain"), kept = Path.Combine(_program.Folder, "kept");

        Assert.Equal(ExitCodes.Done, Investigate("--out", plain).Code);
        Outcome outcome = Investigate("--case", _case, "--out", kept);

        Assert.Equal((ExitCodes.Done, ""), (outcome.Code, outcome.Error));
        Assert.Contains("(1 file read; head ", outcome.Out, StringComparison.Ordinal);
        foreach (string file in Directory.GetFiles(plain))
        {
            Assert.Equal(File.ReadAllBytes(file), File.ReadAllBytes(Path.Combine(kept, Path.GetFileName(file))));
        }
    }

    [Fact]
    public void A_case_in_the_evidence_is_no_evidence()
    {
        string inside = Path.Combine(_evidence, "case");

        Assert.Equal(ExitCodes.Done, Investigate("--case", inside).Code);
        Assert.Contains("(0 files read, 1 known before", Investigate("--case", inside).Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Verify_says_what_holds_and_what_does_not()
    {
        Investigate("--case", _case);

        Outcome whole = _program.Run(["verify", _case, "--replay", .. _rules]);
        Assert.Equal((ExitCodes.Done, ""), (whole.Code, whole.Error));
        Assert.EndsWith("The case holds.\n", whole.Out, StringComparison.Ordinal);

        File.Move(Path.Combine(_evidence, "one.evtx"), Path.Combine(_program.Folder, "one.evtx"));
        Outcome missing = _program.Run("verify", _case);
        Assert.Equal(ExitCodes.NotRead, missing.Code);
        Assert.Contains("not made  The evidence is what was read [evidence]", missing.Out, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Done, _program.Run("verify", _case, "--evidence", Path.Combine(_program.Folder, "one.evtx")).Code);

        File.AppendAllText(Path.Combine(_case, "case.json"), " ");
        Outcome changed = _program.Run("verify", _case);
        Assert.Equal(ExitCodes.Failed, changed.Code);
        Assert.Contains("FAILED    Every file of the case is what was written [files]", changed.Out, StringComparison.Ordinal);
        Assert.EndsWith("The case does not hold.\n", changed.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void The_key_is_the_users_and_readable_by_nobody_else()
    {
        Investigate("--case", _case);

        string key = Assert.Single(Directory.GetFiles(Path.Combine(_program.Folder, "user"), "signing-key.pem", SearchOption.AllDirectories));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(key));
        }

        Assert.Equal(ExitCodes.Done, _program.Run("verify", _case, "--key", Path.Combine(_case, "signer.pub")).Code);
        Assert.DoesNotContain(
            Directory.GetFiles(_case, "*", SearchOption.AllDirectories), static f => File.ReadAllText(f).Contains("PRIVATE", StringComparison.Ordinal));
    }

    [Fact]
    public void Notes_and_tags_are_kept()
    {
        Investigate("--case", _case);

        Assert.Equal(ExitCodes.Done, _program.Run("note", _case, "PC-1 was rebuilt").Code);
        Assert.Equal(ExitCodes.Done, _program.Run("tag", _case, "reviewed", "--incident", "1").Code);

        Outcome unknown = _program.Run("tag", _case, "reviewed", "--incident", "7");
        Assert.Equal(ExitCodes.Usage, unknown.Code);
        Assert.EndsWith("it has no incident 7.\n", unknown.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Usage, _program.Run("tag", _case, "x", "--event", "abc").Code);
        Assert.Equal(ExitCodes.Usage, _program.Run("note", _case, " ").Code);
        Assert.Contains("PC-1 was rebuilt", File.ReadAllText(Path.Combine(_case, "notes.jsonl")), StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Done, _program.Run("verify", _case).Code);
    }

    [Fact]
    public void Other_options_need_rejudge()
    {
        Investigate("--case", _case);

        Outcome refused = Investigate("--case", _case, "--min-level", "critical", "--since", "2024-01-01");
        Assert.Equal(ExitCodes.Usage, refused.Code);

        Outcome other = Investigate("--case", _case, "--since", "2025-01-01");
        Assert.Equal(ExitCodes.Usage, other.Code);
        Assert.Contains("--rejudge", other.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Done, Investigate("--case", _case, "--since", "2025-01-01", "--rejudge").Code);
        Assert.Equal(ExitCodes.Done, _program.Run(["verify", _case, "--replay", .. _rules]).Code);
    }

    [Fact]
    public void A_time_stamp_that_cannot_be_had_leaves_the_case_whole()
    {
        Outcome outcome = Investigate("--case", _case, "--timestamp", "http://127.0.0.1:9/");

        Assert.Equal(ExitCodes.Done, outcome.Code);
        Assert.Contains("The case is whole without it.", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Done, _program.Run("verify", _case).Code);
    }

    [Theory]
    [InlineData("--rejudge")]
    [InlineData("--commit-every", "1")]
    [InlineData("--case-name", "x")]
    [InlineData("--timestamp", "http://127.0.0.1/")]
    [InlineData("--case", "")]
    [InlineData("--case", "{evidence}")]
    [InlineData("--case", "x", "--timestamp", "ftp://a/")]
    public void Options_of_a_case_make_sense_or_are_refused(params string[] options) =>
        Assert.Equal(ExitCodes.Usage, Investigate([.. options.Select(o => o.Replace("{evidence}", _evidence, StringComparison.Ordinal))]).Code);

    [Fact]
    public void A_folder_without_a_case_is_told()
    {
        foreach (string[] command in new string[][] { ["verify", _evidence], ["note", _evidence, "x"], ["tag", _evidence, "x"] })
        {
            Outcome outcome = _program.Run(command);
            Assert.Equal(ExitCodes.Usage, outcome.Code);
            Assert.Contains("there is no case in this folder", outcome.Error, StringComparison.Ordinal);
        }

        Assert.Single(Directory.GetFileSystemEntries(_evidence));
    }

    private Outcome Investigate(params string[] more) => _program.Run(["investigate", _evidence, "--quiet", .. _rules, .. more]);
}
