using System.Globalization;
using System.Xml.Linq;
using Culprit.TestSupport.Evtx;

namespace Culprit.Evtx.Tests.Writer;

/// <summary>What the writer writes is an event log to programs that know nothing of it.</summary>
[Trait("needs", "outsiders")]
public sealed class WriterOutsiderTests
{
    [Fact]
    public void Libevtx_reads_every_record_and_value_across_chunks()
    {
        Assert.SkipUnless(Outsiders.HasEvtxexport, "evtxexport is not installed");

        // libevtx 20181227 computes surrogate pairs wrongly: U+1F600 comes out as U+1F201.
        Compare(Outsiders.ReadWithLibevtx(Log(500)), 500, i => WriterEvents.CommandLine(i).Replace("\ud83d\ude00", "\ud83c\ude01", StringComparison.Ordinal));
    }

    [Fact]
    public void Python_evtx_verifies_every_checksum_and_reads_every_value()
    {
        Assert.SkipUnless(Outsiders.HasPythonEvtx, "python3-evtx is not installed");
        Compare(Outsiders.ReadWithPython(Log(200)), 200, WriterEvents.CommandLine);
    }

    [Fact]
    public void Libevtx_gives_back_every_type_that_it_knows()
    {
        Assert.SkipUnless(Outsiders.HasEvtxexport, "evtxexport is not installed");

        // Negative numbers and nulls in a normal substitution are left to other readers: libevtx 20181227 gets both wrong.
        byte[] log = EvtxWriter.ToBytes(w => w.Write(WriterEvents.With(
            ("Int8", (sbyte)5), ("UInt8", (byte)200), ("Int16", (short)300), ("UInt16", (ushort)60000),
            ("Int32", 70000), ("UInt32", 4000000000u), ("Int64", 5000000000L), ("UInt64", 18000000000000000000UL),
            ("True", true), ("False", false),
            ("Guid", new Guid("0f8fad5b-d9cb-469f-a165-70867728950e")),
            ("Sid", BinXmlValue.Sid("S-1-5-21-1111111111-2222222222-3333333333-1104")),
            ("Hex32", BinXmlValue.Hex32(0x1F4)), ("Hex64", BinXmlValue.Hex64(0xABCDEF)),
            ("FileTime", WriterEvents.Start), ("SystemTime", BinXmlValue.SystemTime(WriterEvents.Start)),
            ("Binary", BinXmlValue.Binary([0xDE, 0xAD, 0xBE, 0xEF])),
            ("Ansi", BinXmlValue.Ansi("plain")), ("SizeT", BinXmlValue.SizeT(2047)), ("Empty", ""), ("Spaces", "  kept  "))));

        Dictionary<string, string> data = WriterEvents.Data(Outsiders.ReadWithLibevtx(log).Single())
            .ToDictionary(d => d.Name, d => d.Value, StringComparer.Ordinal);

        Assert.Equal("5", data["Int8"]);
        Assert.Equal("200", data["UInt8"]);
        Assert.Equal("300", data["Int16"]);
        Assert.Equal("60000", data["UInt16"]);
        Assert.Equal("70000", data["Int32"]);
        Assert.Equal("4000000000", data["UInt32"]);
        Assert.Equal("5000000000", data["Int64"]);
        Assert.Equal("18000000000000000000", data["UInt64"]);
        Assert.Equal("true", data["True"]);
        Assert.Equal("false", data["False"]);
        Assert.Equal("{0F8FAD5B-D9CB-469F-A165-70867728950E}", data["Guid"]);
        Assert.Equal("S-1-5-21-1111111111-2222222222-3333333333-1104", data["Sid"]);
        Assert.Equal(0x1F4, Convert.ToInt32(data["Hex32"], 16));
        Assert.Equal(0xABCDEF, Convert.ToInt64(data["Hex64"], 16));
        Assert.StartsWith("2020-02-03T07:30:00", data["FileTime"], StringComparison.Ordinal);
        Assert.StartsWith("2020-02-03T07:30:00", data["SystemTime"], StringComparison.Ordinal);
        Assert.Equal("DEADBEEF", data["Binary"], ignoreCase: true);
        Assert.Equal("", data["Empty"]);
        Assert.Equal("plain", data["Ansi"]);
        Assert.Equal("2047", data["SizeT"]);
        Assert.Equal("  kept  ", data["Spaces"]);
    }

