using System.Collections.Immutable;
using Culprit.Attribution;
using Culprit.Findings;

namespace Culprit.Tests.Attribution;

public sealed class IncidentObservationsTests
{
    private const string Sysmon = "Microsoft-Windows-Sysmon", Defender = "Microsoft-Windows-Windows Defender";

    private readonly ObservedIncident _incident = new();

    [Fact]
    public void A_technique_comes_with_the_rule_and_the_events_that_show_it()
    {
        int finding = _incident.Find("Web shell", "attack.t1505.003");
        _incident.Happen([], Sysmon, 1, ObservedIncident.Monday);
        _incident.Happen([finding], Sysmon, 1, ObservedIncident.Monday);

        Observation one = Assert.Single(_incident.Observe());

        Assert.Equal((ObservationKind.Technique, "T1505.003", "Server Software Component: Web Shell", "rule: Web shell"), (one.Kind, one.Value, one.Name, one.Basis));
        Assert.Equal([1], one.Events);
        Assert.Equal([0], one.Findings);
    }

    [Fact]
    public void Without_events_findings_show_it()
    {
        _incident.Find("Web shell", "attack.t1505.003");

        Observation one = Assert.Single(_incident.Observe());

        Assert.Empty(one.Events);
        Assert.Equal([0], one.Findings);
    }

    [Theory]
    [InlineData(FindingLevel.Informational)]
    [InlineData(FindingLevel.Low)]
    public void What_gives_context_alone_counts_by_an_event_of_the_incident(FindingLevel level)
    {
        int finding = _incident.Find("Command line", level, "attack.t1059.003");
        Assert.Empty(_incident.Observe());

        _incident.Happen([finding], Sysmon, 1, ObservedIncident.Monday);
        Assert.Equal("T1059.003", Assert.Single(_incident.Observe()).Value);
    }

    // ATT&CK withdrew T1086 (PowerShell) in favour of T1059.001.
    [Fact]
    public void What_was_withdrawn_gives_what_took_its_place()
    {
        _incident.Find("PowerShell", "attack.t1086");

        Assert.Equal("T1059.001", Assert.Single(_incident.Observe()).Value);
    }

    [Fact]
    public void A_part_stands_for_the_whole_where_both_come_from_the_same_signs()
    {
        int both = _incident.Find("Shell", "attack.t1059", "attack.t1059.003");
        _incident.Happen([both], ["T1059"], Sysmon, 1, ObservedIncident.Monday);
        Assert.Equal(["T1059.003"], _incident.Observe().Select(static o => o.Value));

        _incident.Happen([], ["T1059"], Sysmon, 1, ObservedIncident.Monday);
        Assert.Equal(["T1059", "T1059.003"], _incident.Observe().Select(static o => o.Value));
    }

    [Fact]
    public void Software_comes_from_tags_and_titles()
    {
        _incident.Find("Command words of Mimikatz", "attack.s0002");
        _incident.Find("A beacon of Cobalt Strike");
        _incident.Find("CobaltStrike by its pipe");

        ImmutableArray<Observation> observed = Software();

        Assert.Equal(["S0002", "S0154"], observed.Select(static o => o.Value));
        Assert.Equal("rule: A beacon of Cobalt Strike; rule: CobaltStrike by its pipe", observed[1].Basis);
    }

    [Fact]
    public void A_tag_says_what_malware_is_known_to_do_it_and_not_that_it_was_there()
    {
        int finding = _incident.Find("Firewall opened by a command", "attack.s0246");
        Assert.Empty(Software());

        _incident.Matched(finding, @"C:\temp\hardrain.exe");
        Assert.Equal(["S0246"], Software().Select(static o => o.Value));
    }

    // Mimikatz replicates as domain controllers do.
    [Theory]
    [InlineData("Suspicious Machine Account Replication - DcSync Indicator", "attack.s0002", "GUID 1131f6ad", null)]
    [InlineData("Credential Dumping Tools Service Execution", "attack.s0005", @"C:\temp\mimidrv.sys", null)]
    [InlineData("LSASS Memory Access by Tool With Dump Keyword In Name", "attack.s0002", @"C:\temp\Outflank-Dumpert.exe", null)]
    [InlineData("LSASS Access From Potentially White-Listed Processes", "attack.s0002", @"C:\temp\mimikatz.exe", "S0002")]
    [InlineData("Account made by command", "attack.s0039", @"C:\Windows\System32\net1.exe", "S0039")]
    [InlineData("Hives saved to a file", "attack.s0075", @"reg save hklm\sam sam.hiv", "S0075")]
    [InlineData("Autostart entry made by command", "attack.s0075", @"Set-ItemProperty HKCU:\...\Run", null)]
    [InlineData("HackTool - Windows Credential Editor (WCE) Execution", "attack.s0005", "x", "S0005")]
    public void A_tag_alone_says_of_a_tool_too_that_it_may_do_such_a_thing(string title, string tag, string matched, string? software)
    {
        _incident.Matched(_incident.Find(title, tag), matched);

        Assert.Equal(software is null ? [] : [software], Software().Select(static o => o.Value));
    }

