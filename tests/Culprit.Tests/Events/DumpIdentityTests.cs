using System.Text.Json;
using Culprit.Events;
using Culprit.Evidence;
using Culprit.Evtx;
using Culprit.TestSupport;
using Culprit.TestSupport.Evtx;
using Culprit.Tests.Evidence;

namespace Culprit.Tests.Events;

/// <summary>An event log and its dump as JSON hold the same records, so that they give the same events.</summary>
public sealed class DumpIdentityTests : IDisposable
{
    private readonly EvidenceFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_dump_gives_the_events_of_its_log()
    {
        byte[] log = EvtxWriter.ToBytes(static w =>
        {
            for (int i = 0; i < 50; i++)
            {
                w.Write(EvidenceFolder.SysmonEvent(i) with
                {
                    Data = [("A", "x"), ("A", $"{i}"), ("", "one"), ("", "two"), ("Empty", ""), ("Pid", BinXmlValue.Hex64(0xABC))],
                });
            }
        });

        Assert.Equal(50, Compare(_folder.Add("log", log)));
    }

    [Fact]
    [Trait("needs", "corpus")]
    public void The_dumps_of_the_corpus_give_its_events()
    {
        Assert.SkipUnless(RepositoryRoot.HasShared, "the shared corpus is not here");
        int compared = Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Shared, "corpus", "evtx"), "*.evtx", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Sum(Compare);

        Assert.True(compared > 20_000, compared + " records");
    }

    private int Compare(string log)
    {
        List<Event> records = [.. Collector.Read(log).Events.Where(static e => !e.Recovered)];
        List<Event> dumped = Collector.Read(_folder.Add("dump", Dump(log))).Events;

        Assert.Equal(records.Count, dumped.Count);
        for (int i = 0; i < records.Count; i++)
        {
            Assert.Equal((records[i].Route, records[i].Host, records[i].Account), (dumped[i].Route, dumped[i].Host, dumped[i].Account));

            // Where the event has no time of its own, the log has the time at which it was written, and its dump has none.
            if (dumped[i].Time.UtcTicks > 0)
            {
                Assert.True(records[i].Identity == dumped[i].Identity, $"{log}, record {records[i].Place.RecordId}");
            }
        }

        return records.Count;
    }

    private static byte[] Dump(string log)
    {
        using var output = new MemoryStream();
        using FileStream file = File.OpenRead(log);
        var units = new EvtxStreamReader(file);
        var chunks = new EvtxChunkReader(new EvtxLayoutCache(), EvtxOptions.Default);
        byte[] chunk = new byte[EvtxFormat.ChunkSize];
        while (units.TryReadUnit(chunk, out EvtxUnit unit))
        {
            if (unit.Kind is EvtxUnitKind.Chunk or EvtxUnitKind.Damaged)
            {
                chunks.Read(chunk.AsSpan(0, unit.Length), unit.Offset, new Writer(output), []);
            }
        }

        return output.ToArray();
    }

    private sealed class Writer(MemoryStream output) : IEvtxVisitor
    {
        public void Visit(scoped in EvtxRecord record)
        {
            if (record.IsSlack)
            {
                return;
            }

            using (var json = new Utf8JsonWriter(output))
            {
                record.WriteJson(json);
            }

            output.WriteByte((byte)'\n');
        }
    }
}
