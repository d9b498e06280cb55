using Culprit.Cases;
using Culprit.Cases.Storage;
using Culprit.Findings;
using Culprit.Tests.Evidence;

namespace Culprit.Tests.Cases;

public sealed class CaseInvestigationTests : IDisposable
{
    private readonly CaseFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1L)]
    [InlineData(100_000L)]
    [InlineData(long.MaxValue)]
    public void The_result_does_not_depend_on_the_parts(long commitEvery)
    {
        string[] whole = CaseFolder.Whole(CaseFolder.Rules(), _folder.Evidence);

        using CaseResult kept = CaseFolder.Investigate(_folder.Keep() with { CommitEvery = commitEvery });

        Assert.Contains(whole, static line => line.Contains("\"event_count\":", StringComparison.Ordinal) && !line.Contains("\"event_count\":0", StringComparison.Ordinal));
        Assert.Equal(whole, CaseFolder.Text(kept.Result));
    }

    [Fact]
    public void The_result_does_not_depend_on_when_evidence_was_added()
    {
        string[] parts = ["notes.txt", "pc2.evtx", "copy.evtx", "pc0.evtx", "pc1.evtx"];
        string[] paths = [.. parts.Select(p => _folder.Evidence + "/" + p)];
        foreach (string path in paths[..^1])
        {
            _folder.Investigate(path).Dispose();
        }

        using (CaseResult kept = _folder.Investigate(paths[^1]))
        {
            Assert.Equal(CaseFolder.Whole(CaseFolder.Rules(), paths), CaseFolder.Text(kept.Result));
        }

        Assert.All(_folder.Verify(), static check => Assert.Equal(CheckState.Passed, check.State));
    }

    [Fact]
    public void Evidence_that_the_case_has_is_not_read_again()
    {
        string head;
        using (CaseResult first = _folder.Investigate())
        {
            Assert.Equal((5, 0), (first.FilesRead, first.FilesKnown));
            head = first.Head;
        }

        using CaseResult second = _folder.Investigate();

        Assert.Equal((0, 5, head), (second.FilesRead, second.FilesKnown, second.Head));
    }

    [Fact]
    public void A_file_that_changed_is_kept_in_both_versions()
    {
        _folder.Investigate().Dispose();
        _folder.Add("evidence/pc0.evtx", EvidenceFolder.EventLog(40, "pc0.example"));

        using CaseResult kept = _folder.Investigate();

        Assert.Equal(1, kept.FilesRead);
        Assert.Equal(2, kept.Result.Coverage.Sources.Count(s => s.Source.Path == _folder.Evidence + "/pc0.evtx"));
        Assert.Contains(kept.Result.Findings(), static f => f.Places.Length == 2 && f.Host == "pc0.example");
        kept.Dispose();
        CaseCheck[] checks = _folder.Verify();
        Assert.DoesNotContain(checks, static c => c.State == CheckState.Failed);
        Assert.Contains(checks, static c => c is { Code: "evidence", State: CheckState.NotMade });
    }

    [Fact]
    public void Evidence_that_could_not_be_read_is_read_once_it_can_be()
    {
        string late = _folder.Of("evidence/late.evtx");
        using (CaseResult first = _folder.Investigate(_folder.Evidence, late))
        {
            Assert.Contains(first.Result.Coverage.Sources, s => s.Source.Path == late && s.NotReadReason.Length > 0);
        }

        _folder.Add("evidence/late.evtx", EvidenceFolder.EventLog(10, "late.example"));
        using CaseResult kept = _folder.Investigate(_folder.Evidence, late);

        Assert.Equal(1, kept.FilesRead);
        Assert.Equal(CaseFolder.Whole(CaseFolder.Rules(), _folder.Evidence, late), CaseFolder.Text(kept.Result));
    }

    [Fact]
    public void Other_rules_need_the_users_word()
    {
        _folder.Investigate().Dispose();
        CaseRequest other = _folder.Keep(_folder.Evidence + "/pc0.evtx") with { Investigation = CaseFolder.Request(CaseFolder.Rules("high"), _folder.Evidence + "/pc0.evtx") };

        CaseException refused = Assert.Throws<CaseException>(() => CaseFolder.Investigate(other));
        Assert.Equal(CaseFault.OtherRules, refused.Fault);
        Assert.Contains("--rejudge", refused.Message, StringComparison.Ordinal);

        // Everything that the case has is read again, not only what is given now.
        using CaseResult kept = CaseFolder.Investigate(other with { Rejudge = true });
        Assert.Equal(CaseFolder.Whole(CaseFolder.Rules("high"), _folder.Evidence), CaseFolder.Text(kept.Result));
    }

    [Fact]
    public void Nothing_is_rejudged_when_evidence_is_missing()
    {
        _folder.Investigate().Dispose();
        File.Delete(_folder.Evidence + "/pc2.evtx");
        CaseRequest other = _folder.Keep() with { Investigation = CaseFolder.Request(CaseFolder.Rules("high"), _folder.Evidence), Rejudge = true };

        Assert.Equal(CaseFault.EvidenceMissing, Assert.Throws<CaseException>(() => CaseFolder.Investigate(other)).Fault);

        using CaseReader reader = CaseReader.Open(_folder.Case);
        Assert.NotEmpty(reader.Findings());
    }

    [Fact]
    public void A_run_that_is_stopped_keeps_what_was_committed_and_goes_on()
    {
        using var stop = new CancellationTokenSource();
        var progress = new StopAfterFirst(stop);

        using (CaseResult stopped = CaseInvestigation.Run(
            _folder.Keep() with { Investigation = CaseFolder.Request(CaseFolder.Rules(), _folder.Evidence) with { Evidence = new() { Threads = 1 } } }, progress, stop.Token))
        {
            Assert.True(stopped.Result.Coverage.Stopped);
            Assert.InRange(stopped.FilesRead, 0, 4);
        }

        using CaseResult kept = _folder.Investigate();
        Assert.Equal(CaseFolder.Whole(CaseFolder.Rules(), _folder.Evidence), CaseFolder.Text(kept.Result));
    }

    [Fact]
    public void Two_programs_do_not_change_one_case()
    {
        using CaseResult kept = _folder.Investigate();

        Assert.Equal(CaseFault.InUse, Assert.Throws<CaseException>(() => CaseRecorder.Note(_folder.Case, "note", _folder.Actor)).Fault);
        Assert.Equal(CaseFault.InUse, Assert.Throws<CaseException>(() => CaseReader.Open(_folder.Case)).Fault);
    }

    [Fact]
    public void A_folder_with_other_files_becomes_no_case()
    {
        _folder.Add("case/thesis.txt", [1]);

        Assert.Equal(CaseFault.NotEmpty, Assert.Throws<CaseException>(() => _folder.Investigate()).Fault);
        Assert.Equal(CaseFault.NotACase, Assert.Throws<CaseException>(() => CaseReader.Open(_folder.Evidence)).Fault);
    }

    [Fact]
    public void All_events_are_kept_where_that_is_asked_for()
    {
        long records;
        using (CaseResult kept = CaseFolder.Investigate(_folder.Keep() with { KeepEvents = true, CommitEvery = 100_000 }))
        {
            records = kept.Result.Coverage.RecordsGood;
        }

        using var connection = new DuckDB.NET.Data.DuckDBConnection("DataSource=:memory:");
        connection.Open();
        using DuckDB.NET.Data.DuckDBCommand command = connection.CreateCommand();
        command.CommandText = $"SELECT count(*), count(DISTINCT identity), count(sha256) FROM '{_folder.Case}/events/*.parquet'";
        using DuckDB.NET.Data.DuckDBDataReader reader = command.ExecuteReader();
        Assert.True(reader.Read());
        Assert.Equal((records, 60L, records), (reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2)));
        Assert.All(_folder.Verify(), static check => Assert.Equal(CheckState.Passed, check.State));
    }

    [Fact]
    public void A_reader_gives_back_what_was_found()
    {
        using CaseResult kept = _folder.Investigate();
        string[] findings = [.. CaseFolder.Text(kept.Result)[..kept.Result.Findings().Count()]];
        kept.Dispose();
        CaseRecorder.Note(_folder.Case, "seen", _folder.Actor);
        CaseRecorder.Tag(_folder.Case, "reviewed", identity: null, incident: 1, _folder.Actor);
        CaseRecorder.Add(_folder.Case, new Dictionary<string, Action<Stream>>(StringComparer.Ordinal) { ["dossier/page.html"] = static s => s.Write("page"u8) }, "Added.", _folder.Actor);

        using CaseReader reader = CaseReader.Open(_folder.Case);

        CaseJson json = CaseJson.WithSources(static _ => throw new NotSupportedException());
        Finding[] read = [.. reader.Findings()];
        Assert.Equal(findings, read.Select(f => System.Text.Json.JsonSerializer.Serialize(f, json.Finding)));
        Assert.Equal(
            kept.Incidents.Select(static i => System.Text.Json.JsonSerializer.Serialize(i, CaseJson.Lines.Incident)),
            reader.Incidents.Select(static i => System.Text.Json.JsonSerializer.Serialize(i, CaseJson.Lines.Incident)));
        Assert.Equal("seen", Assert.Single(reader.Notes).Text);
        Assert.Equal(("reviewed", 1), (Assert.Single(reader.Tags).Tag, reader.Tags[0].Incident));
        Assert.Equal("page"u8.ToArray(), reader.ReadFile("dossier/page.html"));
        Assert.Equal(["create", "read", "read", "read", "read", "read", "judge", "note", "tag", "add"], reader.Custody.Select(static e => e.Action));
        Assert.Equal(_folder.Signer.KeyId, reader.SignerKeyId);
        Assert.Throws<CaseException>(() => CaseRecorder.Tag(_folder.Case, "x", null, 99, _folder.Actor));
    }

    private sealed class StopAfterFirst(CancellationTokenSource stop) : IProgress<Culprit.Evidence.EvidenceProgress>
    {
        public void Report(Culprit.Evidence.EvidenceProgress value)
        {
            if (value.SourcesDone >= 2)
            {
                stop.Cancel();
            }
        }
    }
}