    [Fact]
    public void A_rule_for_a_tool_found_it_where_the_program_is_called_so()
    {
        int finding = _incident.Find("Job that starts a program", "attack.s0190");
        _incident.Matched(finding, "/SetNotifyCmdLine x").Happen([finding], Sysmon, 1, ObservedIncident.Monday, ("Image", @"C:\Windows\System32\bitsadmin.exe"));

        Assert.Equal(["S0190"], Software().Select(static o => o.Value));
    }

    [Theory]
    [InlineData("Potential Raspberry Robin CPL Execution Activity", false)]
    [InlineData("Possible PlugX", false)]
    [InlineData("Suspected HARDRAIN service", false)]
    [InlineData("HARDRAIN from a suspicious place", true)]
    public void A_title_that_calls_software_possible_does_not_say_that_it_was_there(string title, bool isObserved)
    {
        _incident.Find(title);

        Assert.Equal(isObserved ? 1 : 0, Software().Length);
        Assert.Equal(isObserved ? 0 : 1, _incident.Remarks().Length);
    }

    [Fact]
    public void What_a_title_calls_possible_is_observed_where_what_was_found_names_it()
    {
        _incident.Matched(_incident.Find("Potential PlugX Activity", "attack.s0013"), @"C:\temp\PlugX.exe");

        Assert.Equal(["S0013"], Software().Select(static o => o.Value));
    }

    [Fact]
    public void An_event_that_rules_ascribe_to_two_pieces_of_malware_names_neither()
    {
        int one = _incident.Find("Kazuar by its pipe"), other = _incident.Find("HARDRAIN by its pipe");
        _incident.Happen([one, other], Sysmon, 17, ObservedIncident.Monday);
        Assert.Empty(Software());
        Assert.Contains("HARDRAIN or Kazuar", Assert.Single(_incident.Remarks(), static r => r.Contains("same event", StringComparison.Ordinal)), StringComparison.Ordinal);

        _incident.Happen([one], Sysmon, 17, ObservedIncident.Monday);
        Observation left = Assert.Single(Software());
        Assert.Equal("S0265", left.Value);
        Assert.Equal([1], left.Events);
    }

    [Fact]
    public void Malware_is_tentative_while_one_rule_or_one_event_says_so()
    {
        int first = _incident.Find("HARDRAIN opens the firewall", "attack.s0246");
        Assert.True(Assert.Single(Software()).Tentative);

        int second = _incident.Find("Service of HARDRAIN", "attack.s0246");
        Assert.False(Assert.Single(Software()).Tentative);

        _incident.Happen([first, second], "Microsoft-Windows-Sysmon", 1, ObservedIncident.Monday);
        Assert.True(Assert.Single(Software()).Tentative);

        _incident.Happen([second], "Microsoft-Windows-Sysmon", 1, ObservedIncident.Monday);
        Assert.Equal((false, true), (Assert.Single(Software()).Tentative, Assert.Single(Software()).ByName));
    }

