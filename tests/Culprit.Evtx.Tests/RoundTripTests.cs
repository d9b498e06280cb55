using CsCheck;
using Culprit.Evtx.Tests.Quirks;
using Culprit.TestSupport.Evtx;

namespace Culprit.Evtx.Tests;

/// <summary>What the writer writes is what the reader reads, whatever the values.</summary>
public sealed class RoundTripTests
{
    private static readonly Gen<string> Text = Gen.String[Gen.Char[' ', '\u30FF'], 0, 40];

    private static readonly Gen<(BinXmlValue Value, string Text)> Value = Gen.OneOf(
        Text.Select(static s => ((BinXmlValue)s, s)),
        Gen.Byte.Select(static v => ((BinXmlValue)v, $"{v}")),
        Gen.SByte.Select(static v => ((BinXmlValue)v, $"{v}")),
        Gen.Short.Select(static v => ((BinXmlValue)v, $"{v}")),
        Gen.UShort.Select(static v => ((BinXmlValue)v, $"{v}")),
        Gen.Int.Select(static v => ((BinXmlValue)v, $"{v}")),
        Gen.UInt.Select(static v => ((BinXmlValue)v, $"{v}")),
        Gen.Long.Select(static v => ((BinXmlValue)v, $"{v}")),
        Gen.ULong.Select(static v => ((BinXmlValue)v, $"{v}")),
        Gen.Double.Select(static v => ((BinXmlValue)v, $"{v}")),
        Gen.Bool.Select(static v => ((BinXmlValue)v, v ? "true" : "false")),
        Gen.Guid.Select(static v => ((BinXmlValue)v, v.ToString("B").ToUpperInvariant())),
        Gen.UInt.Select(static v => (BinXmlValue.Hex32(v), $"0x{v:x}")),
        Gen.ULong.Select(static v => (BinXmlValue.Hex64(v), $"0x{v:x}")),
        Gen.Byte.Array[0, 30].Select(static v => (BinXmlValue.Binary(v), Convert.ToHexString(v))),
        Gen.DateTime.Where(static t => t.Year is > 1601 and < 9990).Select(static t => DateTime.SpecifyKind(t, DateTimeKind.Utc))
            .Select(static v => (BinXmlValue.FileTime(v), v.ToString("O"))),
        Text.Array[1, 5].Select(static v => (BinXmlValue.Array(v), string.Join('|', v))));

    private static readonly Gen<(string Name, (BinXmlValue Value, string Text) Value)[]> Data =
        Gen.Select(Gen.String[Gen.Char['a', 'z'], 0, 3], Value).Array[0, 12];

    [Fact]
    public void Events_come_back_as_they_were_written() =>
        Data.Array[1, 6].Sample(
            static events =>
            {
                byte[] file = EvtxWriter.ToBytes(w =>
                {
                    foreach ((string Name, (BinXmlValue Value, string Text) Value)[] data in events)
                    {
                        w.Write(Samples.Event([.. data.Select(d => (d.Name, d.Value.Value))]));
                    }
                });
                List<ReadRecord> records = RecordCollector.Read(file);
                Assert.Equal(events.Length, records.Count);
                for (int i = 0; i < events.Length; i++)
                {
                    IEnumerable<(string, string)> expected = events[i].Select(d => (d.Name.Length == 0 ? "Data" : d.Name, d.Value.Text));
                    IEnumerable<(string, string)> actual = records[i].Fields
                        .Where(f => f.Origin == EvtxFieldOrigin.EventData)
                        .Select(f => (f.Name, string.Join('|', f.Values)));
                    Assert.Equal(expected, actual);
                    Assert.Equal(
                        records[i].Fields.SelectMany(f => f.Values, (f, v) => (f.Name, v)),
                        FieldsOf.Xml(records[i].Xml));
                }
            },
            iter: 300,
            threads: 1);
}
