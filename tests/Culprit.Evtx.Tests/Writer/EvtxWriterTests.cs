using System.Buffers.Binary;
using Culprit.TestSupport.Evtx;

namespace Culprit.Evtx.Tests.Writer;

/// <summary>The writer's own promises, read from the bytes.</summary>
public sealed class EvtxWriterTests
{
    [Fact]
    public void The_same_events_give_the_same_bytes() => Assert.Equal(Log(300), Log(300));

    [Fact]
    public void A_file_has_as_many_chunks_as_its_records_need()
    {
        byte[] file = Log(1000);

        int chunks = EvtxDefects.Records(file)[^1].Chunk + 1;
        Assert.Equal(EvtxDefects.ChunkStart(chunks), file.Length);
        Assert.Equal(chunks, BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(42)));
        Assert.Equal(1001UL, BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(24)));
        Assert.Equal(1000, EvtxDefects.Records(file).Count);
    }

    [Fact]
    public void A_template_stands_once_in_a_chunk_whatever_the_number_of_its_records()
    {
        IReadOnlyList<EvtxDefects.RecordPlace> records = EvtxDefects.Records(Log(40));

        Assert.True(records[0].Length > 3 * records[1].Length, "the first record carries the definitions");
        Assert.All(records.Skip(1), r => Assert.InRange(r.Length, 400, 800));
    }

    [Fact]
    public void A_record_that_does_not_fit_goes_to_the_next_chunk_with_its_templates()
    {
        // The large record brings a name and a template of its own, which must be taken back from the first chunk.
        EvtxEvent large = WriterEvents.With(("Unique", new string('x', 20000)));
        EvtxEvent filler = WriterEvents.With(("Filler", new string('y', 15000)));
        byte[] file = EvtxWriter.ToBytes(w =>
        {
            w.Write(filler);
            w.Write(filler);
            w.Write(large);
        });

        Assert.Equal([0, 0, 1], EvtxDefects.Records(file).Select(r => r.Chunk));
        Assert.Equal([15000, 15000, 20000], RecordCollector.Read(file).Select(r => r.Fields[^1].Values[0].Length));
    }

    [Fact]
    public void A_record_that_fits_no_chunk_is_refused() =>
        Assert.Throws<InvalidOperationException>(() => EvtxWriter.ToBytes(w => w.Write(WriterEvents.With(("Long", new string('x', 33000))))));

    [Fact]
    public void A_file_without_records_is_a_header()
    {
        byte[] file = EvtxWriter.ToBytes(_ => { });

        Assert.Equal(4096, file.Length);
        Assert.Empty(RecordCollector.Read(file));
    }

    private static byte[] Log(int count) => EvtxWriter.ToBytes(w =>
    {
        for (int i = 0; i < count; i++)
        {
            w.Write(WriterEvents.Process(i));
        }
    });
}
