using Culprit.TestSupport.Evtx;

namespace Culprit.Evtx.Tests.Quirks;

/// <summary>Damaged files: what is still there is read, what is wrong is said, and nothing is counted twice.</summary>
public sealed class DamageTests
{
    [Fact]
    public void A_wrong_copy_of_the_size_is_a_problem_and_no_loss()
    {
        byte[] file = Samples.Numbered(5);
        EvtxDefects.SetRecordSize(file, EvtxDefects.Records(file)[2], 77, copy: true);
        var problems = new List<EvtxProblem>();
        List<ReadRecord> records = RecordCollector.Read(file, problems);
        Assert.Equal(Samples.Range(1, 5), Samples.Numbers(records));
        Assert.DoesNotContain(records, r => r.IsSlack);
        Assert.Contains(problems, p => p.Kind == EvtxProblemKind.RecordSize && p.Offset == EvtxDefects.Records(file)[2].Offset);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(27u)]
    [InlineData(1000u)]
    [InlineData(70000u)]
    [InlineData(uint.MaxValue)]
    public void After_a_wrong_size_the_next_records_are_found_by_their_signature(uint size)
    {
        byte[] file = Samples.Numbered(5);
        EvtxDefects.SetRecordSize(file, EvtxDefects.Records(file)[2], size, copy: false);
        var problems = new List<EvtxProblem>();
        List<ReadRecord> records = RecordCollector.Read(file, problems);
        Assert.Equal(Samples.Range(1, 5), Samples.Numbers(records));
        Assert.Contains(problems, p => p.Kind == EvtxProblemKind.RecordSize);
    }

    [Fact]
    public void A_lost_signature_loses_one_record_and_what_follows_is_flagged()
    {
        byte[] file = Samples.Numbered(5);
        EvtxDefects.Overwrite(file, EvtxDefects.Records(file)[2], 0, [1, 2, 3, 4]);
        var problems = new List<EvtxProblem>();
        var collector = new RecordCollector();
        using var stream = new MemoryStream(file);
        EvtxChunkResult result = EvtxFiles.Read(stream, collector, EvtxOptions.Default, problems);
        Assert.Equal(new EvtxChunkResult(2, 1, 2), result);
        Assert.Equal(["1", "2", "4", "5"], Samples.Numbers(collector.Records));
        Assert.Equal([false, false, true, true], collector.Records.Select(r => r.IsSlack));
        Assert.Contains(problems, p => p.Kind == EvtxProblemKind.LostRecords);
    }

    [Fact]
    public void Garbage_in_a_record_is_one_bad_record()
    {
        byte[] file = Samples.Numbered(5);
        EvtxDefects.Overwrite(file, EvtxDefects.Records(file)[2], 28, [0x55, 0x55, 0x55]);
        var problems = new List<EvtxProblem>();
        var collector = new RecordCollector();
        using var stream = new MemoryStream(file);
        EvtxChunkResult result = EvtxFiles.Read(stream, collector, EvtxOptions.Default, problems);
        Assert.Equal(new EvtxChunkResult(4, 1, 0), result);
        Assert.Contains(problems, p => p.Kind == EvtxProblemKind.BinXml);
    }

    [Fact]
    public void Records_of_a_chunk_without_header_are_recovered()
    {
        byte[] file = Samples.Numbered(400);
        EvtxDefects.WipeChunkHeader(file, 1);
        var problems = new List<EvtxProblem>();
        List<ReadRecord> records = RecordCollector.Read(file, problems);
        Assert.Equal(Samples.Range(1, 400), Samples.Numbers(records));
        Assert.Equal(EvtxDefects.Records(Samples.Numbered(400)).Count(r => r.Chunk == 1), records.Count(r => r.IsSlack));
        Assert.Contains(problems, p => p.Kind == EvtxProblemKind.ChunkHeader && p.Offset == EvtxDefects.ChunkStart(1));
    }

    [Fact]
    public void Chunks_are_read_whatever_the_header_counts_and_past_zeros()
    {
        byte[] file = Samples.Numbered(700);
        int zeroed = EvtxDefects.Records(file).Count(r => r.Chunk == 1);
        EvtxDefects.SetChunkCount(file, 1);
        EvtxDefects.ZeroChunk(file, 1);
        var problems = new List<EvtxProblem>();
        List<ReadRecord> records = RecordCollector.Read(file, problems);
        Assert.Equal(700 - zeroed, records.Count);
        Assert.Equal("700", records[^1]["n"]);
        Assert.Empty(problems);
    }

    [Fact]
    public void Wrong_checksums_are_said_and_everything_is_read()
    {
        byte[] file = Samples.Numbered(3);
        EvtxDefects.BreakFileHeaderChecksum(file);
        EvtxDefects.BreakRecordsChecksum(file, 0);
        EvtxDefects.BreakChunkHeaderChecksum(file, 0);
        var problems = new List<EvtxProblem>();
        Assert.Equal(3, RecordCollector.Read(file, problems).Count);
        Assert.Equal(
            [EvtxProblemKind.Checksum, EvtxProblemKind.Checksum, EvtxProblemKind.Checksum],
            problems.Select(p => p.Kind));
    }

    [Fact]
    public void A_dirty_file_says_so()
    {
        byte[] file = Samples.Numbered(3);
        EvtxDefects.SetFileFlags(file, 1);
        var problems = new List<EvtxProblem>();
        Assert.Equal(3, RecordCollector.Read(file, problems).Count);
        Assert.Equal(EvtxProblemKind.Dirty, Assert.Single(problems).Kind);
    }

