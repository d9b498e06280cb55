using Culprit.TestSupport.Evtx;

namespace Culprit.Evtx.Tests.Quirks;

/// <summary>Small event logs with one property each.</summary>
internal static class Samples
{
    public static DateTime Time { get; } = new(2020, 9, 16, 12, 34, 56, 789, DateTimeKind.Utc);

    public static EvtxEvent Event(params (string Name, BinXmlValue Value)[] data) => new()
    {
        Provider = "Test-Provider",
        ProviderGuid = new Guid("5770385f-c22a-43e0-bf4c-06f5698ffbd9"),
        EventId = 4242,
        Time = Time,
        Channel = "Test/Operational",
        Computer = "host.example.org",
        Data = data,
    };

    /// <summary>The only record of a file with one event of the data.</summary>
    public static ReadRecord Read(params (string Name, BinXmlValue Value)[] data) => ReadEvent(Event(data));

    /// <summary>The only record of a file with the event.</summary>
    public static ReadRecord ReadEvent(EvtxEvent e) =>
        Assert.Single(RecordCollector.Read(EvtxWriter.ToBytes(w => w.Write(e))));

    /// <summary>The only record of a file with one record of the nodes.</summary>
    public static ReadRecord ReadNodes(params BinXmlNode[] nodes) =>
        Assert.Single(RecordCollector.Read(EvtxWriter.ToBytes(w => w.WriteFragment(Time, nodes))));

    /// <summary>A file with some numbered records: field <c>n</c> is the number.</summary>
    public static byte[] Numbered(int count) => EvtxWriter.ToBytes(w =>
    {
        for (int i = 1; i <= count; i++)
        {
            w.Write(Event(("n", i), ("padding", new string('x', 100))));
        }
    });

    /// <summary>The numbers of the records of such a file.</summary>
    public static IEnumerable<string?> Numbers(IEnumerable<ReadRecord> records) => records.Select(r => r["n"]);

    /// <summary>The numbers from one to another, as text.</summary>
    public static IEnumerable<string> Range(int from, int to) =>
        Enumerable.Range(from, to - from + 1).Select(static i => i.ToString(System.Globalization.CultureInfo.InvariantCulture));
}
