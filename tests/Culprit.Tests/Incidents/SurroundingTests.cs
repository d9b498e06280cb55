using System.Collections.Immutable;
using Culprit.Incidents;

namespace Culprit.Tests.Incidents;

/// <summary>Which events around findings belong to an incident, and which do not.</summary>
public sealed class SurroundingTests : IDisposable
{
    private readonly LoggedWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void What_a_process_starts_and_does_belongs_to_it_and_nothing_else_does()
    {
        _world.Starts(0, "PC-1", "bad", "shell", "evil.exe")
            .Starts(300, "PC-1", "child", "bad", "whoami")
            .Log(301, "PC-1", "Sysmon", 11, ("ProcessGuid", "{6368696c-0000-0000-0000-000000000000}"), ("Image", @"C:\Users\anna\child.exe"), ("TargetFilename", @"C:\Users\anna\loot.txt"))
            .Starts(30, "PC-1", "sibling", "shell", "notepad loot.txt")
            .Starts(200, "PC-1", "later", "shell", "winword.exe")
            .Starts(1, "PC-1", "other", "menu", "calc.exe", logon: "0x777");

        Incident incident = Assert.Single(_world.Incidents());

        Assert.Equal(["evil.exe", "notepad loot.txt", "whoami", ""], incident.Events.Select(static one => one.Value("CommandLine")));
        Assert.Equal([0, 1, 2, 3], incident.Events.Select(static one => one.Number));
        Assert.All(incident.Events, static one => Assert.Equal(one.RecordId, one.Places[0].RecordId));
        Assert.Equal(1001, incident.Events[0].RecordId);
        Assert.Equal("A rule found it.", incident.Events[0].Why);
        Assert.Equal([true, false, false, false], incident.Events.Select(static one => one.Findings.Length > 0));
    }

    [Fact]
    public void A_logon_from_a_taken_host_brings_its_session_along()
    {
        OwnAddress("PC-1", "10.0.0.5");
        _world.Starts(0, "PC-1", "bad", "shell", "evil.exe")
            .LogsOn(5, "FS-1", "svc-copy", "10.0.0.5")
            .Log(6, "FS-1", "Security", 5140, ("SubjectUserName", "svc-copy"), ("SubjectLogonId", "0x900"), ("ShareName", @"\\*\C$"), ("IpAddress", "10.0.0.5"))
            .LogsOn(6, "FS-1", "dora", "10.0.0.9", "0x901");
        Ordinary("FS-1", "anna", "10.0.0.7");

        Incident incident = Assert.Single(_world.Incidents());

        Assert.Equal(["PC-1", "FS-1"], incident.Story!.HostsFallen.Select(static host => host.Host));
        Movement movement = Assert.Single(incident.Story.Movements);
        Assert.Equal(("PC-1", "FS-1", "svc-copy", "SMB"), (movement.From, movement.To, movement.Account, movement.Means));
        Assert.DoesNotContain(incident.Events, static one => one.Account.Contains("dora", StringComparison.Ordinal));
    }

    [Fact]
    public void A_logon_that_comes_from_there_every_day_belongs_to_nobody()
    {
        OwnAddress("PC-1", "10.0.0.5");
        _world.Starts(60 * 24 * 6, "PC-1", "bad", "shell", "evil.exe");
        Ordinary("FS-1", "anna", "10.0.0.5");
        _world.LogsOn((60 * 24 * 6) + 3, "FS-1", "anna", "10.0.0.5", "0x999");

        Incident incident = Assert.Single(_world.Incidents());

        Assert.Single(incident.Events);
        Assert.Equal(["PC-1"], incident.Story!.HostsFallen.Select(static host => host.Host));
    }

    [Fact]
    public void Two_incidents_that_meet_in_an_event_are_one()
    {
        _world.Starts(0, "PC-1", "bad", "shell", "evil.exe").Starts(2000, "PC-1", "second", "middle", "evil again");
        Assert.Equal(2, _world.Incidents().Length);

        _world.Starts(1999, "PC-1", "middle", "bad", "quiet.exe");
        Assert.Single(_world.Incidents());
    }

    [Fact]
    public void Outside_addresses_carry_on_and_those_of_everybody_do_not()
    {
        _world.Starts(0, "PC-1", "bad", "shell", "evil.exe")
            .Log(1, "PC-1", "Sysmon", 3, Connection("bad", "198.51.100.7"))
            .Log(2, "PC-1", "Sysmon", 3, Connection("bad", "192.0.2.80"))
            .Log(400, "PC-2", "Sysmon", 3, Connection("tool", "198.51.100.7"));
        for (int day = 0; day < 8; day++)
        {
            _world.Log((60 * 24 * day) + 100, "PC-3", "Sysmon", 3, Connection("browser", "192.0.2.80"));
        }

        Incident incident = Assert.Single(_world.Incidents());

        Assert.Equal(["PC-1", "PC-1", "PC-1", "PC-2"], incident.Events.Select(static one => one.Host));
        Assert.Equal(["198.51.100.7", "192.0.2.80"], incident.Story!.Channels.Select(static channel => channel.Value));
    }