    [Fact]
    public void Slack_is_read_on_request_only()
    {
        byte[] file = Samples.Numbered(5);
        EvtxDefects.TurnIntoSlack(file, 0, 2);
        Assert.Equal(Samples.Range(1, 3), Samples.Numbers(RecordCollector.Read(file)));
        List<ReadRecord> all = RecordCollector.Read(file, options: new EvtxOptions { IncludeSlack = true });
        Assert.Equal(Samples.Range(1, 5), Samples.Numbers(all));
        Assert.Equal([false, false, false, true, true], all.Select(r => r.IsSlack));
    }

    [Fact]
    public void A_cut_file_gives_what_is_before_the_cut()
    {
        byte[] file = Samples.Numbered(5);
        EvtxDefects.RecordPlace last = EvtxDefects.Records(file)[4];
        var problems = new List<EvtxProblem>();
        List<ReadRecord> records = RecordCollector.Read(file[..(last.Offset + 60)], problems);
        Assert.Equal(Samples.Range(1, 4), Samples.Numbers(records));
        Assert.Contains(problems, p => p.Kind == EvtxProblemKind.CutChunk);
        Assert.Contains(problems, p => p.Kind == EvtxProblemKind.RecordSize && p.Offset == last.Offset);
    }

    [Fact]
    public void Wherever_the_cut_is_no_record_is_made_up_of_what_is_left()
    {
        byte[] file = Samples.Numbered(5);
        EvtxDefects.RecordPlace last = EvtxDefects.Records(file)[4];
        Assert.All(
            Enumerable.Range(1, last.Length - 4),
            kept => Assert.Equal(Samples.Range(1, 4), Samples.Numbers(RecordCollector.Read(file[..(last.Offset + kept)]))));
    }

    [Fact]
    public void Chunks_that_stand_at_odd_places_are_found()
    {
        byte[] file = Samples.Numbered(700);
        int second = EvtxDefects.ChunkStart(1);
        byte[] shifted = [.. file[..second], .. new byte[777], .. file[second..]];
        List<ReadRecord> records = RecordCollector.Read(shifted);
        Assert.Equal(Samples.Range(1, 700), Samples.Numbers(records));
        Assert.Equal(second + 777 + 512, records.First(r => r.Offset >= second).Offset);
    }

    [Fact]
    public void Bare_chunks_without_a_file_header_are_read()
    {
        byte[] file = Samples.Numbered(3);
        var problems = new List<EvtxProblem>();
        Assert.Equal(3, RecordCollector.Read(file[4096..], problems).Count);
        Assert.Equal(EvtxProblemKind.FileHeader, Assert.Single(problems).Kind);
        Assert.True(EvtxFormat.IsEvtx(file));
        Assert.True(EvtxFormat.IsEvtx(file.AsSpan(4096)));
        Assert.False(EvtxFormat.IsEvtx("ElfFil"u8));
    }

    [Fact]
    public void Limits_make_a_record_bad_and_the_next_one_is_read()
    {
        BinXmlNode deep = "x";
        for (int i = 0; i < 70; i++)
        {
            deep = new BinXmlElement("d", deep);
        }

        BinXmlValue nested = "x";
        var holder = new BinXmlTemplate(new BinXmlElement("n", new BinXmlSubstitution(0, BinXmlType.BinXml)));
        for (int i = 0; i < 12; i++)
        {
            nested = BinXmlValue.Nested(new BinXmlTemplateInstance(holder, [nested]));
        }

        byte[] file = EvtxWriter.ToBytes(w =>
        {
            w.WriteFragment(Samples.Time, deep);
            w.WriteFragment(Samples.Time, new BinXmlTemplateInstance(holder, [nested]));
            w.WriteFragment(Samples.Time, new BinXmlTemplateInstance(
                new BinXmlTemplate(new BinXmlElement("v", new BinXmlSubstitution(60000, BinXmlType.String))), ["x"]));
            w.Write(Samples.Event(("n", 1)));
        });
        var problems = new List<EvtxProblem>();
        List<ReadRecord> records = RecordCollector.Read(file, problems);
        Assert.Equal(["1"], Samples.Numbers(records));
        Assert.Equal([EvtxProblemKind.Limit, EvtxProblemKind.Limit, EvtxProblemKind.Limit], problems.Select(p => p.Kind));
    }

    [Fact]
    public void Wide_records_are_bad_where_the_limits_say_so()
    {
        byte[] file = EvtxWriter.ToBytes(w =>
        {
            w.WriteFragment(Samples.Time, new BinXmlElement("Event", [.. Enumerable.Repeat<BinXmlNode>(new BinXmlElement("a"), 3000)]));
            w.WriteFragment(Samples.Time, new BinXmlElement("Event", [.. Enumerable.Repeat<BinXmlNode>(new BinXmlElement("b", "x"), 300)]));
            w.Write(Samples.Event(("n", 1)));
        });
        Assert.Equal(3, RecordCollector.Read(file).Count);
        Assert.Equal(2, RecordCollector.Read(file, options: new EvtxOptions { MaxFields = 2000 }).Count);
        Assert.Equal(["1"], Samples.Numbers(RecordCollector.Read(file, options: new EvtxOptions { MaxFields = 2000, MaxValues = 200 })));
    }

    [Fact]
    public void A_template_may_stand_in_a_record_that_is_bad()
    {
        // The second record uses the template whose definition stands in the first.
        byte[] file = Samples.Numbered(2);
        EvtxDefects.Overwrite(file, EvtxDefects.Records(file)[0], 24, [0x55]);
        List<ReadRecord> records = RecordCollector.Read(file);
        Assert.Equal(["2"], Samples.Numbers(records));
    }
}
