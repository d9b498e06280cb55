using Culprit.TestSupport.Evtx;

namespace Culprit.Evtx.Tests.Quirks;

/// <summary>Every value type, its arrays, and values that no well-behaved writer writes.</summary>
public sealed class ValueTests
{
    public static TheoryData<string, BinXmlType, string> Single => new()
    {
        { "610020006200", BinXmlType.String, "a b" },
        { "6100200020000000", BinXmlType.String, "a  " },
        { "410000004200", BinXmlType.String, "A\0B" },
        { "", BinXmlType.String, "" },
        { "80416B", BinXmlType.AnsiString, "€Ak" },
        { "61620000", BinXmlType.AnsiString, "ab" },
        { "FF", BinXmlType.Int8, "-1" },
        { "FF", BinXmlType.UInt8, "255" },
        { "0080", BinXmlType.Int16, "-32768" },
        { "FFFF", BinXmlType.UInt16, "65535" },
        { "FEFFFFFF", BinXmlType.Int32, "-2" },
        { "FEFFFFFF", BinXmlType.UInt32, "4294967294" },
        { "FFFFFFFFFFFFFFFF", BinXmlType.Int64, "-1" },
        { "FFFFFFFFFFFFFFFF", BinXmlType.UInt64, "18446744073709551615" },
        { "0000C03F", BinXmlType.Single, "1.5" },
        { "000000000000F8BF", BinXmlType.Double, "-1.5" },
        { "00000000", BinXmlType.Boolean, "false" },
        { "01000000", BinXmlType.Boolean, "true" },
        { "02000000", BinXmlType.Boolean, "true" },
        { "00000080", BinXmlType.Boolean, "true" },
        { "DEADBEEF00", BinXmlType.Binary, "DEADBEEF00" },
        { "5F3870572AC2E043BF4C06F5698FFBD9", BinXmlType.Guid, "{5770385F-C22A-43E0-BF4C-06F5698FFBD9}" },
        { "E8030000", BinXmlType.SizeT, "0x3e8" },
        { "E803000000000000", BinXmlType.SizeT, "0x3e8" },
        { "E80300", BinXmlType.SizeT, "E80300" },
        { "013E7B6D8F1FD601", BinXmlType.FileTime, "2020-05-01T08:06:33.1586049Z" },
        { "FFFFFFFFFFFFFFFF", BinXmlType.FileTime, "18446744073709551615" },
        { "E407050005000100020003000400D204", BinXmlType.SystemTime, "E407050005000100020003000400D204" },
        { "E4070500050001000200030004000500", BinXmlType.SystemTime, "2020-05-01T02:03:04.005Z" },
        { "010100000000000512000000", BinXmlType.Sid, "S-1-5-18" },
        { "01020000000000052000000020020000", BinXmlType.Sid, "S-1-5-32-544" },
        { "0105000000000005150000001234", BinXmlType.Sid, "S-1-5-21" },
        { "010500000000", BinXmlType.Sid, "010500000000" },
        { "E8030000", BinXmlType.HexInt32, "0x3e8" },
        { "000000000000F0FF", BinXmlType.HexInt64, "0xfff0000000000000" },
        { "0102", BinXmlType.Int32, "0102" },
        { "0102", (BinXmlType)0x30, "0102" },
    };

    public static TheoryData<string, BinXmlType, string> Arrays => new()
    {
        { "610000006200630000000000", BinXmlType.String, "a|bc|" },
        { "61000000620063", BinXmlType.String, "a|b" },
        { "", BinXmlType.String, "" },
        { "610062630000", BinXmlType.AnsiString, "a|bc|" },
        { "01FF", BinXmlType.Int8, "1|-1" },
        { "01FF", BinXmlType.UInt8, "1|255" },
        { "0100FFFF", BinXmlType.Int16, "1|-1" },
        { "0100FFFF", BinXmlType.UInt16, "1|65535" },
        { "01000000FFFFFFFF", BinXmlType.Int32, "1|-1" },
        { "01000000FFFFFFFF", BinXmlType.UInt32, "1|4294967295" },
        { "0100000000000000FFFFFFFFFFFFFFFF", BinXmlType.Int64, "1|-1" },
        { "0100000000000000FFFFFFFFFFFFFFFF", BinXmlType.UInt64, "1|18446744073709551615" },
        { "0000C03F0000C0BF", BinXmlType.Single, "1.5|-1.5" },
        { "000000000000F83F000000000000F8BF", BinXmlType.Double, "1.5|-1.5" },
        { "0000000007000000", BinXmlType.Boolean, "false|true" },
        { "DEADBEEF", BinXmlType.Binary, "DEADBEEF" },
        { "5F3870572AC2E043BF4C06F5698FFBD900000000000000000000000000000000", BinXmlType.Guid,
            "{5770385F-C22A-43E0-BF4C-06F5698FFBD9}|{00000000-0000-0000-0000-000000000000}" },
        { "E8030000000000000100000000000000", BinXmlType.SizeT, "0x3e8|0x1" },
        { "013E7B6D8F1FD601013E7B6D8F1FD601", BinXmlType.FileTime, "2020-05-01T08:06:33.1586049Z|2020-05-01T08:06:33.1586049Z" },
        { "E4070500050001000200030004000500E4070500050001000200030004000500", BinXmlType.SystemTime,
            "2020-05-01T02:03:04.005Z|2020-05-01T02:03:04.005Z" },
        { "01010000000000051200000001020000000000052000000020020000", BinXmlType.Sid, "S-1-5-18|S-1-5-32-544" },
        { "E803000001000000", BinXmlType.HexInt32, "0x3e8|0x1" },
        { "E8030000000000000100000000000000", BinXmlType.HexInt64, "0x3e8|0x1" },
        { "01000000FFFF", BinXmlType.UInt32, "1|FFFF" },
    };

