using Culprit.Attribution;

namespace Culprit.Tests.Attribution;

/// <summary>What of an event shows that a machine had to do with an indicator, and what whoever sends can bring about.</summary>
public sealed class IndicatorContactTests
{
    private const string Sysmon = "Microsoft-Windows-Sysmon", Security = "Microsoft-Windows-Security-Auditing";
    private const string RemoteDesktop = "Microsoft-Windows-RemoteDesktopServices-RdpCoreTS", DnsServer = "Microsoft-Windows-DNSServer";

    private readonly ObservedIncident _incident = new();

    // Whoever sends a packet chooses the address that it comes from, and needs no answer: only a connection of TCP, and what a machine does by itself, show who is there.
    [Theory]
    [InlineData(IndicatorContact.Sent, Sysmon, 3, "SourceIp", "Protocol=udp|Initiated=false")]
    [InlineData(IndicatorContact.Met, Sysmon, 3, "SourceIp", "Protocol=tcp|Initiated=false")]
    [InlineData(IndicatorContact.Met, Sysmon, 3, "DestinationIp", "Protocol=udp|Initiated=true")]
    [InlineData(IndicatorContact.Met, Sysmon, 3, "DestinationIp", "Protocol=tcp|Initiated=true")]
    [InlineData(IndicatorContact.Sent, Sysmon, 3, "SourceIp", "")]
    [InlineData(IndicatorContact.Met, Sysmon, 3, "DestinationIp", "")]
    [InlineData(IndicatorContact.Sent, Security, 5152, "SourceAddress", "Direction=%%14592|Protocol=17")]
    [InlineData(IndicatorContact.Sent, Security, 5152, "SourceAddress", "Direction=%%14592|Protocol=6")]
    [InlineData(IndicatorContact.Sent, Security, 5152, "DestAddress", "Direction=%%14593|Protocol=6")]
    [InlineData(IndicatorContact.Sent, Security, 5157, "SourceAddress", "Direction=%%14592|Protocol=6")]
    [InlineData(IndicatorContact.Met, Security, 5157, "DestAddress", "Direction=%%14593|Protocol=6")]
    [InlineData(IndicatorContact.Sent, Security, 5157, "DestAddress", "")]
    [InlineData(IndicatorContact.Met, Security, 5156, "SourceAddress", "Direction=%%14592|Protocol=6")]
    [InlineData(IndicatorContact.Met, Security, 5156, "SourceAddress", "Direction=Inbound|Protocol=TCP")]
    [InlineData(IndicatorContact.Sent, Security, 5156, "SourceAddress", "Direction=%%14592|Protocol=17")]
    [InlineData(IndicatorContact.Sent, Security, 5156, "DestAddress", "Direction=%%14592|Protocol=17")]
    [InlineData(IndicatorContact.Sent, Security, 5156, "SourceAddress", "")]
    [InlineData(IndicatorContact.Met, Security, 5156, "DestAddress", "Direction=%%14593|Protocol=17")]
    [InlineData(IndicatorContact.Sent, Security, 5156, "DestAddress", "Direction=%%14593|Protocol=1")]
    [InlineData(IndicatorContact.Sent, Security, 4771, "IpAddress", "Status=0x18|PreAuthType=2")]
    [InlineData(IndicatorContact.Sent, Security, 4768, "IpAddress", "Status=0x6|PreAuthType=2")]
    [InlineData(IndicatorContact.Met, Security, 4768, "IpAddress", "Status=0x0|PreAuthType=2")]
    [InlineData(IndicatorContact.Sent, Security, 4768, "IpAddress", "Status=0x00000000|PreAuthType=0")]
    [InlineData(IndicatorContact.Met, Security, 4769, "IpAddress", "Status=0x0")]
    [InlineData(IndicatorContact.Sent, Security, 4769, "IpAddress", "Status=0x20")]
    [InlineData(IndicatorContact.Sent, Security, 4769, "IpAddress", "")]
    [InlineData(IndicatorContact.Met, Security, 4624, "IpAddress", "LogonType=3")]
    [InlineData(IndicatorContact.Met, Security, 4625, "IpAddress", "LogonType=3")]
    [InlineData(IndicatorContact.Met, Security, 5140, "IpAddress", "ShareName=C$")]
    [InlineData(IndicatorContact.Sent, Security, 4653, "RemoteAddress", "FailureReason=timeout")]
    [InlineData(IndicatorContact.Met, RemoteDesktop, 131, "ClientIP", "ConnType=TCP")]
    [InlineData(IndicatorContact.Sent, RemoteDesktop, 131, "ClientIP", "ConnType=UDP")]
    public void An_address_was_met_where_its_sender_did_not_choose_it(IndicatorContact contact, string provider, int eventId, string field, string record) =>
        Assert.Equal(contact, Contact(_incident.FindIndicator("198.51.100.7", "address", field, provider, eventId), provider, eventId, record));

