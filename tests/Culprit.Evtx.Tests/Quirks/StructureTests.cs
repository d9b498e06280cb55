using System.Text.Json;
using Culprit.TestSupport.Evtx;

namespace Culprit.Evtx.Tests.Quirks;

/// <summary>Records of every structure: with templates, without, nested, mixed, hostile.</summary>
public sealed class StructureTests
{
    private static BinXmlElement Forwarded(string channel, string id, params BinXmlNode[] data) => new(
        "Event",
        new BinXmlElement(
            "System",
            new BinXmlElement("Provider", [new BinXmlAttribute("Name", "P")], []),
            new BinXmlElement("EventID", [new BinXmlAttribute("Qualifiers", "0")], [id]),
            new BinXmlElement("TimeCreated", [new BinXmlAttribute("SystemTime", "2021-11-19T16:52:33.833733500Z")], []),
            new BinXmlElement("Channel", channel)),
        new BinXmlElement("EventData", data),
        new BinXmlElement("RenderingInfo", [new BinXmlAttribute("Culture", "en-GB")], [new BinXmlElement("Message", "m")]));

    private static BinXmlElement Data(string name, params BinXmlNode[] text) =>
        new("Data", [new BinXmlAttribute("Name", name)], text);

    [Fact]
    public void A_file_may_mix_forwarded_records_of_several_channels_with_records_that_have_templates()
    {
        byte[] file = EvtxWriter.ToBytes(w =>
        {
            w.WriteFragment(Samples.Time, Forwarded("Security", "1", Data("a", "x"), Data("b", "y")));
            w.Write(Samples.Event(("a", "z")));
            w.WriteFragment(Samples.Time, Forwarded("System", "2", Data("c", "v"), new BinXmlElement("Data", "u")));
        });
        List<ReadRecord> records = RecordCollector.Read(file);
        Assert.Equal(["Security", "Test/Operational", "System"], records.Select(r => r["Channel"]));
        Assert.Equal(["1", "4242", "2"], records.Select(r => r["EventID"]));
        Assert.Equal(("x", "y", "m", "en-GB"), (records[0]["a"], records[0]["b"], records[0]["Message"], records[0]["RenderingInfo_Culture"]));
        Assert.Equal(("v", "u"), (records[2]["c"], records[2]["Data"]));
        Assert.Equal(EvtxFieldOrigin.Other, records[0].Fields.Single(f => f.Name is "Message").Origin);
    }

    [Fact]
    public void Records_without_templates_share_a_layout_whatever_their_values()
    {
        byte[] file = EvtxWriter.ToBytes(w =>
        {
            w.WriteFragment(Samples.Time, Forwarded("Security", "1", Data("a", "x"), Data("b", "y")));
            w.WriteFragment(Samples.Time, Forwarded("System", "2", Data("a"), Data("b", new BinXmlEntityReference("amp"), "y")));
        });
        var visitor = new LayoutVisitor();
        using var stream = new MemoryStream(file);
        EvtxFiles.Read(stream, visitor, EvtxOptions.Default, []);
        Assert.Same(visitor.Layouts[0], visitor.Layouts[1]);
        List<ReadRecord> records = RecordCollector.Read(file);
        Assert.Equal(("", "&y"), (records[1]["a"], records[1]["b"]));
    }

    [Fact]
    public void Layouts_are_shared_between_chunks_by_what_the_templates_say()
    {
        byte[] file = EvtxWriter.ToBytes(w =>
        {
            w.Write(Samples.Event(("other", 1)));
            w.Write(Samples.Event(("a", 1)));
            w.EndChunk();
            w.Write(Samples.Event(("a", 2)));
            w.Write(Samples.Event(("a", "text")));
        });
        var visitor = new LayoutVisitor();
        using var stream = new MemoryStream(file);
        EvtxFiles.Read(stream, visitor, EvtxOptions.Default, []);
        Assert.Same(visitor.Layouts[1], visitor.Layouts[2]);
        Assert.NotSame(visitor.Layouts[0], visitor.Layouts[1]);
    }

    [Fact]
    public void References_CDATA_and_instructions_are_read_in_templates_and_outside()
    {
        BinXmlNode[] text =
        [
            "a", new BinXmlEntityReference("lt"), new BinXmlCharReference(0x41), new BinXmlCData("<c>]]>"),
            new BinXmlEntityReference("unheard"),
        ];
        BinXmlElement Tree(BinXmlNode last) => new(
            "Event",
            new BinXmlElement("EventData", new BinXmlElement("Data", [new BinXmlAttribute("Name", "d")], [.. text, last])),
            new BinXmlInstruction("target", "some ?> data"));
        const string Expected = "a<A<c>]]>&unheard;!";
        ReadRecord direct = Samples.ReadNodes(Tree("!"));
        ReadRecord inTemplate = Samples.ReadNodes(new BinXmlTemplateInstance(
            new BinXmlTemplate(Tree(new BinXmlSubstitution(0, BinXmlType.String))), ["!"]));
        Assert.Equal((Expected, Expected), (direct["d"], inTemplate["d"]));
        Assert.Equal(direct.Xml, inTemplate.Xml);
        Assert.Contains("<?target some ? > data?>", direct.Xml, StringComparison.Ordinal);
        Assert.Equal(Expected, FlatXml.Read(direct.Xml).Single(l => l.Path.EndsWith("/Data", StringComparison.Ordinal)).Value);
    }