    // A server behind a load balancer has a client inside in every request, and its host is what anybody outside wrote.
    [Theory]
    [InlineData(IndicatorContact.Sent, "cs-host", "c-ip=10.1.2.3|cs-host=evil.example|cs-uri=/")]
    [InlineData(IndicatorContact.Sent, "cs-host", "c-ip=203.0.113.9|cs-host=evil.example|cs-uri=/|s-hierarchy=DIRECT")]
    [InlineData(IndicatorContact.Met, "cs-host", "c-ip=10.1.2.3|cs-host=evil.example|cs-uri=/|s-hierarchy=DIRECT")]
    [InlineData(IndicatorContact.Met, "cs-host", "c-ip=10.1.2.3|cs-host=evil.example|cs-uri=/|r-ip=203.0.113.7")]
    [InlineData(IndicatorContact.Sent, "cs-host", "c-ip=10.1.2.3|cs-host=evil.example|cs-uri=/|r-ip=10.0.0.7")]
    [InlineData(IndicatorContact.Sent, "cs-host", "c-ip=10.1.2.3|cs-host=evil.example|cs-uri=/|s-hierarchy=-")]
    [InlineData(IndicatorContact.Sent, "cs-host", "c-ip=10.1.2.3|cs-host=evil.example|cs-uri=/|r-ip=203.0.113.7|cs-x-forwarded-for=198.51.100.1")]
    [InlineData(IndicatorContact.Met, "cs-uri", "c-ip=10.1.2.3|cs-uri=http://www.evil.example:8080/a?b=c")]
    [InlineData(IndicatorContact.Met, "cs-uri", "c-ip=10.1.2.3|cs-method=CONNECT|cs-uri=evil.example:443")]
    [InlineData(IndicatorContact.Sent, "cs-uri", "c-ip=10.1.2.3|cs-method=GET|cs-uri=evil.example:443")]
    [InlineData(IndicatorContact.Sent, "cs-uri", "c-ip=10.1.2.3|cs-uri=http://good.example/?from=evil.example")]
    [InlineData(IndicatorContact.Sent, "cs-uri", "c-ip=10.1.2.3|cs-uri=http://notevil.example/")]
    [InlineData(IndicatorContact.Sent, "cs-referer", "c-ip=10.1.2.3|cs-uri=http://evil.example/")]
    [InlineData(IndicatorContact.Met, "r-host", "c-ip=10.1.2.3|cs-uri=/|r-host=evil.example")]
    [InlineData(IndicatorContact.Sent, "rs-location", "c-ip=10.1.2.3|cs-uri=/|rs-location=evil.example")]
    public void The_host_of_a_request_was_spoken_to_where_the_record_is_a_proxys(IndicatorContact contact, string field, string record)
    {
        (string, string)[] fields = [.. record.Split('|').Select(static f => (f[..f.IndexOf('=')], f[(f.IndexOf('=') + 1)..]))];
        _incident.Happen([_incident.FindIndicator("evil.example", "domain", field)], "", 0, ObservedIncident.Monday, fields);

        Assert.Equal(contact, Assert.Single(_incident.Observe()).Contact);
    }

    [Fact]
    public void A_title_that_names_one_program_twice_names_one()
    {
        _incident.Find("HARDRAIN service, installed by hardrain.exe", "attack.s0246");

        Assert.Equal(["S0246"], Software().Select(static o => o.Value));
    }

