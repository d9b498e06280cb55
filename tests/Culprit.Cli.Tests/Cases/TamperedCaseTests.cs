using Culprit.TestSupport;

namespace Culprit.Cli.Tests.Cases;

public sealed class TamperedCaseTests : IDisposable
{
    private readonly TestProgram _program = new();
    private readonly string _case;
    private readonly string _key;

    public TamperedCaseTests()
    {
        _case = _program.KeepSmallCase();
        _key = _program.Write("owner.pub", File.ReadAllBytes(Path.Combine(_case, "signer.pub")));
        Assert.Equal(ExitCodes.Done, _program.Run("note", _case, "do not close").Code);
        TamperedCase.Rewrite(_case, "notes.jsonl", "do not close", "is clean now");
    }

    public void Dispose() => _program.Dispose();

    [Theory]
    [InlineData("note", "{case}", "reviewed")]
    [InlineData("tag", "{case}", "reviewed")]
    [InlineData("attribute", "{case}")]
    [InlineData("report", "{case}", "--no-pdf")]
    [InlineData("export", "{case}", "--format", "attack-navigator", "--out", "{case}.json")]
    public void What_writes_refuses(params string[] command)
    {
        Outcome outcome = Run(command);

        Assert.Equal(ExitCodes.Failed, outcome.Code);
        Assert.Contains("cannot be used: its signature does not hold: ", outcome.Error, StringComparison.Ordinal);
        Assert.EndsWith("Nothing was written; 'culprit verify' says more.\n", outcome.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_case + ".json"));
        Assert.Equal(ExitCodes.Failed, _program.Run("verify", _case, "--key", _key).Code);
    }

    [Theory]
    [InlineData("timeline", "{case}")]
    [InlineData("link", "{case}", "{case}")]
    [InlineData("hunt", "{case}", "--sql", "SELECT 1")]
    [InlineData("report", "{case}", "--no-pdf", "--out", "{case}.out")]
    public void What_reads_warns(params string[] command)
    {
        Outcome outcome = Run(command);

        Assert.Contains($"culprit: nothing vouches for the case {_case}: its signature does not hold: it signs ", outcome.Error, StringComparison.Ordinal);
        Assert.Contains($"Somebody may have changed what follows; 'culprit verify {_case}' says more.\n", outcome.Error, StringComparison.Ordinal);
    }

    private Outcome Run(string[] command) => _program.Run([.. command.Select(c => c.Replace("{case}", _case, StringComparison.Ordinal))]);
}