    [Fact]
    public void What_was_sent_to_a_web_server_belongs_to_the_process_that_it_started()
    {
        _world.Log(0, "WEB-1", "Sysmon", 1, ("ProcessGuid", "{1}"), ("ParentProcessGuid", "{2}"), ("Image", @"C:\Windows\System32\cmd.exe"), ("ParentImage", @"C:\Windows\System32\inetsrv\w3wp.exe"), ("CommandLine", "cmd /c evil"))
            .File("u_ex200203.log", """
                #Software: Microsoft Internet Information Services 10.0
                #Version: 1.0
                #Date: 2020-02-03 07:00:00
                #Fields: date time s-computername s-ip cs-method cs-uri-stem c-ip sc-status
                2020-02-03 07:30:00 WEB-1 10.0.0.1 POST /form.aspx 203.0.113.8 200
                2020-02-03 07:59:58 WEB-1 10.0.0.1 POST /images/x.aspx 203.0.113.5 200
                2020-02-03 07:59:59 WEB-1 10.0.0.1 GET /index.html 203.0.113.9 200
                """);

        Incident incident = Assert.Single(_world.Incidents());

        Assert.Equal(["/images/x.aspx", ""], incident.Events.Select(static one => one.Value("cs-uri-stem")));
        Assert.Equal("203.0.113.5", Assert.Single(incident.Story!.Channels).Value);
    }

    [Fact]
    public void A_domain_carries_on_unless_everybody_asks_for_it()
    {
        _world.Starts(0, "PC-1", "bad", "shell", "evil.exe")
            .Log(1, "PC-1", "Sysmon", 22, Question("bad", "c2.bad.example")).Log(1, "PC-1", "Sysmon", 22, Question("bad", "www.microsoft.com"))
            .Log(400, "PC-2", "Sysmon", 22, Question("tool", "C2.bad.example")).Log(400, "PC-3", "Sysmon", 22, Question("browser", "www.microsoft.com"));

        Assert.Equal(["PC-1", "PC-1", "PC-1", "PC-2"], Assert.Single(_world.Incidents()).Events.Select(static one => one.Host));
    }

    [Fact]
    public void An_event_that_shares_nothing_still_has_its_finding()
    {
        _world.Log(0, "", "Sysmon", 1, ("CommandLine", "evil"));

        IncidentEvent one = Assert.Single(Assert.Single(_world.Incidents()).Events);

        Assert.Equal([0], one.Findings);
        Assert.Equal(["Evil command"], one.Rules);
        Assert.Contains(one.Techniques, static technique => technique.Technique == "T1059");
    }

    // A tool that everybody has at the same place, an address that was rented out again, a name that was registered again, and a session's number.
    [Fact]
    public void What_is_shared_after_years_joins_nothing()
    {
        const double years = 60 * 24 * 365 * 3;
        foreach ((string host, double minutes) in new[] { ("PC-1", 0), ("PC-2", years) })
        {
            _world.Starts(minutes, host, host, "shell" + host, "evil.exe")
                .Log(minutes + 1, host, "Sysmon", 11, ("ProcessGuid", Id(host)), ("TargetFilename", @"C:\Users\Public\tool.exe"))
                .Log(minutes + 1, host, "Sysmon", 3, ("ProcessGuid", Id(host)), ("SourceIp", "10.0.0.1"), ("DestinationIp", "198.51.100.7"))
                .Log(minutes + 1, host, "Sysmon", 22, ("ProcessGuid", Id(host)), ("QueryName", "c2.bad.example"))
                .Log(minutes + 1, host, "System", 7045, ("ServiceName", "TOOLSVC"), ("ImagePath", @"%SystemRoot%\TOOLSVC.exe"));
        }

        _world.Starts(years + (60 * 24 * 2), "PC-1", "later", "latershell", "evil again");

        Assert.Equal([1, 1, 1], _world.Incidents().Select(static incident => incident.Findings.Length));
    }

