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

    // Whom a machine calls it chooses itself; who is let in answered; of whoever knocks in vain, and of names beside an address, nobody knows.
    [Theory]
    [InlineData(IndicatorContact.Met, "Microsoft-Windows-TerminalServices-ClientActiveXCore", 1024, "domain", "Value", "Name=Server Name|Value=evil.example")]
    [InlineData(IndicatorContact.Met, "Microsoft-Windows-TerminalServices-ClientActiveXCore", 1102, "domain", "Value", "Name=Server Address|Value=a.evil.example:3389")]
    [InlineData(IndicatorContact.Written, "Microsoft-Windows-TerminalServices-ClientActiveXCore", 1027, "domain", "DomainName", "DomainName=evil.example")]
    [InlineData(IndicatorContact.Met, "Microsoft-Windows-SMBClient", 30803, "domain", "ServerName", @"ServerName=\evil.example")]
    [InlineData(IndicatorContact.Written, "Microsoft-Windows-SMBClient", 30803, "domain", "ShareName", @"ShareName=\evil.example\c$")]
    [InlineData(IndicatorContact.Met, "Microsoft-Windows-WinRM", 6, "domain", "connection", "connection=evil.example/wsman?PSVersion=5.1")]
    [InlineData(IndicatorContact.Written, "Microsoft-Windows-WinRM", 6, "domain", "connection", "connection=srv.corp.local/wsman?x=evil.example")]
    [InlineData(IndicatorContact.Written, "Microsoft-Windows-WinRM", 91, "domain", "resourceUri", "resourceUri=http://evil.example")]
    [InlineData(IndicatorContact.Met, "Microsoft-Windows-Windows Defender", 1126, "domain", "Destination", "Destination=https://evil.example/")]
    [InlineData(IndicatorContact.Met, "OpenSSH", 4, "domain", "payload", "payload=Accepted password for a from evil.example port 5522 ssh2")]
    [InlineData(IndicatorContact.Sent, "OpenSSH", 4, "domain", "payload", "payload=Accepted password for a from evil.example port 1 from 192.0.2.1 port 5522 ssh2")]
    [InlineData(IndicatorContact.Sent, "OpenSSH", 4, "domain", "payload", "payload=Failed password for a from evil.example port 5522 ssh2")]
    [InlineData(IndicatorContact.Sent, "Microsoft-Windows-NTLM", 8002, "domain", "ClientDomainName", "ClientDomainName=evil.example")]
    [InlineData(IndicatorContact.Written, "Microsoft-Windows-NTLM", 8001, "domain", "TargetName", "TargetName=cifs/evil.example")]
    [InlineData(IndicatorContact.Sent, "MSSQLSERVER", 18456, "domain", "Data", "Data=evil.example")]
    [InlineData(IndicatorContact.Sent, Security, 4648, "domain", "TargetUserName", "TargetUserName=evil.example")]
    [InlineData(IndicatorContact.Written, Security, 4648, "domain", "TargetServerName", "TargetServerName=evil.example")]
    public void What_a_machine_calls_is_met(IndicatorContact contact, string provider, int eventId, string kind, string field, string record) =>
        Assert.Equal(contact, Contact(_incident.FindIndicator("evil.example", kind, field, provider, eventId), provider, eventId, record));

    [Theory]
    [InlineData(IndicatorContact.Met, @"file:_C:\a.exe; webfile:_C:\a.exe|http://evil.example/a.exe|pid:1")]
    [InlineData(IndicatorContact.Written, @"file:_C:\evil.example\a.exe; webfile:_C:\a.exe|http://other.example/?evil.example|pid:1")]
    public void What_Defender_saw_fetched_was_met(IndicatorContact contact, string path)
    {
        const string defender = "Microsoft-Windows-Windows Defender";
        _incident.Happen([_incident.FindIndicator("evil.example", "domain", "Path", defender, 1116)], defender, 1116, ObservedIncident.Monday, ("Path", path));

        Assert.Equal(contact, Assert.Single(_incident.Observe()).Contact);
    }

    [Theory]
    [InlineData(IndicatorContact.Met, 6272)]
    [InlineData(IndicatorContact.Sent, 6273)]
    public void Who_was_let_in_by_a_network_policy_was_there(IndicatorContact contact, int eventId) =>
        Assert.Equal(contact, Contact(_incident.FindIndicator("198.51.100.7", "address", "CallingStationID", Security, eventId), Security, eventId, "CallingStationID=198.51.100.7"));

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
