using Culprit.Cases;

namespace Culprit.Tests.Cases;

/// <summary>The program ends before each step of judging a case again; a class of its own, so that it goes on beside <see cref="CommitFaultTests"/>.</summary>
public sealed class RejudgementFaultTests : IDisposable
{
    private readonly CaseFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Ended_before_any_step_a_rejudgement_goes_on_to_the_same_result()
    {
        string[] whole = CaseFolder.Whole(CaseFolder.Rules("high"), _folder.Evidence);
        CaseRequest all = _folder.Keep() with { CommitEvery = long.MaxValue };
        CaseFolder.Investigate(all).Dispose();
        Directory.Move(_folder.Case, _folder.Of("before"));
        CaseRequest other = all with { Investigation = CaseFolder.Request(CaseFolder.Rules("high"), _folder.Evidence), Rejudge = true };
        bool ended = true;
        for (int steps = 0; ended; steps++)
        {
            foreach (string file in Directory.EnumerateFiles(_folder.Of("before"), "*", SearchOption.AllDirectories))
            {
                string copy = Path.Combine(_folder.Case, Path.GetRelativePath(_folder.Of("before"), file));
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.Copy(file, copy);
            }

            ended = ProgramEnd.Before(steps, other);
            using (CaseResult kept = CaseFolder.Investigate(other))
            {
                Assert.Equal(whole, CaseFolder.Text(kept.Result));
            }

            Assert.All(_folder.Verify(), static check => Assert.Equal(CheckState.Passed, check.State));
            Directory.Delete(_folder.Case, recursive: true);
        }
    }
}