    [Theory]
    [InlineData(Sysmon, 3, "address", "DestinationIp", IndicatorContact.Met)]
    [InlineData(Sysmon, 3, "domain", "SourceHostname", IndicatorContact.Sent)]
    [InlineData(Sysmon, 1, "hash", "Hashes", IndicatorContact.Met)]
    [InlineData(Sysmon, 11, "path", "TargetFilename", IndicatorContact.Met)]
    [InlineData(Sysmon, 11, "domain", "TargetFilename", IndicatorContact.Written)]
    [InlineData(Sysmon, 1, "domain", "CommandLine", IndicatorContact.Written)]
    [InlineData(Sysmon, 20, "domain", "Destination", IndicatorContact.Written)]
    [InlineData(Sysmon, 20, "domain", "what nobody knows", IndicatorContact.Written)]
    [InlineData("Microsoft-Windows-PowerShell", 4104, "domain", "EventData.ScriptBlockText", IndicatorContact.Written)]
    [InlineData("Microsoft-Windows-PowerShell", 4104, "domain", "Path", IndicatorContact.Written)]
    [InlineData("PowerShell", 403, "address", "param3", IndicatorContact.Written)]
    [InlineData("Microsoft-Windows-WMI-Activity", 5861, "domain", "PossibleCause", IndicatorContact.Written)]
    [InlineData("Microsoft-Windows-TaskScheduler", 200, "domain", "ActionName", IndicatorContact.Written)]
    [InlineData("Microsoft-Windows-Security-Auditing", 4702, "domain", "TaskContentNew", IndicatorContact.Written)]
    [InlineData("Microsoft-Windows-Security-Auditing", 4625, "address", "IpAddress", IndicatorContact.Met)]
    [InlineData("Microsoft-Windows-Security-Auditing", 4625, "domain", "WorkstationName", IndicatorContact.Sent)]
    [InlineData("Microsoft-Windows-Security-Auditing", 4625, "domain", "TargetDomainName", IndicatorContact.Sent)]
    [InlineData("Microsoft-Windows-Security-Auditing", 4625, "domain", "what nobody knows", IndicatorContact.Sent)]
    [InlineData("Microsoft-Windows-Security-Auditing", 4768, "domain", "ServiceName", IndicatorContact.Sent)]
    [InlineData("Microsoft-Windows-TerminalServices-RemoteConnectionManager", 1149, "address", "Param3", IndicatorContact.Met)]
    [InlineData("Microsoft-Windows-TerminalServices-RemoteConnectionManager", 1149, "domain", "Param2", IndicatorContact.Sent)]
    [InlineData("OpenSSH", 4, "address", "payload", IndicatorContact.Sent)]
    [InlineData("MSExchangeTransport", 1035, "domain", "HELO", IndicatorContact.Sent)]
    [InlineData("Microsoft-Windows-Bits-Client", 59, "url", "url", IndicatorContact.Met)]
    [InlineData("A service", 1, "url", "url", IndicatorContact.Written)]
    [InlineData("Microsoft-Windows-IIS-Logging", 6200, "address", "c-ip", IndicatorContact.Met)]
    [InlineData("Microsoft-Windows-IIS-Logging", 6200, "domain", "csReferer", IndicatorContact.Sent)]
    [InlineData("A service", 1, "domain", "cs-host", IndicatorContact.Sent)]
    [InlineData("", 0, "address", "c-ip", IndicatorContact.Met)]
    [InlineData("", 0, "domain", "cs-uri-query", IndicatorContact.Sent)]
    [InlineData("", 0, "domain", "cs-referer", IndicatorContact.Sent)]
    [InlineData("", 0, "domain", "cs-host", IndicatorContact.Sent)]
    [InlineData("", 0, "domain", "what nobody knows", IndicatorContact.Sent)]
    public void How_an_indicator_was_met_is_told_by_its_field(string provider, int eventId, string kind, string field, IndicatorContact contact)
    {
        _incident.FindIndicator("evil.example", kind, field, provider, eventId);
        Assert.Equal(contact, Assert.Single(_incident.Observe()).Contact);

        // The strongest sight of it counts.
        _incident.FindIndicator("evil.example", "domain", "QueryName", Sysmon, 22);
        Assert.Equal(IndicatorContact.Met, Assert.Single(_incident.Observe()).Contact);
    }

    [Theory]
    [InlineData("User added over the net by cmd")]
    [InlineData("Traffic to a Tor node")]
    [InlineData("Empire of services and page of the HTTP client")]
    [InlineData("Anchor, Flame, Royal and Epic are words")]
    [InlineData("Mimikatzlike behaviour")]
    [InlineData("PlugXOR decoding")]
    public void Words_of_the_language_and_parts_of_words_are_no_software(string title)
    {
        _incident.Find(title);

        Assert.Empty(Software());
    }

    [Fact]
    public void A_rule_for_several_tools_found_the_one_that_stands_in_what_satisfied_it()
    {
        int finding = _incident.Find("Tunnel program ngrok, chisel or frp", "attack.s0508", "attack.s1144");
        Assert.Empty(Software());

        _incident.Matched(finding, @"C:\temp\ngrok.exe tcp 3389");
        Assert.Equal(["S0508"], Software().Select(static o => o.Value));
    }

    [Theory]
    [InlineData("HackTool:Win32/Mimikatz.D", "S0002")]
    [InlineData("Trojan:Win32/PlugX!MTB", "S0013")]
    [InlineData("Backdoor:ASP/Chopper.F!dha", "S0020")]
    [InlineData("Trojan:Win64/CobaltStrike.YAA!MTB", "S0154")]
    public void Antivirus_names_software(string threat, string id)
    {
        _incident.Happen([], Defender, 1116, ObservedIncident.Monday, ("Threat Name", threat));

        Observation one = Assert.Single(Software());

        Assert.Equal((id, $"antivirus: {threat}"), (one.Value, one.Basis));
        Assert.False(one.Tentative);
        Assert.Equal([0], one.Events);
    }

    [Fact]
    public void What_antivirus_guesses_is_by_name_only_until_somebody_looked_at_it()
    {
        _incident.Happen([], Defender, 1116, ObservedIncident.Monday, ("Threat Name", "Trojan:Win32/Kazuar!ml"));
        Assert.Equal((true, true), (Assert.Single(Software()).ByName, Assert.Single(Software()).Tentative));

        _incident.Happen([], Defender, 1116, ObservedIncident.Monday, ("Threat Name", "Trojan:Win32/Kazuar.A"));
        Assert.False(Assert.Single(Software()).ByName);
    }