    [Fact]
    public void Python_evtx_reads_user_data_unnamed_data_and_classic_events()
    {
        Assert.SkipUnless(Outsiders.HasPythonEvtx, "python3-evtx is not installed");
        IReadOnlyList<XElement> events = Outsiders.ReadWithPython(EvtxWriter.ToBytes(WriteOtherShapes));
        CompareOtherShapes(events);
    }

    [Fact]
    public void Libevtx_reads_user_data_unnamed_data_and_classic_events()
    {
        Assert.SkipUnless(Outsiders.HasEvtxexport, "evtxexport is not installed");
        IReadOnlyList<XElement> events = Outsiders.ReadWithLibevtx(EvtxWriter.ToBytes(WriteOtherShapes));
        CompareOtherShapes(events);
    }

    private static void WriteOtherShapes(EvtxWriter w)
    {
        EvtxEvent plain = WriterEvents.With();
        w.Write(plain with
        {
            UserData = new EvtxUserData(
                "LogFileCleared",
                "http://manifests.microsoft.com/win/2004/08/windows/eventlog",
                [("SubjectUserName", "h.brandt"), ("Channel", "System")]),
        });
        w.Write(plain with { ProviderGuid = null, Qualifiers = 16384, Data = [("", "one"), ("", "two")], Binary = [1, 2] });
        w.Write(plain with { EventSourceName = "Lab Classic", ActivityId = new Guid("0f8fad5b-d9cb-469f-a165-70867728950e") });
    }

    private static void CompareOtherShapes(IReadOnlyList<XElement> events)
    {
        Assert.Equal(3, events.Count);
        XElement cleared = Assert.Single(events[0].Descendants(), e => e.Name.LocalName == "LogFileCleared");
        Assert.Equal(["h.brandt", "System"], cleared.Elements().Select(e => e.Value), StringComparer.Ordinal);

        Assert.Equal("16384", WriterEvents.System(events[1])["EventID@Qualifiers"]);
        Assert.Equal(["one", "two"], WriterEvents.Data(events[1]).Take(2).Select(d => d.Value), StringComparer.Ordinal);
        Assert.Single(events[1].Descendants(), e => e.Name.LocalName == "Binary");

        Dictionary<string, string> system = WriterEvents.System(events[2]);
        Assert.Equal("Lab Classic", system["Provider@EventSourceName"]);
        Assert.Equal("Lab-Test", system["Provider@Name"]);
        Assert.Equal("{0f8fad5b-d9cb-469f-a165-70867728950e}", system["Correlation@ActivityID"], ignoreCase: true);
    }

    private static byte[] Log(int count) => EvtxWriter.ToBytes(w =>
    {
        for (int i = 0; i < count; i++)
        {
            w.Write(WriterEvents.Process(i));
        }
    });

    private static void Compare(IReadOnlyList<XElement> events, int count, Func<int, string> text)
    {
        Assert.Equal(count, events.Count);
        for (int i = 0; i < count; i++)
        {
            EvtxEvent expected = WriterEvents.Process(i);
            Dictionary<string, string> system = WriterEvents.System(events[i]);
            Assert.Equal("Microsoft-Windows-Sysmon", system["Provider@Name"]);
            Assert.Equal(WriterEvents.Sysmon.ToString("B"), system["Provider@Guid"], ignoreCase: true);
            Assert.Equal((i + 1).ToString(CultureInfo.InvariantCulture), system["EventRecordID"]);
            Assert.Equal("1", system["EventID"]);
            Assert.Equal("2012", system["Execution@ProcessID"]);
            Assert.Equal("ws-01.lab.example", system["Computer"]);
            Assert.Equal("S-1-5-18", system["Security@UserID"]);
            List<(string Name, string Value)> data = WriterEvents.Data(events[i]);
            Assert.Equal(expected.Data.Select(d => d.Name), data.Select(d => d.Name), StringComparer.Ordinal);
            Assert.Equal(text(i), data[5].Value);
            Assert.Equal((4000 + i).ToString(CultureInfo.InvariantCulture), data[3].Value);
            Assert.Equal(new Guid(i, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11).ToString("B"), data[2].Value, ignoreCase: true);
        }
    }
}