    [Fact]
    public void Fragments_nest_in_values_and_their_fields_stand_where_the_value_stands()
    {
        var inner = new BinXmlTemplate(new BinXmlElement("Inner", [new BinXmlAttribute("k", new BinXmlSubstitution(0, BinXmlType.UInt32))], ["t"]));
        var outer = new BinXmlTemplate(new BinXmlElement(
            "Event",
            new BinXmlElement("UserData", new BinXmlSubstitution(0, BinXmlType.BinXml), new BinXmlElement("Leaf", new BinXmlSubstitution(1, BinXmlType.String)))));
        BinXmlValue nested = BinXmlValue.Nested(new BinXmlElement(
            "Middle", new BinXmlTemplateInstance(inner, [1]), new BinXmlTemplateInstance(inner, [2])));
        ReadRecord record = Samples.ReadNodes(new BinXmlTemplateInstance(outer, [nested, "end"]));
        Assert.Equal(
            [("Inner_k", "1"), ("Inner", "t"), ("Inner_k", "2"), ("Inner", "t"), ("Leaf", "end")],
            record.Fields.Select(f => (f.Name, f.Values[0])));
        Assert.All(record.Fields, f => Assert.Equal(EvtxFieldOrigin.UserData, f.Origin));
        Assert.Equal("Event/UserData/Middle/Inner@k", record.Fields[0].Path);
        using JsonDocument json = JsonDocument.Parse(record.Json);
        JsonElement middle = json.RootElement.GetProperty("Event").GetProperty("UserData").GetProperty("Middle");
        Assert.Equal(2, middle.GetProperty("Inner_1").GetProperty("#attributes").GetProperty("k").GetInt32());
    }

    [Fact]
    public void A_record_of_several_fragments_has_all_their_fields()
    {
        var template = new BinXmlTemplate(new BinXmlElement("Event", new BinXmlElement("a", new BinXmlSubstitution(0, BinXmlType.UInt32))));
        ReadRecord record = Samples.ReadNodes(new BinXmlTemplateInstance(template, [1]), new BinXmlTemplateInstance(template, [2]));
        Assert.Equal("1|2", record["a"]);
        Assert.Equal("<Fragments><Event><a>1</a></Event><Event><a>2</a></Event></Fragments>", record.Xml);
        Assert.Equal("""{"Event":{"a":1},"Event_1":{"a":2}}""", record.Json);
    }

    [Fact]
    public void Unnamed_and_repeated_data_keep_their_order()
    {
        ReadRecord record = Samples.Read(("", "a"), ("", ""), ("n", "1"), ("", BinXmlValue.Array("b", "c")), ("n", "2"));
        Assert.Equal("a||b|c", record["Data"]);
        Assert.Equal("1|2", record["n"]);
        using JsonDocument json = JsonDocument.Parse(record.Json);
        JsonElement data = json.RootElement.GetProperty("Event").GetProperty("EventData");
        Assert.Equal(["a", "", "b", "c"], data.GetProperty("Data").GetProperty("#text").EnumerateArray().Select(e => e.GetString()));
        Assert.Equal(("1", "2"), (data.GetProperty("n").GetString(), data.GetProperty("n_1").GetString()));
    }

    [Fact]
    public void Complex_data_and_error_data_are_read()
    {
        ReadRecord record = Samples.ReadNodes(new BinXmlElement(
            "Event",
            new BinXmlElement("EventData", new BinXmlElement(
                "ComplexData", [new BinXmlAttribute("Name", "list")], [new BinXmlElement("item", "1"), new BinXmlElement("item", "2")])),
            new BinXmlElement("ProcessingErrorData", new BinXmlElement("ErrorCode", "15005"), new BinXmlElement("EventPayload", "00"))));
        Assert.Equal(("1|2", "15005", "00"), (record["item"], record["ErrorCode"], record["EventPayload"]));
    }

    [Fact]
    public void Hostile_names_and_text_give_well_formed_XML_and_JSON()
    {
        ReadRecord record = Samples.ReadNodes(new BinXmlElement(
            "Event",
            new BinXmlElement("EventData",
            [
                new BinXmlElement("x><script>", [new BinXmlAttribute("a b", "\"<&\n"), new BinXmlAttribute("a_b", "2")], ["\u0000\u001B[31m\u009B\uD800x\uDC00\uFFFE\U0001F600"]),
                new BinXmlElement("p:q", "1"),
                new BinXmlElement("p:q", [new BinXmlAttribute("xmlns:p", "urn:p")], ["2"]),
                new BinXmlElement("", "3"),
                new BinXmlElement("1", "4"),
            ])));
        Assert.DoesNotContain('\u001B', record.Xml);
        Assert.Contains("\u241B[31m&#x9B;\uFFFDx\uFFFD\uFFFD\U0001F600", record.Xml, StringComparison.Ordinal);
        var document = System.Xml.Linq.XDocument.Parse(record.Xml);
        Assert.Equal(5, document.Root!.Elements().Single().Elements().Count());
        Assert.Contains("p_q", record.Xml, StringComparison.Ordinal);
        Assert.Contains("<p:q xmlns:p=\"urn:p\">2</p:q>", record.Xml, StringComparison.Ordinal);
        using JsonDocument json = JsonDocument.Parse(record.Json);
        Assert.Equal(5, json.RootElement.GetProperty("Event").GetProperty("EventData").EnumerateObject().Count());
    }

    private sealed class LayoutVisitor : IEvtxVisitor
    {
        public List<EvtxLayout> Layouts { get; } = [];

        public void Visit(scoped in EvtxRecord record) => Layouts.Add(record.Layout);
    }
}