    // Whoever makes the files brings about their names.
    [Fact]
    public void Variants_of_one_family_are_one_thing_that_antivirus_says()
    {
        const int variants = 3000;
        for (int i = 0; i < variants; i++)
        {
            _incident.Happen([], Defender, 1116, ObservedIncident.Monday, ("Threat Name", $"Trojan:Win32/PlugX.A{i}"));
        }

        Observation one = Assert.Single(Software());

        Assert.Equal("antivirus: Trojan:Win32/PlugX.A0 and 2999 other names of it", Assert.Single(one.Bases).Text);
        Assert.Equal(Enumerable.Range(0, ObservationBasis.MaxShown), one.Bases[0].Events);
        Assert.Equal(IncidentObservations.MaxSigns, one.Events.Length);
    }

    [Fact]
    public void A_tool_is_known_by_its_file_and_by_the_name_that_it_has_of_itself()
    {
        _incident.Happen([], Sysmon, 1, ObservedIncident.Monday, ("Image", @"C:\Users\Public\AdFind.exe"));
        _incident.Happen([], Sysmon, 1, ObservedIncident.Monday, ("Image", @"C:\temp\p.exe"), ("OriginalFileName", "psexec.c"));
        _incident.Happen([], "Microsoft-Windows-Security-Auditing", 4688, ObservedIncident.Monday, ("NewProcessName", @"C:\temp\rclone.exe"));

        Assert.Equal(["S0029", "S0552", "S1040"], Software().Select(static o => o.Value));
    }

    [Fact]
    public void A_service_of_a_tool_is_known_where_the_service_control_manager_tells_of_it()
    {
        _incident.Happen([], "MyApp", 7045, ObservedIncident.Monday, ("ImagePath", @"C:\Users\Public\rclone.exe"));
        _incident.Happen([], "MyApp", 1, ObservedIncident.Monday, ("Image", @"C:\Users\Public\rclone.exe"));
        Assert.Empty(Software());

        _incident.Happen([], "Service Control Manager", 7045, ObservedIncident.Monday, ("ImagePath", @"C:\Users\Public\rclone.exe"));
        Assert.Equal(["S1040"], Software().Select(static o => o.Value));
    }