    // The end of a long session belongs to it, as long as something happened in it meanwhile.
    [Fact]
    public void A_session_that_was_opened_from_a_taken_host_lasts_as_long_as_it_is_used()
    {
        OwnAddress("PC-1", "10.0.0.5");
        _world.Starts(0, "PC-1", "bad", "shell", "evil.exe").LogsOn(5, "FS-1", "svc-copy", "10.0.0.5");
        foreach (int hour in new[] { 10, 20, 30, 50 })
        {
            _world.Log(60 * hour, "FS-1", "Security", 4672, ("SubjectUserName", "svc-copy"), ("SubjectLogonId", "0x900"), ("PrivilegeList", $"{hour}"));
        }

        Ordinary("FS-1", "anna", "10.0.0.7");

        Assert.Equal(["10", "20", "30"], Assert.Single(_world.Incidents()).Events.Where(static one => one.EventId == 4672).Select(static one => one.Value("PrivilegeList")));
    }

    [Theory]
    [InlineData("SHA256=AA", "SHA256=AA", 1)]
    [InlineData("SHA256=AA", "SHA256=BB", 2)]
    [InlineData("SHA256=AA", "-", 1)]
    [InlineData("SHA256=AA", "MD5=BB", 1)]
    public void Files_of_one_name_that_are_known_to_differ_are_two(string one, string other, int incidents)
    {
        foreach ((string host, double minutes, string hash) in new[] { ("PC-1", 0, one), ("PC-2", 1000, other) })
        {
            _world.Starts(minutes, host, host, "shell" + host, "evil.exe")
                .Log(minutes + 1, host, "Sysmon", 1, ("ProcessGuid", Id("x" + host)), ("ParentProcessGuid", Id(host)), ("Image", @"C:\Users\Public\tool.exe"), ("CommandLine", "tool"), ("Hashes", hash));
        }

        Assert.Equal(incidents, _world.Incidents().Length);
    }

    [Theory]
    [InlineData("SHA256=AA", 1)]
    [InlineData("SHA256=BB", 2)]
    public void So_are_those_that_rules_find(string other, int incidents)
    {
        foreach ((string host, double minutes, string hash) in new[] { ("PC-1", 0, "SHA256=AA"), ("PC-2", 1000, other) })
        {
            _world.Log(minutes, host, "Sysmon", 1, ("ProcessGuid", Id(host)), ("ParentProcessGuid", Id("up" + host)), ("Image", @"C:\Users\Public\tool.exe"), ("CommandLine", "evil " + host), ("Hashes", hash));
        }

        Assert.Equal(incidents, _world.Incidents().Length);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Through_what_two_incidents_met_is_told(int threads)
    {
        // The file of each one's own program is in its event, and in no other's.
        foreach ((string host, double minutes) in new[] { ("PC-1", 0), ("PC-2", 1000) })
        {
            _world.Starts(minutes, host, host, "shell" + host, "evil.exe")
                .Log(minutes + 1, host, "Sysmon", 22, ("Image", $@"C:\Users\anna\{host}.exe"), ("ProcessGuid", Id(host)), ("QueryName", "c2.bad.example"));
        }

        Assert.Equal([new IncidentJoin("the same address or domain", 1)], Assert.Single(_world.Incidents(threads)).Joins);
    }

    [Fact]
    public void Threads_and_order_change_nothing()
    {
        OwnAddress("PC-1", "10.0.0.5");
        _world.LogsOn(1, "FS-1", "svc-copy", "10.0.0.5").Starts(300, "PC-1", "child", "bad", "whoami").Starts(0, "PC-1", "bad", "shell", "evil.exe");
        ImmutableArray<Incident> one = _world.Incidents(threads: 1);
        ImmutableArray<Incident> many = _world.Incidents(threads: 8);

        Assert.Equal(one[0].Events.Select(static e => e.Identity), many[0].Events.Select(static e => e.Identity));
        Assert.Equal(one[0].Events.Select(static e => e.Why), many[0].Events.Select(static e => e.Why));
        Assert.Equal(3, one[0].Events.Length);
    }

    // A machine's own account says which address it has.
    private void OwnAddress(string host, string address) => _world.LogsOn(-10, "DC-1", host + "$", address, "0x700");

    private void Ordinary(string host, string account, string address)
    {
        for (int day = 0; day < 8; day++)
        {
            _world.LogsOn((60 * 24 * day) + 1, host, account, address, "0xa" + day);
        }
    }

    private static (string Name, string Value)[] Question(string process, string name) => [Connection(process, "-")[0], Connection(process, "-")[1], ("QueryName", name)];

    private static (string Name, string Value)[] Connection(string process, string address) =>
    [
        ("ProcessGuid", $"{{{Convert.ToHexStringLower(System.Text.Encoding.UTF8.GetBytes(process)).PadRight(8, '0')[..8]}-0000-0000-0000-000000000000}}"),
        ("Image", $@"C:\Users\anna\{process}.exe"), ("Initiated", "true"), ("SourceIp", "10.0.0.5"), ("DestinationIp", address), ("DestinationPort", "443"),
    ];

    private static string Id(string name) => LoggedWorld.Guid(name);
}
