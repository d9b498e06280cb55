using Culprit.Evidence;
using Culprit.TestSupport.Evtx;

namespace Culprit.Tests.Evidence;

public sealed class FaultTests : IDisposable
{
    private readonly EvidenceFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_read_error_half_way_keeps_what_was_read_and_the_other_files(int threads)
    {
        string bad = _folder.Add("bad", EvidenceFolder.EventLog(3000));
        _folder.Add("good", EvidenceFolder.EventLog(100));
        long failAt = 4096 + (65536 * 5) + 1000;
        var options = new EvidenceOptions
        {
            Threads = threads,
            OpenFile = path => path.EndsWith("bad", StringComparison.Ordinal) ? new FailingStream(File.OpenRead(path), failAt) : File.OpenRead(path),
        };
        Coverage coverage = Collector.Read(options, _folder.Path).Coverage;

        SourceCoverage source = coverage.Sources[0];
        Assert.Equal(bad, source.Source.Path);
        Assert.Equal((failAt, new FileInfo(bad).Length - failAt), (source.BytesRead, source.BytesNotRead));
        Assert.InRange(source.RecordsGood, 100, 2999);
        Assert.Contains(source.Problems, p => p.Offset == failAt && p.Message.Contains("the disk is broken", StringComparison.Ordinal));
        Assert.Contains("the disk is broken", source.NotReadReason, StringComparison.Ordinal);
        Assert.Equal("", source.Source.Sha256);
        Assert.Equal(100, coverage.Sources[1].RecordsGood);
        Assert.Equal(coverage.BytesGiven, coverage.BytesRead + coverage.BytesNotRead);
    }

    [Fact]
    public void A_file_that_cannot_be_opened_is_told()
    {
        _folder.Add("bad", EvidenceFolder.EventLog(1));
        _folder.Add("good", EvidenceFolder.EventLog(1));
        var options = new EvidenceOptions
        {
            Threads = 1,
            OpenFile = path => path.EndsWith("bad", StringComparison.Ordinal) ? throw new UnauthorizedAccessException("denied") : File.OpenRead(path),
        };
        Coverage coverage = Collector.Read(options, _folder.Path).Coverage;

        Assert.Equal("cannot be opened: denied", coverage.Sources[0].NotReadReason);
        Assert.Equal((1, new FileInfo(_folder.Of("bad")).Length), (coverage.RecordsGood, coverage.BytesNotRead));
    }

    [Fact]
    public void A_cut_event_log_says_where()
    {
        byte[] log = EvidenceFolder.EventLog(1000);
        int length = 4096 + 65536 + 30_000;
        SourceCoverage source = Assert.Single(Collector.Read(_folder.Add("cut", log[..length])).Coverage.Sources);

        Assert.InRange(source.RecordsGood, 100, 999);
        Assert.Contains(source.Problems, static p => p.Offset == 4096 + 65536);
        Assert.Equal(length, source.BytesRead);
    }

    [Fact]
    public void A_file_that_only_begins_like_an_event_log_is_not_counted_as_read()
    {
        byte[] fake = [.. "ElfFile\0"u8, .. Enumerable.Repeat((byte)0xAB, 200_000)];
        SourceCoverage source = Assert.Single(Collector.Read(_folder.Add("x.evtx", fake)).Coverage.Sources);

        Assert.Equal(0, source.RecordsGood);
        Assert.Contains(source.Problems, static p => p.Message.Contains("no chunk", StringComparison.Ordinal));
        Assert.NotEqual("", source.NotReadReason);
        Assert.Equal(4096, source.BytesRead);
    }

    [Fact]
    public void Chunks_without_their_magic_are_told_as_not_read_unless_records_are_in_them()
    {
        byte[] log = EvidenceFolder.EventLog(1000);
        EvtxDefects.WipeChunkHeader(log, 0);
        EvtxDefects.Chunk(log, 1).Fill(0xCD);
        SourceCoverage source = Assert.Single(Collector.Read(_folder.Add("x", log)).Coverage.Sources);

        Assert.Equal(65536, source.BytesNotRead);
        Assert.Equal(log.Length - 65536, source.BytesRead);
        Assert.InRange(source.RecordsGood, 500, 999);
        Assert.InRange(source.RecordsRecovered, 80, 200);
    }

    [Fact]
    public void A_fault_of_a_sink_ends_the_run_and_is_thrown()
    {
        _folder.Add("a", EvidenceFolder.EventLog(100));
        var reader = new EvidenceReader(new EvidenceOptions { Threads = 3 });

        InvalidOperationException fault = Assert.Throws<InvalidOperationException>(
            () => reader.Read([_folder.Path], static () => new FailingSink(), progress: null, CancellationToken.None));
        Assert.Equal("the sink is full", fault.Message);
    }

    [Fact]
    public void A_run_that_is_stopped_tells_what_it_did_not_read()
    {
        for (int i = 0; i < 5; i++)
        {
            _folder.Add("log" + i, EvidenceFolder.EventLog(3000, first: i));
        }

        using var stop = new CancellationTokenSource();
        var reader = new EvidenceReader(new EvidenceOptions { Threads = 1 });
        Coverage coverage = reader.Read([_folder.Path], () => new StoppingSink(stop, 700), progress: null, stop.Token);

        Assert.True(coverage.Stopped);
        Assert.Equal(5, coverage.Sources.Length);
        Assert.InRange(coverage.RecordsGood, 700, 2999);
        Assert.All(coverage.Sources, static s => Assert.Contains("stopped", s.NotReadReason, StringComparison.Ordinal));
        Assert.Equal(coverage.BytesGiven, coverage.BytesRead + coverage.BytesNotRead);
        Assert.InRange(coverage.BytesRead, 1, new FileInfo(_folder.Of("log0")).Length - 1);
    }

    [Fact]
    public void Progress_ends_with_everything_told()
    {
        _folder.Add("a", EvidenceFolder.EventLog(3000));
        _folder.Add("b", """{"EventID":1,"Channel":"C"}""");
        var told = new Told();
        Coverage coverage = new EvidenceReader(new EvidenceOptions { Threads = 2 })
            .Read([_folder.Path], static () => new CountingSink(), told, TestContext.Current.CancellationToken);

        Assert.Equal(new EvidenceProgress(coverage.BytesGiven, coverage.BytesGiven, 3001, 2, 2), told.Last);
    }

    private sealed class FailingStream(FileStream inner, long failAt) : Stream
    {
        private long _position;

        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => false;

        public override long Length => inner.Length;

        public override long Position
        {
            get => _position;
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (_position == failAt)
            {
                throw new IOException("the disk is broken");
            }

            int read = inner.Read(buffer, offset, (int)Math.Min(count, failAt - _position));
            _position += read;
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            inner.Dispose();
            base.Dispose(disposing);
        }
    }

    private sealed class FailingSink : IRecordSink
    {
        public void Accept(scoped in RecordView record) => throw new InvalidOperationException("the sink is full");
    }

    private sealed class CountingSink : IRecordSink
    {
        public void Accept(scoped in RecordView record)
        {
        }
    }

    private sealed class StoppingSink(CancellationTokenSource stop, int after) : IRecordSink
    {
        private int _count;

        public void Accept(scoped in RecordView record)
        {
            if (++_count == after)
            {
                stop.Cancel();
            }
        }
    }

    private sealed class Told : IProgress<EvidenceProgress>
    {
        public EvidenceProgress? Last { get; private set; }

        public void Report(EvidenceProgress value) => Last = value;
    }
}
