using System.Text;
using System.Text.Json;

namespace Culprit.Cli.Tests.Commands;

public sealed class InvestigateTests : IDisposable
{
    private readonly TestProgram _program = new();
    private readonly string _rules;

    public InvestigateTests() => _rules = _program.Write("rules/evil.yml", TestEvidence.EvilRule);

    public void Dispose() => _program.Dispose();

    [Fact]
    public void A_finding_says_what_where_and_why()
    {
        string log = _program.Write("logs/sysmon.evtx", TestEvidence.Log("PC-1", "harmless", "do evil things", "also harmless"));
        string report = Path.Combine(_program.Folder, "report");

        Outcome outcome = Investigate(log, "--out", report);

        Assert.Equal(ExitCodes.Done, outcome.Code);
        Assert.StartsWith("1 finding, 1 high, on 1 host, between 2024-03-01 12:01:00 and 2024-03-01 12:01:00 UTC.\n", Unwrapped(outcome.Out), StringComparison.Ordinal);
        JsonElement finding = Assert.Single(Findings(report));
        Assert.Equal("11111111-1111-4111-8111-111111111111", finding.GetProperty("rule_id").GetString());
        Assert.Equal("Evil process", finding.GetProperty("rule_title").GetString());
        Assert.Equal("high", finding.GetProperty("level").GetString());
        Assert.Equal(["TA0002", "T1059.001"], finding.GetProperty("attack").EnumerateArray().Select(static e => e.GetString()!));
        Assert.Equal("2024-03-01T12:01:00.0000000Z", finding.GetProperty("time").GetString());
        Assert.Equal("exact", finding.GetProperty("time_certainty").GetString());
        Assert.Equal("PC-1", finding.GetProperty("host").GetString());
        Assert.Equal("LAB\\alice", finding.GetProperty("account").GetString());
        Assert.Equal(1, finding.GetProperty("event_id").GetInt32());
        Assert.Equal(2, finding.GetProperty("record_id").GetInt64());
        JsonElement matched = Assert.Single(finding.GetProperty("matched").EnumerateArray());
        Assert.Equal("selection", matched.GetProperty("identifier").GetString());
        Assert.Equal("CommandLine", matched.GetProperty("field").GetString());
        Assert.Equal("do evil things", matched.GetProperty("value").GetString());
        Assert.Contains("evil", matched.GetProperty("test").GetString(), StringComparison.Ordinal);
    }

    // Nothing but incidents of low severity is not nothing.
    [Fact]
    public void Incidents_are_counted_where_all_of_them_are_low()
    {
        for (int day = 0; day < 4; day++)
        {
            _program.Write($"logs/{day}.evtx", TestEvidence.Log("PC-1", TestEvidence.Start.AddDays(day), "LAB\\alice", $"do evil things {day}"));
        }

        string page = Unwrapped(Investigate(Path.Combine(_program.Folder, "logs")).Out);

        Assert.Contains("INCIDENTS: FINDINGS THAT BELONG TOGETHER", page, StringComparison.Ordinal);
        Assert.Contains("4 incidents, low: probably ordinary, or too little to say; --out DIR writes them all.", page, StringComparison.Ordinal);
    }

    // One rule for whatever antivirus names: its first finding may be junk, and the one that counts is named all the same.
    [Fact]
    public void Malware_of_one_group_stands_before_what_antivirus_finds_every_week()
    {
        string rules = _program.Write("rules/threat.yml", """
            title: Antivirus found something
            id: 22222222-2222-4222-8222-222222222222
            status: test
            level: high
            logsource:
                product: windows
                service: windefend
            detection:
                found:
                    EventID: 1116
                name:
                    'Threat Name|re': '.'
                condition: found and name
            """);
        string[] names = ["Trojan:Script/Wacatac.B!ml", "Trojan:HTML/Phish.A!ml", "Trojan:Win64/WellMess.A!MTB"];
        string log = _program.Write("logs/defender.json", string.Join('\n', names.Select(static (name, i) =>
            $$"""{"EventID":1116,"Channel":"Microsoft-Windows-Windows Defender/Operational","SourceName":"Microsoft-Windows-Windows Defender","Hostname":"PC-1","RecordNumber":{{i + 1}},"@timestamp":"2024-03-0{{i + 1}}T12:00:00.000Z","Threat Name":"{{name}}"}""")));

        string page = Unwrapped(_program.Run("investigate", log, "--rules", rules, "--no-default-rules").Out);

        string first = page[page.IndexOf("LOOK AT THESE FIRST", StringComparison.Ordinal)..page.IndexOf("HOSTS", StringComparison.Ordinal)];
        int[] places = [.. names.Reverse().Select(name => first.IndexOf(name, StringComparison.Ordinal))];
        Assert.True(places[0] > 0 && places[0] < places[1] && places[0] < places[2], first);
        string byRule = page[page.IndexOf("FINDINGS BY RULE", StringComparison.Ordinal)..];
        Assert.All(names, name => Assert.Contains(name, byRule, StringComparison.Ordinal));
    }

