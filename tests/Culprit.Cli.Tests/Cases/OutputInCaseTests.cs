namespace Culprit.Cli.Tests.Cases;

/// <summary>That no output takes the place of what a case holds.</summary>
public sealed class OutputInCaseTests : IDisposable
{
    private readonly TestProgram _program = new();
    private readonly string _evidence;
    private readonly string _case;
    private readonly string[] _rules;

    public OutputInCaseTests()
    {
        _evidence = Path.GetDirectoryName(_program.Write("evidence/one.evtx", TestEvidence.Log("PC-1", "do evil things")))!;
        _rules = ["--rules", _program.Write("evil.yml", TestEvidence.EvilRule), "--no-default-rules"];
        _case = Path.Combine(_program.Folder, "case");
        Assert.Equal(ExitCodes.Done, _program.Run(["investigate", _evidence, .. _rules, "--case", _case]).Code);
    }

    public void Dispose() => _program.Dispose();

    [Theory]
    [InlineData("link", "{case}", "--out", "{case}/manifest.json")]
    [InlineData("link", "{case}", "--out", "{folder}/linked/signature.json")]
    [InlineData("investigate", "{folder}/evidence", "--out", "{case}")]
    [InlineData("investigate", "{folder}/evidence", "--out", "{case}/segments/new")]
    [InlineData("timeline", "{case}", "--out", "{case}/case.json")]
    [InlineData("hunt", "{case}", "--sql", "SELECT 1", "--out", "{case}/new.csv")]
    [InlineData("attribute", "{case}", "--out", "{case}/custody.jsonl")]
    [InlineData("export", "{case}", "--format", "csv", "--out", "{folder}/linked/x")]
    [InlineData("report", "{case}", "--no-pdf", "--out", "{case}/report")]
    [InlineData("report", "{case}", "--no-pdf", "--redact", "hosts", "--out", "{folder}/x", "--key", "{case}/manifest.json")]
    [InlineData("knowledge", "build", "--from", "{folder}/evidence", "--out", "{case}/manifest.json")]
    [InlineData("indicators", "build", "--from", "{folder}/evidence", "--out", "{case}/x.facts.br")]
    public void A_case_is_no_place_for_output(params string[] args)
    {
        Directory.CreateSymbolicLink(Path.Combine(_program.Folder, "linked"), _case);
        string[] before = Content();

        Outcome outcome = _program.Run([.. args.Select(a => a.Replace("{case}", _case, StringComparison.Ordinal).Replace("{folder}", _program.Folder, StringComparison.Ordinal))]);

        Assert.Equal((ExitCodes.Usage, ""), (outcome.Code, outcome.Out));
        Assert.Contains($"lies within the case '{_case}'", outcome.Error, StringComparison.Ordinal);
        Assert.Equal(before, Content());
    }

    // It would hold what nobody signed from its first day on.
    [Fact]
    public void Nor_is_a_case_that_is_to_be_made()
    {
        string made = Path.Combine(_program.Folder, "made");

        Assert.Equal(ExitCodes.Usage, _program.Run(["investigate", _evidence, .. _rules, "--case", made, "--out", Path.Combine(made, "out")]).Code);
        Assert.False(Directory.Exists(made));
    }

    [Fact]
    public void A_folder_that_holds_one_file_of_such_a_name_is_no_case()
    {
        string file = _program.Write("site/manifest.json", "{}");

        Assert.Equal(ExitCodes.Done, _program.Run("timeline", _case, "--out", file).Code);
        Assert.NotEqual("{}", File.ReadAllText(file));
    }

    private string[] Content() =>
        [.. Directory.EnumerateFiles(_case, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(static f => $"{f} {Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(f)))}")];
}