    [Theory]
    [InlineData(@"C:\Windows\Temp\gsecdump.exe -a")]
    [InlineData(@"C:\Program Files\x y\gsecdump.exe -a C:\out.txt")]
    [InlineData(@"""C:\Program Files\x y\gsecdump.exe"" -a C:\out.txt")]
    [InlineData(@"%SystemRoot%\gsecdump.exe /s")]
    public void The_program_of_a_service_is_known_whatever_arguments_it_has(string command)
    {
        _incident.Happen([], "Service Control Manager", 7045, ObservedIncident.Monday, ("ImagePath", command));

        Assert.Equal(["S0008"], Software().Select(static o => o.Value));
    }

    [Fact]
    public void Programs_of_Windows_count_where_a_rule_speaks_of_them()
    {
        int generic = _incident.Find("Discovery command run by a web server", "attack.t1082");
        _incident.Happen([generic], Sysmon, 1, ObservedIncident.Monday, ("Image", @"C:\Windows\System32\nltest.exe"));
        Assert.Empty(Software());

        _incident.Find("Domain controllers listed by Nltest");
        Assert.Equal(["S0359"], Software().Select(static o => o.Value));
    }

    [Fact]
    public void Vulnerabilities_come_from_tags_and_titles()
    {
        _incident.Find("Path traversal", "cve.2019-19781");
        _incident.Find("Log4j, CVE-2021-44228, in a header", "cve.2021.44228");

        Assert.Equal(["CVE-2019-19781", "CVE-2021-44228"], _incident.Observe().Select(static o => o.Value));
    }

    [Fact]
    public void Of_a_rule_with_many_vulnerabilities_the_title_says_which()
    {
        _incident.Find("Driver of a printer, CVE-2021-1675", "cve.2021-1675", "cve.2021-34527", "cve.2019-1111");
        _incident.Find("Child of a help desk", "cve.2018-1111", "cve.2018-2222", "cve.2018-3333");

        Assert.Equal(["CVE-2021-1675"], _incident.Observe().Select(static o => o.Value));
    }

    [Fact]
    public void A_vulnerability_of_a_year_to_come_was_something_else()
    {
        int finding = _incident.Find("Path traversal", "cve.2022-41773");
        _incident.Happen([finding], "", 0, ObservedIncident.Monday);
        Assert.Empty(_incident.Observe());
        Assert.StartsWith("What is ascribed to CVE-2022-41773 happened", Assert.Single(_incident.Remarks()), StringComparison.Ordinal);

        _incident.Happen([finding], "", 0, ObservedIncident.Monday.AddYears(1));
        Assert.Equal([1], Assert.Single(_incident.Observe()).Events);
        Assert.Empty(_incident.Remarks());
    }

    [Theory]
    [InlineData("Exploit:O97M/CVE-2017-11882.A", "CVE-2017-11882")]
    [InlineData("HEUR:Exploit.MSOffice.CVE-2018-0802.gen", "CVE-2018-0802")]
    [InlineData("TROJ_CVE201711882.A", "CVE-2017-11882")]
    [InlineData("Exploit:O97M/CVE-2023-36884.A", null)]
    [InlineData("Exploit:Win32/Recve2017118", null)]
    public void Antivirus_names_vulnerabilities(string threat, string? vulnerability)
    {
        _incident.Happen([], Defender, 1116, ObservedIncident.Monday, ("Threat Name", threat));

        Assert.Equal(vulnerability is null ? [] : [vulnerability], _incident.Observe().Where(static o => o.Kind == ObservationKind.Vulnerability).Select(static o => o.Value));
    }

    [Theory]
    [InlineData(1, "+08:00")]
    [InlineData(14, "-05:00")]
    public void A_working_week_tells_its_zone(int utcHour, string offset)
    {
        // From 9 o'clock to just before 18 there, every half hour, Monday to Friday of one week.
        for (int day = 0; day < 5; day++)
        {
            for (int half = -2; half < 18; half++)
            {
                Work(ObservedIncident.Monday.AddDays(day).AddHours(utcHour).AddMinutes(30 * half));
            }
        }

        Observation one = Assert.Single(_incident.Observe());

        Assert.Equal((ObservationKind.WorkingHours, offset), (one.Kind, one.Value));
        Assert.Equal(IncidentObservations.MaxSigns, one.Events.Length);
    }

    [Fact]
    public void A_working_week_of_programs_that_call_themselves_Sysmon_tells_no_zone()
    {
        for (int act = 0; act < 5 * 18; act++)
        {
            _incident.Happen([], "MyApp-Sysmon", 1, ObservedIncident.Monday.AddDays(act / 18).AddHours(9).AddMinutes(act % 18 * 30));
        }

        Assert.Empty(_incident.Observe());
    }

    [Theory]
    [InlineData(4, 10)]
    [InlineData(7, 2)]
    public void Few_days_or_few_acts_tell_no_zone(int days, int acts)
    {
        for (int day = 0; day < days; day++)
        {
            for (int act = 0; act < acts; act++)
            {
                Work(ObservedIncident.Monday.AddDays(day).AddHours(9).AddMinutes(act * 50));
            }
        }

        Assert.Empty(_incident.Observe());
    }

    [Fact]
    public void Work_around_the_clock_tells_no_zone()
    {
        for (int hour = 0; hour < 7 * 24; hour++)
        {
            Work(ObservedIncident.Monday.AddHours(hour));
        }

        Assert.Empty(_incident.Observe());
    }

    // Clocks and forgers write any time, and no zone may carry one over the end of the calendar.
    [Fact]
    public void Acts_at_the_ends_of_the_calendar_are_left_out()
    {
        for (int act = 0; act < 200; act++)
        {
            Work(DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc).AddHours(-act));
            Work(DateTime.SpecifyKind(DateTime.MinValue, DateTimeKind.Utc).AddHours(act));
        }

        Assert.Empty(_incident.Observe());
    }

    [Fact]
    public void It_ends_when_it_is_to_stop()
    {
        _incident.Matched(_incident.Find("Command words of Mimikatz", "attack.s0002"), "mimikatz.exe");

        Assert.Throws<OperationCanceledException>(() => _incident.Observe(new CancellationToken(canceled: true)));
    }

    private void Work(DateTime time) => _incident.Happen([], Sysmon, 1, time);

    private ImmutableArray<Observation> Software() => [.. _incident.Observe().Where(static o => o.Kind == ObservationKind.Software)];
}
