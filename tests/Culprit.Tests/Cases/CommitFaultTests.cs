using Culprit.Cases;
using Culprit.Cases.Storage;

namespace Culprit.Tests.Cases;

/// <summary>The program ends before each step that a run makes to a case's folder, one after the other.</summary>
public sealed class CommitFaultTests : IDisposable
{
    private readonly CaseFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Ended_before_any_step_a_run_goes_on_to_the_same_result()
    {
        string[] whole = CaseFolder.Whole(CaseFolder.Rules(), _folder.Evidence);
        int steps = 0;
        for (bool ended = true; ended; steps++)
        {
            ended = ProgramEnd.Before(steps, _folder.Keep());
            Check(whole, $"step {steps}");
            Directory.Delete(_folder.Case, recursive: true);
        }

        // A case of five files is more than fifty steps; fewer would say that the seam is passed by.
        Assert.InRange(steps, 50, 1000);
    }

    [Fact]
    public void Ended_again_and_again_a_run_comes_to_its_end()
    {
        string[] whole = CaseFolder.Whole(CaseFolder.Rules(), _folder.Evidence);
        int runs = 0;
        for (int steps = 4; ProgramEnd.Before(steps, _folder.Keep()); steps += 2)
        {
            runs++;
        }

        Assert.InRange(runs, 3, 200);
        Check(whole, "the end");
    }

    [Fact]
    public void A_full_disk_leaves_the_case_as_it_was()
    {
        _folder.Investigate(_folder.Evidence + "/pc0.evtx").Dispose();
        string[] before = Content();
        var full = new CaseDisk(static (step, path) =>
        {
            if (step is "write" && path.EndsWith("findings.bin", StringComparison.Ordinal))
            {
                throw new IOException("No space left on device");
            }
        });

        Assert.Throws<IOException>(() => CaseFolder.Investigate(_folder.Keep() with { Disk = full }));

        Assert.Equal(before, Content());
    }

    private string[] Content() =>
    [
        .. Directory.EnumerateFileSystemEntries(_folder.Case, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(static p => p + " " + (File.Exists(p) ? Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(p))) : "")),
    ];

    private void Check(string[] whole, string when)
    {
        using (CaseResult kept = _folder.Investigate())
        {
            Assert.Equal(whole, CaseFolder.Text(kept.Result));
        }

        Assert.All(_folder.Verify(), check => Assert.True(check.State == CheckState.Passed, $"{when}: {check.Code}: {string.Join("; ", check.Problems)}"));
        using CaseReader reader = CaseReader.Open(_folder.Case);
        Assert.True(reader.IsCurrent);
        Assert.Equal(1, reader.Custody.Count(static e => e.Action == "judge"));
        Assert.Equal(5, reader.Custody.Count(static e => e.Action == "read"));
    }
}
