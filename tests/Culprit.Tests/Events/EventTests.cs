using Culprit.Events;
using Culprit.Evidence;
using Culprit.TestSupport.Evtx;
using Culprit.Tests.Evidence;

namespace Culprit.Tests.Events;

public sealed class EventTests : IDisposable
{
    private readonly EvidenceFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Copies_of_a_log_have_the_same_identities_and_other_records_do_not()
    {
        byte[] log = EvidenceFolder.EventLog(500);
        _folder.Add("live", log);
        _folder.Add("shadow/copy", log);
        _folder.Add("tail", EvidenceFolder.EventLog(100, first: 400));
        _folder.Add("other", EvidenceFolder.EventLog(500, computer: "pc2.example"));
        List<Event> events = Collector.Read(_folder.Path).Events;

        Assert.Equal(1600, events.Count);
        Assert.Equal(1000, events.Select(static e => e.Identity).Distinct().Count());
        Assert.Equal(100, events.GroupBy(static e => e.Identity).Count(static g => g.Count() == 3));
    }

    [Fact]
    public void A_forwarded_copy_has_the_identity_of_its_origin()
    {
        byte[] origin = EvtxWriter.ToBytes(static w => w.Write(EvidenceFolder.SysmonEvent(41)));
        byte[] forwarded = EvtxWriter.ToBytes(static w => w.WriteRecord(
            7,
            new DateTime(2020, 7, 2, 0, 0, 0, DateTimeKind.Utc),
            new BinXmlElement(
                "Event",
                new BinXmlElement(
                    "System",
                    new BinXmlElement("Provider", [new BinXmlAttribute("Name", "Microsoft-Windows-Sysmon")], []),
                    new BinXmlElement("EventID", "1"),
                    new BinXmlElement("TimeCreated", [new BinXmlAttribute("SystemTime", "2020-07-01T08:00:41.000000000Z")], []),
                    new BinXmlElement("EventRecordID", "42"),
                    new BinXmlElement("Channel", "Microsoft-Windows-Sysmon/Operational"),
                    new BinXmlElement("Computer", "PC1.example")),
                new BinXmlElement("EventData", [.. EvidenceFolder.SysmonEvent(41).Data.Select(static d => new BinXmlElement(
                    "Data",
                    [new BinXmlAttribute("Name", d.Name)],
                    [d.Name == "ProcessId" ? "1041" : Text(d.Name)]))]),
                new BinXmlElement("RenderingInfo", new BinXmlElement("Message", "Process created")))));
        _folder.Add("origin", origin);
        _folder.Add("forwarded", forwarded);
        List<Event> events = Collector.Read(_folder.Path).Events;

        Assert.Equal(2, events.Count);
        Assert.Equal(events[0].Identity, events[1].Identity);
        Assert.Equal((7, 42), (events[0].Place.RecordId, events[0].RecordId));
        Assert.Equal("Process created", events[0].Get("Message"));
    }

    [Theory]
    [InlineData(4624, "EXAMPLE\\berta")]
    [InlineData(4688, "EXAMPLE\\PC1$")]
    public void The_account_of_a_logon_is_the_one_that_logs_on(int eventId, string account)
    {
        byte[] log = EvtxWriter.ToBytes(w => w.Write(Security((ushort)eventId,
            ("SubjectUserName", "PC1$"), ("SubjectDomainName", "EXAMPLE"), ("TargetUserName", "berta"), ("TargetDomainName", "EXAMPLE"))));

        Assert.Equal(account, Assert.Single(Collector.Read(_folder.Add("x", log)).Events).Account);
    }

    [Fact]
    public void An_account_that_is_a_dash_is_none()
    {
        byte[] log = EvtxWriter.ToBytes(static w => w.Write(Security(4688,
            ("SubjectUserName", "-"), ("SubjectDomainName", "-"), ("TargetUserName", "anna@example.org"), ("TargetDomainName", "EXAMPLE"))));
        byte[] none = EvtxWriter.ToBytes(static w => w.Write(Security(1, ("X", "y"))));
        _folder.Add("a", log);
        _folder.Add("b", none);

        Assert.Equal(["anna@example.org", ""], Collector.Read(_folder.Path).Events.Select(static e => e.Account));
    }

    [Fact]
    public void Equal_routes_are_one_instance_for_a_worker()
    {
        _folder.Add("a", EvidenceFolder.EventLog(100));
        _folder.Add("b", """{"EventID":"1","Channel":"Microsoft-Windows-Sysmon/Operational","SourceName":"Microsoft-Windows-Sysmon"}""");
        List<Event> events = Collector.Read(_folder.Path).Events;

        Assert.Equal(101, events.Count);
        Assert.All(events, e => Assert.Same(events[0].Route, e.Route));
    }

    [Fact]
    public void Requests_that_look_alike_are_copies_only_at_the_same_place()
    {
        const string Line = "192.0.2.7 - - [13/Jan/2016:19:31:16 +0000] \"GET / HTTP/1.1\" 200 1\n";
        _folder.Add("a", Line + Line);
        _folder.Add("b", Line + Line);

        Assert.Equal(2, Collector.Read(_folder.Path).Events.Select(static e => e.Identity).Distinct().Count());
    }

    private static string Text(string name) => name switch
    {
        "RuleName" => "-",
        "Image" => @"C:\Windows\System32\tool6.exe",
        "CommandLine" => "tool6.exe /run 41",
        _ => @"EXAMPLE\anna",
    };

    private static EvtxEvent Security(ushort eventId, params (string, BinXmlValue)[] data) => new()
    {
        Provider = "Microsoft-Windows-Security-Auditing",
        EventId = eventId,
        Time = new DateTime(2020, 7, 1, 8, 0, 0, DateTimeKind.Utc),
        Channel = "Security",
        Computer = "pc1.example",
        Data = data,
    };
}