    [Theory]
    [MemberData(nameof(Single))]
    public void A_value_reads_as_Windows_shows_it(string hex, BinXmlType type, string expected)
    {
        ReadRecord record = Samples.Read(("before", 7), ("v", BinXmlValue.Raw(type, Convert.FromHexString(hex))), ("after", "end"));
        Assert.Equal(("7", expected, "end"), (record["before"], record["v"], record["after"]));
    }

    [Theory]
    [MemberData(nameof(Arrays))]
    public void An_array_is_one_field_of_several_values(string hex, BinXmlType type, string expected)
    {
        ReadRecord record = Samples.Read(
            ("v", BinXmlValue.Raw(type | BinXmlType.ArrayFlag, Convert.FromHexString(hex))), ("after", "end"));
        Assert.Equal((expected, "end"), (record["v"], record["after"]));
        Assert.Equal(expected.Split('|').Length, FlatXml.Read(record.Xml).Count(l => l.Path.EndsWith("/Data", StringComparison.Ordinal)) - 1);
    }

    [Fact]
    public void A_null_with_a_size_takes_its_bytes_and_is_empty()
    {
        ReadRecord record = Samples.Read(("v", BinXmlValue.Raw(BinXmlType.Null, [1, 2, 3, 4])), ("after", "end"));
        Assert.Equal(("", "end"), (record["v"], record["after"]));
    }

    [Fact]
    public void An_optional_null_is_absent_and_an_empty_string_is_present()
    {
        var template = new BinXmlTemplate(new BinXmlElement(
            "EventData",
            new BinXmlElement("a", new BinXmlSubstitution(0, BinXmlType.String, Optional: true)),
            new BinXmlElement("b", new BinXmlSubstitution(1, BinXmlType.String, Optional: true)),
            new BinXmlElement("c", [new BinXmlAttribute("d", new BinXmlSubstitution(0, BinXmlType.String, Optional: true))], ["x"]),
            new BinXmlElement("e", "constant") { Dependency = 0 },
            new BinXmlElement("f")));
        ReadRecord record = Samples.ReadNodes(new BinXmlElement(
            "Event", new BinXmlTemplateInstance(template, [BinXmlValue.Null(), ""])));
        Assert.Equal([("b", ""), ("c", "x"), ("f", "")], record.Fields.Select(f => (f.Name, f.Values[0])));
        Assert.Equal("<Event><EventData><b></b><c>x</c><f/></EventData></Event>", record.Xml);
        Assert.Equal("""{"Event":{"EventData":{"b":"","c":"x","f":null}}}""", record.Json);
    }

    [Fact]
    public void Values_that_the_instance_does_not_have_are_null()
    {
        var template = new BinXmlTemplate(new BinXmlElement(
            "Event",
            new BinXmlElement("a", new BinXmlSubstitution(0, BinXmlType.UInt32)),
            new BinXmlElement("b", new BinXmlSubstitution(5, BinXmlType.UInt32))));
        ReadRecord record = Samples.ReadNodes(new BinXmlTemplateInstance(template, [3]));
        Assert.Equal("<Event><a>3</a><b></b></Event>", record.Xml);
    }

    [Fact]
    public void Numbers_and_times_are_read_from_any_type_and_from_text()
    {
        byte[] file = EvtxWriter.ToBytes(w => w.Write(Samples.Event(
            ("u8", (byte)200), ("i64", -5L), ("hex", BinXmlValue.Hex64(0xABC)), ("text", "77"), ("hexText", "0xFf"), ("none", "x"),
            ("time", Samples.Time), ("iso", "2020-09-16T12:34:56.789000000Z"), ("zone", "2020-09-16T14:34:56.789+02:00"),
            ("system", BinXmlValue.SystemTime(Samples.Time)))));
        var visitor = new NumberVisitor();
        using var stream = new MemoryStream(file);
        EvtxFiles.Read(stream, visitor, EvtxOptions.Default, []);
        Assert.Equal([200UL, null, 0xABCUL, 77UL, 255UL, null, null, null, null, null], visitor.Numbers);
        long time = Samples.Time.ToFileTimeUtc();
        Assert.Equal([null, null, null, null, null, null, time, time, time, time], visitor.Times);
    }

    private sealed class NumberVisitor : IEvtxVisitor
    {
        public List<ulong?> Numbers { get; } = [];

        public List<long?> Times { get; } = [];

        public void Visit(scoped in EvtxRecord record)
        {
            for (int i = record.Layout.IndexOf("u8"); i < record.Layout.Fields.Count; i++)
            {
                Numbers.Add(record.TryGetUInt64(i, out ulong number) ? number : null);
                Times.Add(record.TryGetFileTime(i, out long time) ? time : null);
            }

            Assert.True(record.TryGetUInt64(record.Layout.EventId, out ulong id));
            Assert.Equal(4242UL, id);
            Assert.True(record.TryGetFileTime(record.Layout.TimeCreated, out long created));
            Assert.Equal(Samples.Time.ToFileTimeUtc(), created);
            Assert.Equal(created, record.WrittenFileTime);
        }
    }
}
