using Culprit.Evtx.Tests.Quirks;
using Culprit.TestSupport.Evtx;
using CsCheck;

namespace Culprit.Evtx.Tests;

/// <summary>Damage of any kind: no exception, the same result each time, well-formed XML and JSON, and no more records than fit.</summary>
public sealed class MutationTests
{
    private static readonly byte[] Original = EvtxWriter.ToBytes(static w =>
    {
        for (int i = 0; i < 30; i++)
        {
            w.Write(Samples.Event(("a", i), ("b", "text"), ("c", BinXmlValue.Array("x", "y")), ("d", BinXmlValue.Sid("S-1-5-18")), ("e", Guid.Empty)));
            w.WriteFragment(Samples.Time, new BinXmlElement(
                "Event",
                new BinXmlElement("System", new BinXmlElement("Channel", "c")),
                new BinXmlElement("EventData", new BinXmlElement("Data", [new BinXmlAttribute("Name", "n")], ["a", new BinXmlEntityReference("lt")]))));
            w.Write(Samples.Event() with { UserData = new EvtxUserData("U", "urn:u", [("p", 1), ("q", "r")]) });
        }
    });

    // Bytes that mean something as a token, a type or a size.
    private static readonly byte[] Telling = [0, 1, 0x0C, 0x0F, 0x21, 0x7F, 0x81, 0xFF];

    private static readonly int Used = EvtxDefects.Records(Original)[^1].Offset + 200;

    private static readonly Gen<(int At, byte With)[]> Changes =
        Gen.Select(Gen.Int[4096 + 44, Used], Gen.OneOf(Gen.Byte, Gen.Int[0, 7].Select(static i => Telling[i]))).Array[1, 40];

    [Fact]
    public void Changed_bytes_never_break_the_reader() =>
        Changes.Sample(
            static changes =>
            {
                byte[] file = (byte[])Original.Clone();
                foreach ((int at, byte with) in changes)
                {
                    file[at] = with;
                }

                ReadTwice(file);
            },
            iter: 1500,
            threads: 1);

    [Fact]
    public void Cut_files_never_break_the_reader() =>
        Gen.Int[0, Used].Sample(static length => ReadTwice(Original[..length]), iter: 300, threads: 1);

    [Fact]
    public void Noise_between_records_never_breaks_the_reader() =>
        Gen.Select(Gen.Int[4096, Used], Gen.Byte.Array[1, 300]).Sample(
            static (at, noise) =>
            {
                byte[] file = (byte[])Original.Clone();
                noise.CopyTo(file.AsSpan(at));
                ReadTwice(file);
            },
            iter: 500,
            threads: 1);

    private static void ReadTwice(byte[] file)
    {
        var options = new EvtxOptions { IncludeSlack = true };
        var problems = new List<EvtxProblem>();
        List<ReadRecord> first = RecordCollector.Read(file, problems, options);
        List<ReadRecord> second = RecordCollector.Read(file, [], options);
        Assert.Equal(first.Select(r => (r.Id, r.Offset, r.Length, r.IsSlack, r.Xml, r.Json)), second.Select(r => (r.Id, r.Offset, r.Length, r.IsSlack, r.Xml, r.Json)));
        Assert.InRange(first.Count, 0, 65536 / 28);
        foreach (ReadRecord record in first)
        {
            System.Xml.Linq.XElement.Parse(record.Xml);
            using var json = System.Text.Json.JsonDocument.Parse(record.Json);
            Assert.InRange(record.Offset, 0, file.Length);
        }
    }
}