    [Fact]
    public void The_place_of_a_finding_is_the_record_in_the_file()
    {
        byte[] content = TestEvidence.Log("PC-1", "harmless", "do evil things");
        string log = _program.Write("sysmon.evtx", content);
        string report = Path.Combine(_program.Folder, "report");

        Investigate(log, "--out", report);

        JsonElement source = Assert.Single(Findings(report)).GetProperty("source");
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(content)), source.GetProperty("sha256").GetString());
        ReadOnlySpan<byte> record = content.AsSpan((int)source.GetProperty("offset").GetInt64(), source.GetProperty("length").GetInt32());
        Assert.Equal("**\0\0"u8, record[..4]);
        Assert.True(record.IndexOf(Encoding.Unicode.GetBytes("do evil things")) > 0, "the record does not hold its command line");
    }

    [Fact]
    public void Copies_of_a_record_are_one_finding_with_every_place()
    {
        byte[] content = TestEvidence.Log("PC-1", "do evil things");
        _program.Write("logs/a.evtx", content);
        _program.Write("logs/copy/b.evtx", content);
        string report = Path.Combine(_program.Folder, "report");

        Investigate(Path.Combine(_program.Folder, "logs"), "--out", report);

        JsonElement finding = Assert.Single(Findings(report));
        Assert.Equal(2, finding.GetProperty("place_count").GetInt64());
        string[] paths = [.. finding.GetProperty("places").EnumerateArray().Select(static p => p.GetProperty("path").GetString()!)];
        Assert.EndsWith("logs/a.evtx", paths[0], StringComparison.Ordinal);
        Assert.EndsWith("logs/copy/b.evtx", paths[1], StringComparison.Ordinal);
        Assert.Equal(paths[0], finding.GetProperty("source").GetProperty("path").GetString());
    }

    [Theory]
    [InlineData("2024-03-01T12:01:00Z", null, 2)]
    [InlineData(null, "2024-03-01T12:01:00Z", 1)]
    [InlineData("2024-03-01T12:01:00Z", "2024-03-01T12:02:00Z", 1)]
    [InlineData("2024-03-01", "2024-03-01", 3)]
    [InlineData("2024-03-02", null, 0)]
    public void Only_the_span_asked_for_is_judged(string? since, string? until, int expected)
    {
        string log = _program.Write("sysmon.evtx", TestEvidence.Log("PC-1", "evil 1", "evil 2", "evil 3"));
        string report = Path.Combine(_program.Folder, "report");

        Outcome outcome = Investigate(
            [log, "--out", report, .. since is null ? Array.Empty<string>() : ["--since", since], .. until is null ? Array.Empty<string>() : ["--until", until]]);

        Assert.Equal(ExitCodes.Done, outcome.Code);
        Assert.Equal(expected, Findings(report).Count);
        Assert.Equal(expected < 3, outcome.Out.Contains("not judged because of --since or --until", StringComparison.Ordinal));
    }

    [Fact]
    public void Levels_below_the_one_asked_for_are_left_out()
    {
        string log = _program.Write("sysmon.evtx", TestEvidence.Log("PC-1", "do evil things"));

        Assert.StartsWith("1 finding", Investigate(log, "--min-level", "high").Out, StringComparison.Ordinal);
        Assert.StartsWith("No record looks suspicious", Investigate(log, "--min-level", "critical").Out, StringComparison.Ordinal);
    }

    [Fact]
    public void The_output_does_not_depend_on_threads()
    {
        for (int i = 0; i < 12; i++)
        {
            _program.Write($"logs/{i:00}.evtx", TestEvidence.Log($"PC-{i % 3}", [.. Enumerable.Range(0, 40).Select(n => n % 2 == 0 ? $"evil {n}" : "harmless")]));
        }

        string[][] reports =
        [
            .. new[] { 1, 2, 7 }.Select(threads =>
            {
                string report = Path.Combine(_program.Folder, "report" + threads);
                Investigate(Path.Combine(_program.Folder, "logs"), "--threads", threads.ToString(), "--out", report);
                return new[] { "findings.jsonl", "findings.csv", "incidents.json", "coverage.json" }.Select(f => File.ReadAllText(Path.Combine(report, f))).ToArray();
            }),
        ];

        Assert.NotEqual("", reports[0][0]);
        Assert.Equal(reports[0], reports[1]);
        Assert.Equal(reports[0], reports[2]);
    }

    [Fact]
    public void Hostile_text_reaches_neither_terminal_nor_spreadsheet()
    {
        string log = _program.Write("hostile.evtx", TestEvidence.Log("PC\u001b[2J", "=evil\u001b]0;owned\u0007 \u202egpj.exe [red]markup[/]"));
        string report = Path.Combine(_program.Folder, "report");

        Outcome outcome = Investigate(log, "--out", report);

        Assert.DoesNotContain(outcome.Out, static c => char.IsControl(c) && c != '\n');
        Assert.DoesNotContain('\u202e', outcome.Out);
        Assert.Contains("\\x1b", outcome.Out, StringComparison.Ordinal);
        Assert.Contains("[red]markup[/]", outcome.Out, StringComparison.Ordinal);
        Assert.DoesNotContain(File.ReadAllText(Path.Combine(report, "findings.jsonl")), static c => char.IsControl(c) && c != '\n');
        string[] rows = File.ReadAllLines(Path.Combine(report, "findings.csv"));
        Assert.Equal(2, rows.Length);
        Assert.DoesNotContain(rows[1].Split(','), static cell => cell.StartsWith('=') || cell.StartsWith("\"=", StringComparison.Ordinal));
    }

    [Fact]
    public void A_missing_path_is_told_and_the_others_are_judged()
    {
        string log = _program.Write("sysmon.evtx", TestEvidence.Log("PC-1", "do evil things"));

        Outcome outcome = Investigate(log, Path.Combine(_program.Folder, "nowhere"));

        Assert.Equal(ExitCodes.NotRead, outcome.Code);
        Assert.StartsWith("1 finding", outcome.Out, StringComparison.Ordinal);
        Assert.Contains("nowhere: no such file or folder", outcome.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_folder_is_told()
    {
        Outcome outcome = Investigate(Directory.CreateDirectory(Path.Combine(_program.Folder, "empty")).FullName);

        Assert.Equal(ExitCodes.NotRead, outcome.Code);
        Assert.Contains("nothing could be read", outcome.Error, StringComparison.Ordinal);
        Assert.StartsWith("Nothing was found, because no record could be read.", outcome.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_only_claims_to_be_a_log_is_told()
    {
        string log = _program.Write("logs/real.evtx", TestEvidence.Log("PC-1", "do evil things"));
        _program.Write("logs/fake.evtx", "this is no event log");

        Outcome outcome = Investigate(Path.GetDirectoryName(log)!);

        Assert.Equal(ExitCodes.NotRead, outcome.Code);
        Assert.StartsWith("1 finding", outcome.Out, StringComparison.Ordinal);
        Assert.Contains("fake.evtx: unknown format", outcome.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_beside_the_logs_are_told_but_are_no_failure()
    {
        string log = _program.Write("logs/real.evtx", TestEvidence.Log("PC-1", "do evil things"));
        _program.Write("logs/notes.txt", "call Bob");

        Outcome outcome = Investigate(Path.GetDirectoryName(log)!);

        Assert.Equal(ExitCodes.Done, outcome.Code);
        Assert.Contains("notes.txt: unknown format", outcome.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cut_file_is_read_as_far_as_it_goes()
    {
        byte[] whole = TestEvidence.Log("PC-1", [.. Enumerable.Range(0, 400).Select(static n => "evil " + n + new string('x', 200))]);
        string log = _program.Write("cut.evtx", whole[..(4096 + 65536 + 30_000)]);
        string report = Path.Combine(_program.Folder, "report");

        Outcome outcome = Investigate(log, "--out", report);

        int found = Findings(report).Count;
        Assert.InRange(found, 60, 399);
        Assert.StartsWith(found + " findings", outcome.Out, StringComparison.Ordinal);
        using JsonDocument coverage = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(report, "coverage.json")));
        Assert.Equal(found, coverage.RootElement.GetProperty("records_good").GetInt64());
        Assert.NotEmpty(coverage.RootElement.GetProperty("sources")[0].GetProperty("problems").EnumerateArray());
    }

    [Fact]
    public void Events_that_were_exported_without_names_are_told()
    {
        string log = _program.Write("events.json", """{"EventID":4624,"SourceName":"Microsoft-Windows-Security-Auditing","Channel":"Security","Hostname":"h","Message":"An account was logged on"}""" + "\n");
        string report = Path.Combine(_program.Folder, "report");

        Outcome outcome = Investigate(log, "--out", report);

        Assert.Contains("events.json: 1 of 1 event without named data; rules that ask for a field could not judge them", outcome.Out, StringComparison.Ordinal);
        using JsonDocument coverage = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(report, "coverage.json")));
        Assert.Equal(1, coverage.RootElement.GetProperty("sources")[0].GetProperty("records_nameless").GetInt64());
    }

    [Fact]
    public void A_folder_that_cannot_be_written_costs_the_files_but_not_the_summary()
    {
        string log = _program.Write("sysmon.evtx", TestEvidence.Log("PC-1", "do evil things"));
        string blocked = _program.Write("file", "not a folder");

        Outcome outcome = Investigate(log, "--out", Path.Combine(blocked, "report"));

        Assert.Equal(ExitCodes.NotWritten, outcome.Code);
        Assert.Contains("the findings were not written to", outcome.Error, StringComparison.Ordinal);
        Assert.StartsWith("1 finding", outcome.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Output_replaces_what_was_there_and_leaves_nothing_else()
    {
        string log = _program.Write("sysmon.evtx", TestEvidence.Log("PC-1", "do evil things"));
        string report = Path.Combine(_program.Folder, "report");
        _program.Write("report/findings.jsonl", "old");

        Investigate(log, "--out", report);

        Assert.Equal(["coverage.json", "findings.csv", "findings.jsonl", "incidents.json"], Directory.GetFiles(report).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Single(Findings(report));
    }

    [Fact]
    public void A_report_beside_the_evidence_does_not_become_evidence()
    {
        string log = _program.Write("logs/a.evtx", TestEvidence.Log("PC-1", "do evil things"));
        string report = Path.Combine(_program.Folder, "logs", "report");

        Investigate(Path.GetDirectoryName(log)!, "--out", report);
        string first = File.ReadAllText(Path.Combine(report, "coverage.json"));
        Investigate(Path.GetDirectoryName(log)!, "--out", report + "/");

        Assert.Equal(first, File.ReadAllText(Path.Combine(report, "coverage.json")));
        Assert.Equal(ExitCodes.Usage, Investigate(Path.GetDirectoryName(log)!, "--out", Path.GetDirectoryName(log)! + "/").Code);
    }

    [Fact]
    public void Totals_of_the_coverage_add_up_to_what_was_given()
    {
        _program.Write("logs/a.evtx", TestEvidence.Log("PC-1", "evil"));
        _program.Write("logs/b.txt", "some text");
        string report = Path.Combine(_program.Folder, "report");

        Investigate(Path.Combine(_program.Folder, "logs"), "--out", report);

        using JsonDocument coverage = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(report, "coverage.json")));
        JsonElement root = coverage.RootElement;
        long given = Directory.GetFiles(Path.Combine(_program.Folder, "logs")).Sum(static f => new FileInfo(f).Length);
        Assert.Equal(given, root.GetProperty("bytes_given").GetInt64());
        Assert.Equal(given, root.GetProperty("bytes_read").GetInt64() + root.GetProperty("bytes_not_read").GetInt64());
        Assert.Equal(2, root.GetProperty("sources").GetArrayLength());
    }

    [Fact]
    public void The_cache_changes_nothing_and_damage_to_it_is_survived()
    {
        string log = _program.Write("sysmon.evtx", TestEvidence.Log("PC-1", "do evil things"));
        string first = Summary(Investigate(log));
        string cache = Assert.Single(Directory.GetFiles(Path.Combine(_program.Folder, "user"), "rules-*.bin", SearchOption.AllDirectories));

        string second = Summary(Investigate(log));
        File.WriteAllText(cache, "damaged");
        string third = Summary(Investigate(log));

        Assert.Equal(first, second);
        Assert.Equal(first, third);
        Assert.NotEqual(7, new FileInfo(cache).Length);
    }

    [Fact]
    public void Without_a_cache_nothing_is_kept()
    {
        string log = _program.Write("sysmon.evtx", TestEvidence.Log("PC-1", "do evil things"));
        _program.Set("CULPRIT_NO_CACHE", "1");

        Assert.StartsWith("1 finding", Investigate(log).Out, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(_program.Folder, "user")));
    }

    [Fact]
    public void A_run_that_is_stopped_says_so()
    {
        string log = _program.Write("sysmon.evtx", TestEvidence.Log("PC-1", "do evil things"));
        using var stopped = new TestProgram { Stopped = true };
        string report = Path.Combine(_program.Folder, "report");

        Outcome outcome = stopped.Run("investigate", log, "--rules", _rules, "--no-default-rules", "--out", report);

        Assert.Equal(ExitCodes.Interrupted, outcome.Code);
        Assert.StartsWith("Stopped before the end. So far: ", outcome.Out, StringComparison.Ordinal);
        using JsonDocument coverage = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(report, "coverage.json")));
        Assert.True(coverage.RootElement.GetProperty("stopped").GetBoolean());
    }

    [Fact]
    public void A_correlation_names_the_events_that_it_rests_on()
    {
        string rules = _program.Write("rules/many.yml", TestEvidence.EvilRule + """

            ---
            title: Much evil
            id: 44444444-4444-4444-8444-444444444444
            level: critical
            correlation:
                type: event_count
                rules: [11111111-1111-4111-8111-111111111111]
                group-by: [Computer]
                timespan: 10m
                condition:
                    gte: 3
            """);
        string log = _program.Write("logs/a.evtx", TestEvidence.Log("PC-1", "evil 1", "harmless", "evil 2", "evil 3"));
        _program.Write("logs/copy.evtx", TestEvidence.Log("PC-1", "evil 1", "harmless", "evil 2", "evil 3"));
        _program.Write("logs/other.evtx", TestEvidence.Log("PC-2", "evil 1", "evil 2"));
        string report = Path.Combine(_program.Folder, "report");

        Outcome outcome = _program.Run("investigate", Path.GetDirectoryName(log)!, "--rules", rules, "--no-default-rules", "--out", report);

        Assert.Equal(ExitCodes.Done, outcome.Code);
        JsonElement finding = Assert.Single(Findings(report));
        Assert.Equal("Much evil", finding.GetProperty("rule_title").GetString());
        Assert.Equal("PC-1", finding.GetProperty("host").GetString());
        Assert.Equal(3, finding.GetProperty("event_count").GetInt64());
        Assert.Equal([1, 3, 4], finding.GetProperty("events").EnumerateArray().Select(static e => e.GetProperty("record_id").GetInt64()));
        Assert.Equal("2024-03-01T12:00:00.0000000Z", finding.GetProperty("time").GetString());
        Assert.Equal("2024-03-01T12:03:00.0000000Z", finding.GetProperty("last_time").GetString());
    }

    [Fact]
    public void A_terminal_gets_colours_and_a_page_does_not()
    {
        string log = _program.Write("sysmon.evtx", TestEvidence.Log("PC-1", "do evil things"));
        using var terminal = new TestProgram { Terminal = true };

        Outcome coloured = terminal.Run("investigate", log, "--rules", _rules, "--no-default-rules");

        Assert.Contains("\u001b[", coloured.Out, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', Investigate(log).Out);
    }

    private static string Summary(Outcome outcome) =>
        string.Join('\n', outcome.Out.Split('\n').Where(static line => !line.StartsWith("  Took ", StringComparison.Ordinal)));

    private static string Unwrapped(string text) => text.Replace(" \n", " ", StringComparison.Ordinal);

    private static List<JsonElement> Findings(string report) =>
        [.. File.ReadLines(Path.Combine(report, "findings.jsonl")).Select(static line => JsonDocument.Parse(line).RootElement)];

    private Outcome Investigate(params string[] args) => _program.Run(["investigate", .. args, "--rules", _rules, "--no-default-rules"]);
}
