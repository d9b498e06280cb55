using Culprit.Evtx.Tests.Quirks;
using Culprit.TestSupport.Evtx;

namespace Culprit.Evtx.Tests;

/// <summary>Once the layouts are known, reading every field of every record allocates nothing.</summary>
public sealed class AllocationTests
{
    [Fact]
    public void Reading_all_fields_of_a_chunk_again_allocates_nothing()
    {
        byte[] file = EvtxWriter.ToBytes(w =>
        {
            for (int i = 0; i < 40; i++)
            {
                w.Write(Samples.Event(
                    ("text", "some text"), ("number", i), ("time", Samples.Time), ("guid", Guid.Empty), ("bytes", BinXmlValue.Binary([1, 2])),
                    ("sid", BinXmlValue.Sid("S-1-5-21-1-2-3-500")), ("list", BinXmlValue.Array("a", "b")), ("real", 1.25), ("flag", true)));
                w.WriteFragment(Samples.Time, new BinXmlElement(
                    "Event", new BinXmlElement("EventData", new BinXmlElement("Data", "a", new BinXmlEntityReference("amp"), "b"))));
            }
        });
        var reader = new EvtxChunkReader(new EvtxLayoutCache(), EvtxOptions.Default);
        var problems = new List<EvtxProblem>();
        var visitor = new FieldVisitor(new EvtxTextBuffer());
        ReadOnlySpan<byte> chunk = EvtxDefects.Chunk(file, 0);
        for (int i = 0; i < 50; i++)
        {
            reader.Read(chunk, 4096, ref visitor, problems);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 20; i++)
        {
            reader.Read(chunk, 4096, ref visitor, problems);
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(0, allocated);
        Assert.True(visitor.Characters > 100_000);
        Assert.Empty(problems);
    }

    private struct FieldVisitor(EvtxTextBuffer buffer) : IEvtxVisitor
    {
        public long Characters { get; private set; }

        public void Visit(scoped in EvtxRecord record)
        {
            buffer.Reset();
            for (int i = 0; i < record.Layout.Fields.Count; i++)
            {
                for (int k = 0; record.TryGetText(i, k, buffer, out ReadOnlySpan<char> text); k++)
                {
                    Characters += text.Length;
                }
            }
        }
    }
}
