using Culprit.Attribution;
using Culprit.Cases;
using Culprit.Knowledge;

namespace Culprit.Tests.Cases;

public sealed class UnreadableCaseTests : IDisposable
{
    private const UnixFileMode Open = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly CaseFolder _folder = new();

    public UnreadableCaseTests()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "nothing is forbidden to this user");
        _folder.Investigate(_folder.Evidence + "/pc0.evtx").Dispose();
        CaseRecorder.Attribute(_folder.Case, new AssessmentRequest { Incident = 1 }, KnowledgeBase.Embedded, _folder.Actor);
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("attribution.json", "files", "attribution")]
    [InlineData("case.duckdb", "files", "citations", "statements", "attribution")]
    [InlineData("custody.jsonl", "custody", "files", "signature", "timestamps", "manifest", "citations", "statements", "attribution")]
    [InlineData("manifest.json", "files", "manifest", "evidence", "citations")]
    [InlineData("signature.json", "signature")]
    public void A_file_that_may_not_be_read_was_not_tampered_with(string name, params string[] checks)
    {
        CaseCheck[] made = Forbidden(_folder.Of("case/" + name), () => _folder.Verify());

        Assert.Equal(checks, made.Where(static c => c.State != CheckState.Passed).Select(static c => c.Code));
        Assert.All(made.Where(static c => c.State != CheckState.Passed), check =>
        {
            Assert.Equal(CheckState.NotMade, check.State);
            Assert.Equal($"{name} cannot be read: access denied", check.Problems[0]);
            Assert.StartsWith("Verify as a user who may read the whole case", check.Advice, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void A_folder_that_may_not_be_read_is_not_missing()
    {
        CaseCheck files = Forbidden(_folder.Of("case/segments"), () => _folder.Verify().Single(static c => c.Code == "files"));

        Assert.Equal(CheckState.NotMade, files.State);
        Assert.Contains("segments/0001/coverage.json cannot be read: access denied", files.Problems);
        Assert.Contains("the folder segments cannot be read: access denied", files.Problems);
    }

    [Fact]
    public void Evidence_that_may_not_be_read_is_not_another()
    {
        CaseCheck evidence = Forbidden(_folder.Evidence + "/pc0.evtx", () => _folder.Verify().Single(static c => c.Code == "evidence"));

        Assert.Equal(CheckState.NotMade, evidence.State);
        Assert.EndsWith("pc0.evtx) cannot be read", Assert.Single(evidence.Problems), StringComparison.Ordinal);
    }

    [Fact]
    public void What_fails_beside_it_fails()
    {
        File.AppendAllText(_folder.Of("case/manifest.json"), " ");

        CaseCheck files = Forbidden(_folder.Of("case/attribution.json"), () => _folder.Verify().Single(static c => c.Code == "files"));

        Assert.Equal(CheckState.Failed, files.State);
        Assert.Equal(["manifest.json is not what was written", "attribution.json cannot be read: access denied"], files.Problems);
    }

    private static T Forbidden<T>(string path, Func<T> act)
    {
        if (OperatingSystem.IsWindows())
        {
            return act();
        }

        File.SetUnixFileMode(path, UnixFileMode.None);
        try
        {
            return act();
        }
        finally
        {
            File.SetUnixFileMode(path, Open);
        }
    }
}
