using System.Text;
using Culprit.Attribution;
using Culprit.Cases;
using Culprit.Knowledge;
using Culprit.Tests.Evidence;

namespace Culprit.Tests.Cases;

public sealed class CaseAttributionTests : IDisposable
{
    private static readonly AssessmentRequest Request = new()
    {
        Incident = 1,
        UnknownBaseRate = 0.3,
        Given = [GivenObservations.VictimCountry("GB")!, GivenObservations.Software(KnowledgeBase.Embedded.SoftwareOf("S0013")!)],
    };

    private readonly CaseFolder _folder = new();

    public CaseAttributionTests() => _folder.Investigate().Dispose();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_assessment_is_kept_with_what_was_asked_for_and_verify_makes_it_again()
    {
        AssessedIncidents assessed = Attribute(Request);

        using (CaseReader opened = CaseReader.Open(_folder.Case))
        {
            AssessedIncidents kept = opened.Attribution!;
            Assert.Equal(1, Assert.Single(kept.Incidents).Incident);
            Assert.Equal(0.3, kept.Request.UnknownBaseRate);
            Assert.Contains(kept.Incidents[0].Assessment.Observations, static o => o.Observation is { Value: "T1059.001" } && o.Observation.Findings.Length > 0);
            Assert.Equal(assessed.Incidents[0].Assessment.Verdict, kept.Incidents[0].Assessment.Verdict);
            CustodyEntry entry = opened.Custody[^1];
            Assert.Equal("attribute", entry.Action);
            Assert.Contains(assessed.KnowledgeSha256, entry.Detail, StringComparison.Ordinal);
            Assert.Contains(assessed.ModelSha256, entry.Detail, StringComparison.Ordinal);
            Assert.Equal(["attribution.json"], entry.Files.Keys);
        }

        Assert.All(_folder.Verify(), static check => Assert.Equal((check.Code, CheckState.Passed), (check.Code, check.State)));
        Assert.Contains(_folder.Verify(), static check => check.Code == "attribution");
    }

    [Fact]
    public void An_assessment_that_says_something_else_fails_even_where_it_was_signed()
    {
        AssessedIncidents assessed = Attribute(Request);
        Assessment other = assessed.Incidents[0].Assessment with { Reasons = ["It was they."] };
        Forge(assessed with { Incidents = [assessed.Incidents[0] with { Assessment = other }] });

        Assert.Equal(["attribution"], Failing());
    }

    [Fact]
    public void Other_knowledge_or_other_weights_are_said()
    {
        AssessedIncidents assessed = Attribute(Request);
        foreach (AssessedIncidents other in new[] { assessed with { KnowledgeSha256 = new string('0', 64) }, assessed with { ModelSha256 = new string('0', 64) }, assessed with { IndicatorsSha256 = new string('0', 64) } })
        {
            Forge(other);
            CaseCheck check = _folder.Verify().Single(static c => c.Code == "attribution");
            Assert.Equal(CheckState.NotMade, check.State);
            Assert.Contains(new string('0', 64), check.Problems[0], StringComparison.Ordinal);
            Assert.NotEmpty(check.Advice);
        }
    }

    [Fact]
    public void What_is_no_assessment_fails_and_keeps_no_other_check_from_being_made()
    {
        Attribute(Request);
        Forge(Encoding.UTF8.GetBytes("{\"format\":2,\"sources\":[{}]}"));

        Assert.Equal(["attribution"], Failing());
        using CaseReader opened = CaseReader.Open(_folder.Case);
        Assert.Equal(CaseFault.Damaged, Assert.Throws<CaseException>(() => opened.Attribution).Fault);
    }

    // A case that an older version assessed was not tampered with.
    [Fact]
    public void An_assessment_of_another_version_is_not_checked_and_does_not_count_as_forged()
    {
        Attribute(Request);
        Forge(Encoding.UTF8.GetBytes("{\"format\":1,\"sources\":[]}"));

        CaseCheck check = _folder.Verify().Single(static c => c.Code == "attribution");
        Assert.Equal(CheckState.NotMade, check.State);
        Assert.Contains("format 1", check.Problems[0], StringComparison.Ordinal);
        Assert.Contains("culprit attribute", check.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void Asking_again_replaces_it_and_new_evidence_takes_it_away()
    {
        Attribute(Request);
        Attribute(Request with { UnknownBaseRate = 0.6 });
        using (CaseReader opened = CaseReader.Open(_folder.Case))
        {
            Assert.Equal(0.6, opened.Attribution!.Request.UnknownBaseRate);
        }

        _folder.Add("evidence/pc7.evtx", EvidenceFolder.EventLog(20, "pc7.example", 3));
        _folder.Investigate().Dispose();

        using CaseReader again = CaseReader.Open(_folder.Case);
        Assert.Null(again.Attribution);
        Assert.All(_folder.Verify(), static check => Assert.Equal((check.Code, CheckState.Passed), (check.Code, check.State)));
    }

    [Fact]
    public void An_incident_that_is_not_there_changes_nothing()
    {
        CaseException e = Assert.Throws<CaseException>(() => Attribute(Request with { Incident = 99 }));

        Assert.Equal((CaseFault.NoSuchThing, "it has no incident 99"), (e.Fault, e.Message));
        Assert.False(File.Exists(_folder.Of("case/attribution.json")));
    }

    private AssessedIncidents Attribute(AssessmentRequest request) => CaseRecorder.Attribute(_folder.Case, request, KnowledgeBase.Embedded, _folder.Actor);

    private string[] Failing() => [.. _folder.Verify().Where(static c => c.State == CheckState.Failed).Select(static c => c.Code)];

    private void Forge(AssessedIncidents assessed)
    {
        using var stream = new MemoryStream();
        assessed.Write(stream);
        Forge(stream.ToArray());
    }

    // As somebody would who has the case and a key: the file, its hash and the signature agree.
    private void Forge(byte[] content)
    {
        using var store = Culprit.Cases.Storage.CaseStore.Open(_folder.Case, Culprit.Cases.Storage.CaseDisk.Real);
        using Culprit.Cases.Storage.CaseChange change = store.Begin();
        change.Write("attribution.json", content);
        change.Commit("attribute", "Assessed.", _folder.Actor, store.Header!.Id);
    }
}
