using Culprit.Events;
using Culprit.Evidence;
using Culprit.Primitives;
using Culprit.TestSupport;
using Culprit.TestSupport.Evtx;

namespace Culprit.Tests.Evidence;

public sealed class EvtxTests : IDisposable
{
    private readonly EvidenceFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Records_of_an_event_log_have_their_fields_and_their_place()
    {
        byte[] log = EvidenceFolder.EventLog(1000);
        (Coverage coverage, List<Event> events) = Collector.Read(_folder.Add("log", log));

        Assert.Equal(1000, events.Count);
        IReadOnlyList<EvtxDefects.RecordPlace> places = EvtxDefects.Records(log);
        for (int i = 0; i < events.Count; i++)
        {
            Event e = events[i];
            Assert.Equal(("windows", "Microsoft-Windows-Sysmon/Operational", "Microsoft-Windows-Sysmon", 1), (e.Route.Product, e.Route.Channel, e.Route.Provider, e.Route.EventId));
            Assert.Equal($"tool{i % 7}.exe /run {i}", e.Get("CommandLine"));
            Assert.Equal((i + 1, "pc1.example", @"EXAMPLE\anna"), (e.RecordId, e.Host, e.Account));
            Assert.Equal(new EventTime(new DateTime(2020, 7, 1, 8, 0, 0, DateTimeKind.Utc).AddSeconds(i).Ticks, TimeCertainty.Exact), e.Time);
            Assert.Equal((places[i].Offset, places[i].Length, i + 1), (e.Place.Offset, e.Place.Length, e.Place.RecordId));
        }

        SourceCoverage source = Assert.Single(coverage.Sources);
        Assert.Equal((events[0].Time, events[^1].Time), (source.First, source.Last));
        Assert.Equal(["pc1.example"], source.Hosts);
        Assert.Equal(log.Length, source.BytesRead);
    }

    [Fact]
    public void Slack_is_read_on_request_and_flagged()
    {
        byte[] log = EvidenceFolder.EventLog(100);
        EvtxDefects.TurnIntoSlack(log, 0, 30);
        string path = _folder.Add("log", log);
        (Coverage without, List<Event> used) = Collector.Read(path);
        (Coverage with, List<Event> all) = Collector.Read(new EvidenceOptions { Threads = 1, IncludeSlack = true }, path);

        Assert.Equal((70, 0), (without.RecordsGood, without.RecordsRecovered));
        Assert.Equal((70, 30), (with.RecordsGood, with.RecordsRecovered));
        Assert.Equal((70, 100), (used.Count, all.Count));
        Assert.Equal(30, all.Count(static e => e.Recovered));
    }

    [Fact]
    public void Hosts_are_bounded_and_those_that_sort_first_are_kept()
    {
        byte[] log = EvtxWriter.ToBytes(static writer =>
        {
            for (int i = 0; i < 300; i++)
            {
                writer.Write(EvidenceFolder.SysmonEvent(i, $"pc{(i * 7) % 300:D3}"));
            }
        });
        Coverage coverage = Collector.Read(new EvidenceOptions { Threads = 4, MaxHosts = 5 }, _folder.Add("log", log)).Coverage;

        Assert.Equal(["pc000", "pc001", "pc002", "pc003", "pc004"], coverage.Sources[0].Hosts);
    }

    [Fact]
    public void A_record_that_nobody_keeps_allocates_nothing()
    {
        _folder.Add("log", EvidenceFolder.EventLog(20_000));
        long allocated = long.MaxValue;

        // Code that the runtime has not yet compiled for speed may allocate where compiled code does not.
        for (int attempt = 0; attempt < 10 && allocated > 0; attempt++)
        {
            var sink = new Measuring();
            new EvidenceReader(new EvidenceOptions { Threads = 1 }).Read([_folder.Path], () => sink, progress: null, CancellationToken.None);
            Assert.Equal(20_000, sink.Count);
            allocated = Math.Min(allocated, sink.Allocated);
        }

        Assert.Equal(0, allocated);
    }

    [Fact]
    [Trait("needs", "corpus")]
    public void The_corpus_is_read_with_every_byte_accounted_for()
    {
        Assert.SkipUnless(RepositoryRoot.HasShared, "the shared corpus is not here");
        string root = Path.Combine(RepositoryRoot.Shared, "corpus");
        Coverage coverage = new EvidenceReader(new EvidenceOptions { Threads = 2 })
            .Read([root], static () => new Measuring(), progress: null, TestContext.Current.CancellationToken);

        long given = Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Sum(static f => new FileInfo(f).Length);
        Assert.Equal(given, coverage.BytesGiven);
        Assert.Equal(given, coverage.BytesRead + coverage.BytesNotRead);
        SourceCoverage[] json = [.. coverage.Sources.Where(static s => s.Format == "windows-json")];
        Assert.Equal((38, 225_377, 0), (json.Length, json.Sum(static s => s.RecordsGood), json.Sum(static s => s.RecordsBad)));
        Assert.All(json, static s => Assert.NotEqual(TimeCertainty.Unknown, s.First.Certainty));
        Assert.Equal(313, coverage.Sources.Count(static s => s.Format == "evtx"));
    }

    // Counts what is allocated between two records of one unit: what parsing and looking cost.
    private sealed class Measuring : IRecordSink
    {
        private const int WarmUp = 2000;
        private readonly EventContext _context = new();
        private long _last;
        private long _lastOffset;

        public int Count { get; private set; }

        public long Allocated { get; private set; }

        public void Accept(scoped in RecordView record)
        {
            var view = new EventView(in record, _context);
            int seen = view.Host.Length + view.Account.Length + view.Route.EventId;
            for (int field = 0; field < record.Layout.FieldNames.Count; field++)
            {
                seen += record.TryGetText(field, 0, out ReadOnlySpan<char> text) ? text.Length : 0;
            }

            long now = GC.GetAllocatedBytesForCurrentThread();
            const int UnitSize = 4 * 65536;
            if (++Count > WarmUp && seen > 0 && (record.Offset - 4096) / UnitSize == (_lastOffset - 4096) / UnitSize)
            {
                Allocated += now - _last;
            }

            _last = now;
            _lastOffset = record.Offset;
        }
    }
}
