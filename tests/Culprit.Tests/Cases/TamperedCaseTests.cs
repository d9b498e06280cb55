using System.Security.Cryptography;
using Culprit.Attribution;
using Culprit.Cases;
using Culprit.Cases.Custody;
using Culprit.Cases.Storage;
using Culprit.Knowledge;
using Culprit.TestSupport;

namespace Culprit.Tests.Cases;

public sealed class TamperedCaseTests : IDisposable
{
    private const string Noted = "do not close", Forged = "is clean now";

    private readonly CaseFolder _folder = new();
    private readonly List<string> _notices = [];

    public TamperedCaseTests()
    {
        _folder.Investigate(_folder.Evidence + "/pc0.evtx").Dispose();
        CaseRecorder.Note(_folder.Case, Noted, Actor);
    }

    private CaseActor Actor => _folder.Actor with { Notice = _notices.Add };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("note")]
    [InlineData("tag")]
    [InlineData("add")]
    [InlineData("export")]
    [InlineData("attribute")]
    [InlineData("investigate")]
    [InlineData("rejudge")]
    [InlineData("timestamp")]
    public void Nothing_is_signed_over_what_somebody_else_changed(string how)
    {
        TamperedCase.Rewrite(_folder.Case, "notes.jsonl", Noted, Forged);
        Dictionary<string, byte[]> before = Files();

        CaseException refused = Assert.Throws<CaseException>(() => Write(how));

        Assert.Equal(CaseFault.Damaged, refused.Fault);
        Assert.StartsWith("its signature does not hold: it signs ", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, Files());
        Assert.Equal(CheckState.Failed, Signature(_folder.Signer.PublicKey).State);
    }

    [Fact]
    public void An_assessment_that_was_changed_is_not_signed_over()
    {
        CaseRecorder.Attribute(_folder.Case, new AssessmentRequest { Incident = 1 }, KnowledgeBase.Embedded, Actor);
        string knowledge = KnowledgeBase.Embedded.Sha256;
        TamperedCase.Rewrite(_folder.Case, "attribution.json", knowledge, new string('a', knowledge.Length));

        Assert.Equal(CaseFault.Damaged, Assert.Throws<CaseException>(() => Write("note")).Fault);
    }

    [Theory]
    [InlineData("case.json")]
    [InlineData("manifest.json")]
    [InlineData("notes.jsonl")]
    [InlineData("tags.jsonl")]
    [InlineData("attribution.json")]
    [InlineData("signer.pub")]
    public void Small_files_are_held_against_the_log_before_anything_is_written(string name)
    {
        CaseRecorder.Tag(_folder.Case, "a-tag", null, null, Actor);
        CaseRecorder.Attribute(_folder.Case, new AssessmentRequest { Incident = 1 }, KnowledgeBase.Embedded, Actor);
        File.AppendAllText(_folder.Of("case/" + name), "\n");
        Dictionary<string, byte[]> before = Files();

        CaseException refused = Assert.Throws<CaseException>(() => Write("export"));

        Assert.Equal((CaseFault.Damaged, $"its file {name} is not what was written. 'culprit verify' says more"), (refused.Fault, refused.Message));
        Assert.Equal(before, Files());
    }

    [Theory]
    [InlineData("segments/0001/findings.bin", false)]
    [InlineData("segments/0001/index.bin", false)]
    [InlineData("segments/0001/sizes.json", false)]
    [InlineData("notes.jsonl", false)]
    [InlineData("segments/0001/findings.bin", true)]
    [InlineData("segments/0001/coverage.json", true)]
    public void A_case_that_lacks_a_part_of_itself_is_neither_read_nor_written(string name, bool isCut)
    {
        string path = _folder.Of("case/" + name);
        if (isCut)
        {
            File.WriteAllBytes(path, File.ReadAllBytes(path)[..^1]);
        }
        else
        {
            File.Delete(path);
        }

        Dictionary<string, byte[]> before = Files();
        string problem = $"its file {name} {(isCut ? "is not what was written" : "is missing")}. 'culprit verify' says more";

        CaseException unread = Assert.Throws<CaseException>(() => CaseReader.Open(_folder.Case)), refused = Assert.Throws<CaseException>(() => Write("note"));

        Assert.Equal((CaseFault.Damaged, problem), (unread.Fault, unread.Message));
        Assert.Equal((CaseFault.Damaged, problem), (refused.Fault, refused.Message));
        Assert.Equal(before, Files());
    }

    // Whoever takes a dossier away takes nothing from the case.
    [Fact]
    public void What_was_made_of_a_case_may_be_gone()
    {
        CaseRecorder.Add(_folder.Case, new Dictionary<string, Action<Stream>> { ["report/dossier.html"] = static output => output.WriteByte(1) }, "Wrote the dossier.", Actor);
        File.Delete(_folder.Of("case/report/dossier.html"));

        CaseReader.Open(_folder.Case).Dispose();
        Write("note");
    }

    [Theory]
    [InlineData("signature.json", "its signature does not hold: signature.json is missing")]
    [InlineData("signer.pub", "its signature does not hold: signer.pub is missing, or no key")]
    public void A_signature_that_was_taken_away_is_seen(string name, string problem)
    {
        File.Delete(_folder.Of("case/" + name));

        Assert.StartsWith(problem, Assert.Throws<CaseException>(() => Write("note")).Message, StringComparison.Ordinal);
        using CaseReader reader = CaseReader.Open(_folder.Case);
        Assert.Equal(problem, reader.SignatureProblem);
    }

    [Fact]
    public void A_signature_that_the_log_was_made_to_deny_stays_seen_by_who_names_the_key()
    {
        TamperedCase.Strip(_folder.Case);
        using (CaseReader reader = CaseReader.Open(_folder.Case))
        {
            Assert.Equal("the case is not signed", reader.SignatureProblem);
        }

        Write("note");

        int entry = File.ReadAllLines(_folder.Of("case/custody.jsonl")).Length - 1;
        Assert.StartsWith($"the case was last signed by no key, and is from now on by yours, {_folder.Signer.KeyId}; ", Assert.Single(_notices), StringComparison.Ordinal);
        CaseCheck signature = Signature(_folder.Signer.PublicKey);
        Assert.Equal(CheckState.Failed, signature.State);
        Assert.Equal([$"1 of the custody log's entries, the last of them {entry}, were signed by no key; whoever wrote them could change what the case held then"], signature.Problems);
    }

    [Fact]
    public void Every_key_that_signed_is_told()
    {
        using CaseSigner other = CaseSigner.OpenOrCreate(_folder.Of("other/key.pem"));
        CaseRecorder.Note(_folder.Case, "forged", Actor with { Signer = other });
        CaseRecorder.Note(_folder.Case, "another", Actor);

        Assert.Equal(2, _notices.Count);
        Assert.Contains($"last signed by the key {_folder.Signer.KeyId}, and is from now on by yours, {other.KeyId}", _notices[0], StringComparison.Ordinal);
        Assert.Contains($"last signed by the key {other.KeyId}, and is from now on by yours, {_folder.Signer.KeyId}", _notices[1], StringComparison.Ordinal);

        // Whoever signed in between could change all that was there then: to the owner of one key alone the case proves nothing.
        CaseCheck alone = Signature(_folder.Signer.PublicKey);
        Assert.Equal(CheckState.Failed, alone.State);
        Assert.Contains(other.KeyId, Assert.Single(alone.Problems), StringComparison.Ordinal);

        foreach (string? known in new[] { null, _folder.Signer.PublicKey + other.PublicKey, other.PublicKey + _folder.Signer.PublicKey })
        {
            CaseCheck told = Signature(known);
            Assert.Equal(CheckState.Passed, told.State);
            Assert.Contains($"the key {_folder.Signer.KeyId} (", told.Detail, StringComparison.Ordinal);
            Assert.Contains($"the key {other.KeyId} (1, ", told.Detail, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_log_that_names_another_key_than_signed_does_not_hold()
    {
        using CaseSigner other = CaseSigner.OpenOrCreate(_folder.Of("other/key.pem"));
        CaseRecorder.Note(_folder.Case, "a note", Actor with { Signer = other });
        TamperedCase.Rewrite(_folder.Case, "notes.jsonl", other.KeyId, _folder.Signer.KeyId);
        byte[] custody = File.ReadAllBytes(_folder.Of("case/custody.jsonl"));
        CustodyLog log = CustodyLog.Read(custody, out _);
        string id = CaseHeader.Read(File.ReadAllBytes(_folder.Of("case/case.json"))).Id;
        var statement = new SignedStatement(
            log.Files.SetItem(CaseLayout.Custody, Convert.ToHexStringLower(SHA256.HashData(custody))), id, log.Entries.Count, log.Head);
        File.WriteAllBytes(_folder.Of("case/signature.json"), Envelope.Sign(statement, other));

        string problem = $"the key {other.KeyId} signs, and the last entry of the custody log names the key {_folder.Signer.KeyId}";
        Assert.Contains(problem, Assert.Throws<CaseException>(() => Write("note")).Message, StringComparison.Ordinal);
        Assert.Equal([problem], Signature(null).Problems);
    }

    [Fact]
    public void Who_reads_learns_that_the_signature_does_not_hold()
    {
        using (CaseReader whole = CaseReader.Open(_folder.Case))
        {
            Assert.Equal("", whole.SignatureProblem);
        }

        TamperedCase.Rewrite(_folder.Case, "notes.jsonl", Noted, Forged);

        using CaseReader reader = CaseReader.Open(_folder.Case);
        Assert.StartsWith("its signature does not hold: ", reader.SignatureProblem, StringComparison.Ordinal);
    }

    private void Write(string how)
    {
        switch (how)
        {
            case "note":
                CaseRecorder.Note(_folder.Case, "reviewed", Actor);
                break;
            case "tag":
                CaseRecorder.Tag(_folder.Case, "reviewed", null, null, Actor);
                break;
            case "add":
                CaseRecorder.Add(_folder.Case, new Dictionary<string, Action<Stream>>(StringComparer.Ordinal) { ["report/x"] = static _ => { } }, "Added.", Actor);
                break;
            case "export":
                CaseRecorder.Export(_folder.Case, "Exported.", Actor);
                break;
            case "attribute":
                CaseRecorder.Attribute(_folder.Case, new AssessmentRequest { Incident = 1 }, KnowledgeBase.Embedded, Actor);
                break;
            case "timestamp":
                CaseTimestamp.Of(_folder.Case);
                break;
            default:
                CaseFolder.Investigate(_folder.Keep() with { Rejudge = how == "rejudge" }).Dispose();
                break;
        }
    }

    private CaseCheck Signature(string? key) => _folder.Verify(r => r with { PublicKey = key }).Single(static c => c.Code == "signature");

    private Dictionary<string, byte[]> Files() => Directory.GetFiles(_folder.Case, "*", SearchOption.AllDirectories)
        .ToDictionary(static path => path, File.ReadAllBytes, StringComparer.Ordinal);
}
