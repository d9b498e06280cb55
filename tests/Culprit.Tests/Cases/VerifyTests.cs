using System.Text;
using Culprit.Cases;
using Culprit.Tests.Evidence;

namespace Culprit.Tests.Cases;

public sealed class VerifyTests : IDisposable
{
    private readonly CaseFolder _folder = new();

    public VerifyTests()
    {
        _folder.Investigate().Dispose();
        CaseRecorder.Note(_folder.Case, "a note", _folder.Actor);
        CaseRecorder.Tag(_folder.Case, "a-tag", null, null, _folder.Actor);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_case_as_it_was_written_holds()
    {
        CaseCheck[] checks = _folder.Verify(r => r with { Replay = CaseFolder.Rules(), PublicKey = _folder.Signer.PublicKey });

        Assert.All(checks, static check => Assert.Equal((CheckState.Passed, 0L, ""), (check.State, check.ProblemCount, check.Advice)));
        Assert.Equal(["custody", "files", "signature", "manifest", "evidence", "citations", "statements", "replay"], checks.Select(static c => c.Code));
        Assert.Equal(checks.Length, checks.Select(static c => c.Title).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void A_changed_byte_of_any_file_is_seen()
    {
        string[] files = Directory.GetFiles(_folder.Case, "*", SearchOption.AllDirectories);
        int changed = 0;
        foreach (string file in files)
        {
            byte[] content = File.ReadAllBytes(file);
            int[] positions = content.Length == 0 ? [] : [0, content.Length / 3, content.Length / 2, content.Length * 3 / 4, content.Length - 1];
            foreach (int position in positions.Distinct())
            {
                // A bit of a letter's case, a low bit, and one that makes most text invalid.
                foreach (byte flip in new byte[] { 0x20, 0x01, 0x80 })
                {
                    byte[] other = [.. content];
                    other[position] ^= flip;
                    File.WriteAllBytes(file, other);
                    changed++;
                    Assert.True(
                        _folder.Verify().Any(static c => c.State == CheckState.Failed && c.Problems.Length > 0 && c.Advice.Length > 0),
                        $"{file}, byte {position}, flipped by {flip}");
                }
            }

            File.WriteAllBytes(file, content);
        }

        Assert.InRange(changed, 100, 1000);
        Assert.All(_folder.Verify(), static check => Assert.Equal(CheckState.Passed, check.State));
    }

    [Fact]
    public void Bytes_all_over_the_signature_count()
    {
        string file = _folder.Of("case/signature.json");
        byte[] content = File.ReadAllBytes(file);
        for (int i = 0; i < content.Length; i += 11)
        {
            byte[] other = [.. content];
            other[i] ^= 1;
            File.WriteAllBytes(file, other);
            Assert.Contains(
                CaseVerifier.Verify(new VerifyRequest { Folder = _folder.Case, Tool = "culprit test" }, CancellationToken.None).Take(3),
                static c => c is { Code: "signature", State: CheckState.Failed });
        }
    }

    [Fact]
    public void A_log_that_was_cut_is_seen()
    {
        string file = _folder.Of("case/custody.jsonl");
        string[] lines = File.ReadAllLines(file);
        File.WriteAllText(file, string.Join('\n', lines[..^1]) + "\n");

        CaseCheck[] checks = _folder.Verify();

        Assert.Equal(CheckState.Passed, checks.Single(static c => c.Code == "custody").State);
        Assert.Equal(CheckState.Failed, checks.Single(static c => c.Code == "signature").State);
    }

    [Fact]
    public void Files_that_are_missing_or_were_added_are_seen()
    {
        File.Delete(_folder.Of("case/notes.jsonl"));
        _folder.Add("case/extra.txt", [1]);

        CaseCheck files = _folder.Verify().Single(static c => c.Code == "files");

        Assert.Equal(CheckState.Failed, files.State);
        Assert.Equal(["notes.jsonl is missing", "extra.txt was not put there by this program"], files.Problems);
    }

    [Fact]
    public void Another_key_is_seen()
    {
        using CaseSigner other = CaseSigner.OpenOrCreate(_folder.Of("other/key.pem"));

        Assert.Equal(CheckState.Failed, _folder.Verify(r => r with { PublicKey = other.PublicKey }).Single(static c => c.Code == "signature").State);

        // Who signs anew with a key of their own passes for its owner only where nobody asks for the owner's.
        CaseRecorder.Note(_folder.Case, "forged", _folder.Actor with { Signer = other });
        Assert.All(_folder.Verify(), static check => Assert.Equal(CheckState.Passed, check.State));
        Assert.Equal(CheckState.Failed, _folder.Verify(r => r with { PublicKey = _folder.Signer.PublicKey }).Single(static c => c.Code == "signature").State);
    }

    [Fact]
    public void Evidence_that_changed_is_seen_and_so_is_what_was_quoted_of_it()
    {
        _folder.Add("evidence/pc2.evtx", EvidenceFolder.EventLog(20, "pc9.example", 10));

        CaseCheck[] checks = _folder.Verify(r => r with { Replay = CaseFolder.Rules() });

        Assert.Equal(
            [("evidence", CheckState.Failed), ("citations", CheckState.Failed), ("replay", CheckState.NotMade)],
            checks.Where(static c => c.State != CheckState.Passed).Select(static c => (c.Code, c.State)));
        Assert.Contains(checks.Single(static c => c.Code == "citations").Problems, static p => p.Contains("the record's host is 'pc9.example', not 'pc2.example'", StringComparison.Ordinal));
    }

    [Fact]
    public void Evidence_that_is_elsewhere_is_found_there()
    {
        string moved = _folder.Of("moved");
        Directory.Move(_folder.Evidence, moved);

        CaseCheck[] checks = _folder.Verify();
        Assert.Equal(
            [("evidence", CheckState.NotMade), ("citations", CheckState.NotMade)],
            checks.Where(static c => c.State != CheckState.Passed).Select(static c => (c.Code, c.State)));
        Assert.Contains("--evidence", checks.First(static c => c.Code == "evidence").Advice, StringComparison.Ordinal);

        Assert.All(
            _folder.Verify(r => r with { EvidenceRoot = moved, Replay = CaseFolder.Rules() }),
            static check => Assert.Equal((check.Code, CheckState.Passed), (check.Code, check.State)));
    }

    [Fact]
    public void A_replay_by_other_rules_is_not_made()
    {
        CaseCheck replay = _folder.Verify(r => r with { Replay = CaseFolder.Rules("high") }).Single(static c => c.Code == "replay");

        Assert.Equal(CheckState.NotMade, replay.State);
    }

    [Fact]
    public void A_case_that_nobody_signed_says_so()
    {
        CaseRecorder.Note(_folder.Case, "unsigned", _folder.Actor with { Signer = null });

        CaseCheck signature = _folder.Verify().Single(static c => c.Code == "signature");

        Assert.Equal((CheckState.Failed, "the case is not signed"), (signature.State, signature.Problems[0]));
        Assert.False(File.Exists(_folder.Of("case/signer.pub")));
    }

    [Fact]
    public void The_envelope_is_what_others_can_check()
    {
        // DSSE and in-toto by their documents, read by nothing of ours.
        using var json = System.Text.Json.JsonDocument.Parse(File.ReadAllBytes(_folder.Of("case/signature.json")));
        byte[] payload = json.RootElement.GetProperty("payload").GetBytesFromBase64();
        string type = json.RootElement.GetProperty("payloadType").GetString()!;
        byte[] signature = json.RootElement.GetProperty("signatures")[0].GetProperty("sig").GetBytesFromBase64();
        using var key = System.Security.Cryptography.ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(_folder.Of("case/signer.pub")));

        byte[] encoded = [.. Encoding.UTF8.GetBytes($"DSSEv1 {type.Length} {type} {payload.Length} "), .. payload];
        Assert.True(key.VerifyData(encoded, signature, System.Security.Cryptography.HashAlgorithmName.SHA256, System.Security.Cryptography.DSASignatureFormat.Rfc3279DerSequence));
        using var statement = System.Text.Json.JsonDocument.Parse(payload);
        Assert.Equal("https://in-toto.io/Statement/v1", statement.RootElement.GetProperty("_type").GetString());
        Assert.All(statement.RootElement.GetProperty("subject").EnumerateArray(), subject => Assert.Equal(
            Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(_folder.Of("case/" + subject.GetProperty("name").GetString())))),
            subject.GetProperty("digest").GetProperty("sha256").GetString()));
    }
}