    // Names of addresses are what the owner of the address writes into the name system.
    [Theory]
    [InlineData("", 0, "c-ip")]
    [InlineData("Microsoft-Windows-IIS-Logging", 6200, "c-ip")]
    [InlineData(Sysmon, 3, "SourceHostname")]
    [InlineData(Sysmon, 3, "DestinationHostname")]
    [InlineData(Sysmon, 3, "DestinationIp")]
    [InlineData(Security, 4624, "IpAddress")]
    public void A_name_in_place_of_an_address_is_sent(string provider, int eventId, string field) =>
        Assert.Equal(IndicatorContact.Sent, Contact(_incident.FindIndicator("evil.example", "domain", field, provider, eventId), provider, eventId, "Protocol=tcp|Initiated=true"));

    [Theory]
    [InlineData("MyApp", "Application", "domain", "QueryName")]
    [InlineData("MyApp", "Application", "address", "DestinationIp")]
    [InlineData("MyApp", "Application", "address", "IpAddress")]
    [InlineData("MyApp", "Application", "address", "c-ip")]
    [InlineData("MyApp", "Application", "hash", "SHA256")]
    [InlineData("MyApp", "Application", "path", "Image")]
    [InlineData("MyApp", "", "domain", "QueryName")]
    [InlineData("MyApp", "Microsoft-Windows-Sysmon/Operational", "domain", "QueryName")]
    [InlineData("MyApp Bits-Client", "Application", "url", "url")]
    [InlineData(Sysmon, "Application", "domain", "QueryName")]
    [InlineData(Sysmon, "Application", "hash", "Hashes")]
    [InlineData("", "Application", "domain", "QueryName")]
    public void What_an_unknown_program_writes_is_no_contact(string provider, string channel, string kind, string field)
    {
        _incident.FindIndicator("evil.example", kind, field, provider, 22, channel);

        Assert.Equal(IndicatorContact.Written, Assert.Single(_incident.Observe()).Contact);
    }

    [Fact]
    public void An_unknown_program_is_no_proxy()
    {
        int finding = _incident.FindIndicator("evil.example", "domain", "cs-host", "MyApp", 1, "Application");

        Assert.Equal(IndicatorContact.Sent, Contact(finding, "MyApp", 1, "c-ip=10.1.2.3|cs-host=evil.example|s-hierarchy=DIRECT"));
    }

    // Some programs export the channel alone.
    [Theory]
    [InlineData("", "Microsoft-Windows-Sysmon/Operational", 22, "domain", "QueryName")]
    [InlineData(Sysmon, "Microsoft-Windows-Sysmon/Operational", 22, "domain", "QueryName")]
    [InlineData("Linux-Sysmon", "Linux-Sysmon/Operational", 1, "hash", "Hashes")]
    [InlineData("Microsoft-Windows-DNS-Client", "Microsoft-Windows-DNS-Client/Operational", 3008, "domain", "QueryName")]
    [InlineData("Microsoft-Windows-DNS-Client", "System", 1014, "domain", "QueryName")]
    [InlineData("", "security", 4624, "address", "IpAddress")]
    [InlineData("", "Security", 4688, "path", "NewProcessName")]
    [InlineData("Microsoft Windows security auditing.", "Security", 4624, "address", "IpAddress")]
    [InlineData("Microsoft-Windows-AppLocker", "Microsoft-Windows-AppLocker/EXE and DLL", 8002, "hash", "FileHash")]
    [InlineData("Microsoft-Windows-CodeIntegrity", "Microsoft-Windows-CodeIntegrity/Operational", 3033, "hash", "SHA256 Flat Hash")]
    [InlineData("Microsoft-Windows-Windows Defender", "Microsoft-Windows-Windows Defender/Operational", 1116, "hash", "SHA256")]
    [InlineData("Microsoft-Windows-TerminalServices-LocalSessionManager", "Microsoft-Windows-TerminalServices-LocalSessionManager/Operational", 21, "address", "Address")]
    public void Who_has_a_field_is_told_by_provider_and_channel(string provider, string channel, int eventId, string kind, string field)
    {
        _incident.FindIndicator("evil.example", kind, field, provider, eventId, channel);

        Assert.Equal(IndicatorContact.Met, Assert.Single(_incident.Observe()).Contact);
    }

    // Anybody outside may ask a server that stands in the open.
    [Theory]
    [InlineData(IndicatorContact.Met, 256, "Source=10.1.2.3")]
    [InlineData(IndicatorContact.Sent, 256, "Source=203.0.113.9")]
    [InlineData(IndicatorContact.Met, 257, "Destination=10.1.2.3")]
    [InlineData(IndicatorContact.Sent, 260, "Destination=10.1.2.3")]
    [InlineData(IndicatorContact.Sent, 256, "")]
    public void A_name_server_was_asked_from_inside(IndicatorContact contact, int eventId, string record) =>
        Assert.Equal(contact, Contact(_incident.FindIndicator("evil.example", "domain", "QNAME", DnsServer, eventId), DnsServer, eventId, record));

    private IndicatorContact Contact(int finding, string provider, int eventId, string record)
    {
        if (record.Length > 0)
        {
            (string, string)[] fields = [.. record.Split('|').Select(static f => (f[..f.IndexOf('=')], f[(f.IndexOf('=') + 1)..]))];
            _incident.Happen([finding], provider, eventId, ObservedIncident.Monday, fields);
        }

        return Assert.Single(_incident.Observe()).Contact;
    }
}
