using System.Text.Json;
using Culprit.Cli.Indicators;

namespace Culprit.Cli.Tests.Commands;

public sealed class IndicatorsTests : IDisposable
{
    private readonly TestProgram _program = new();

    public void Dispose() => _program.Dispose();

    [Fact]
    public void A_value_is_looked_up_in_the_lists_that_ship()
    {
        // AlienVault named it in 2014 ("From Russia with love: Sofacy/Sednit/APT28 is in town").
        Outcome known = _program.Run("indicators", "match", "hxxp://www.adobeincorp[.]com/");
        Outcome unknown = _program.Run("indicators", "match", "notadobeincorp.com");

        Assert.Equal(ExitCodes.Done, known.Code);
        Assert.StartsWith("domain adobeincorp.com (list apt_sofacy: G0007", known.Out, StringComparison.Ordinal);
        Assert.Contains("\n  group: APT28 (G0007)\n", known.Out, StringComparison.Ordinal);
        Assert.Equal((ExitCodes.Failed, "No list holds notadobeincorp.com.\n"), (unknown.Code, unknown.Out));
    }

    [Fact]
    public void All_that_a_text_holds_is_told()
    {
        string[] values = [.. Enumerable.Range(0, 200).Select(static i => $"c2-{i:D3}.known-evil.com")];
        string list = _program.Write("ours.txt", string.Join('\n', values));

        Outcome outcome = _program.Run("indicators", "match", string.Join(' ', values), "--indicators", list);

        Assert.Equal((ExitCodes.Done, ""), (outcome.Code, outcome.Error));
        Assert.All(values, value => Assert.Contains($"domain {value} (list ours)\n", outcome.Out, StringComparison.Ordinal));
    }

    [Fact]
    public void Lists_are_read_one_by_one_and_their_size_is_limited()
    {
        string first = _program.Write("lists/a.txt", "known-evil.com\n"), second = _program.Write("lists/sub/b.txt", "other-evil.com\n"), lists = Path.GetDirectoryName(first)!;

        GatheredIndicators gathered = IndicatorFileGatherer.From([lists]);
        File.Delete(second);

        Assert.Equal("a.txt", gathered.Files.First().Name);
        Assert.Contains("cannot read " + second, Assert.Throws<IndicatorFileException>(() => gathered.Files.Last()).Message, StringComparison.Ordinal);
        Assert.Contains("are larger together than 29 bytes", Assert.Throws<IndicatorFileException>(() => IndicatorFileGatherer.From([lists, first], maxTotalBytes: 29)).Message, StringComparison.Ordinal);
        Assert.Equal(2, IndicatorFileGatherer.From([lists, first], maxTotalBytes: 30).Files.Count());
    }

    [Fact]
    public void Lists_come_in_one_order_on_every_system_and_hidden_ones_do_not()
    {
        foreach (string name in new[] { "a/b.txt", "a-b.txt", "a.txt", "Z.txt", ".c.txt", ".d/e.txt" })
        {
            _program.Write("lists/" + name, "known-evil.com\n");
        }

        string hidden = _program.Write("lists/hidden.txt", "known-evil.com\n");
        if (OperatingSystem.IsWindows())
        {
            File.SetAttributes(hidden, FileAttributes.Hidden);
        }
        else
        {
            File.Delete(hidden);
        }

        Assert.Equal(["Z.txt", "a-b.txt", "a.txt", "b.txt"], IndicatorFileGatherer.From([Path.GetDirectoryName(hidden)!]).Files.Select(static f => f.Name));
    }

    [Fact]
    public void Checking_a_list_says_what_is_refused_and_why()
    {
        string list = _program.Write("ours.txt", "known-evil.com\n10.0.0.1\n\u001b[31mred\nknown-evil.com\n");
        Outcome outcome = _program.Run("indicators", "check", list);

        Assert.Equal(ExitCodes.Done, outcome.Code);
        Assert.Contains("ours.txt:2: '10.0.0.1' is an address inside of networks.", outcome.Out, StringComparison.Ordinal);
        Assert.Contains("1 indicator in 1 list from 1 file: 2 values read, 2 refused.", outcome.Out, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', outcome.Out);
    }

    [Theory]
    [InlineData("check", "missing.txt")]
    [InlineData("match", "x.com", "--indicators", "missing.txt")]
    [InlineData("match", "x.com", "--knowledge", "missing.facts")]
    [InlineData("build", "--from", "missing", "--out", "x.facts.br")]
    [InlineData("build", "--from", "missing", "--out", "x.txt")]
    public void What_is_not_there_is_a_wrong_argument(params string[] arguments)
    {
        Outcome outcome = _program.Run(["indicators", .. arguments]);

        Assert.Equal((ExitCodes.Usage, ""), (outcome.Code, outcome.Out));
        Assert.StartsWith("culprit: ", outcome.Error, StringComparison.Ordinal);
        Assert.EndsWith(".\n", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Ones_own_lists_judge_beside_those_that_ship_packed_or_not()
    {
        string rule = _program.Write("evil.yml", TestEvidence.EvilRule);
        string log = _program.Write("u_ex200203.log", """
            #Software: Microsoft Internet Information Services 10.0
            #Fields: date time s-ip cs-method cs-uri-stem cs-uri-query s-port c-ip cs(User-Agent) cs(Referer) sc-status
            2020-02-03 08:00:00 10.0.0.1 GET /x - 443 10.1.2.3 Mozilla/5.0 https://a.known-evil.com/x 200

            """);
        string list = _program.Write("lists/ours.txt", "# Reference: https://report.test/2019/x\n\nknown-evil.com\n");
        string packed = Path.Combine(_program.Folder, "ours.facts.br");
        Assert.Equal(ExitCodes.Done, _program.Run("indicators", "build", "--from", Path.GetDirectoryName(list)!, "--out", packed).Code);
        string[] judge = ["investigate", log, "--no-default-rules", "--rules", rule, "--quiet"];

        string plain = Path.Combine(_program.Folder, "plain"), again = Path.Combine(_program.Folder, "again"), none = Path.Combine(_program.Folder, "none");
        Outcome outcome = _program.Run([.. judge, "--indicators", list, "--out", plain]);
        _program.Run([.. judge, "--indicators", packed, "--out", again]);
        Outcome without = _program.Run([.. judge, "--no-indicators", "--out", none]);

        Assert.Equal((ExitCodes.Done, ExitCodes.Done), (outcome.Code, without.Code));
        Assert.Contains("Known indicator: domain known-evil.com (list ours)", outcome.Out, StringComparison.Ordinal);
        Assert.Contains("indicators of named groups", outcome.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("indicators", without.Out, StringComparison.Ordinal);
        foreach (string file in new[] { "findings.jsonl", "findings.csv", "incidents.json", "coverage.json" })
        {
            Assert.Equal(File.ReadAllBytes(Path.Combine(plain, file)), File.ReadAllBytes(Path.Combine(again, file)));
        }

        using JsonDocument finding = JsonDocument.Parse(Assert.Single(File.ReadAllLines(Path.Combine(plain, "findings.jsonl"))));
        JsonElement indicator = finding.RootElement.GetProperty("indicator");
        Assert.Equal("medium", finding.RootElement.GetProperty("level").GetString());
        Assert.Equal(("domain", "known-evil.com", "ours"), (indicator.GetProperty("kind").GetString(), indicator.GetProperty("value").GetString(), indicator.GetProperty("list").GetString()));
        Assert.Equal(("https://report.test/2019/x", 2019, JsonValueKind.Null), (indicator.GetProperty("source").GetString(), indicator.GetProperty("year").GetInt32(), indicator.GetProperty("shared").ValueKind));
        Assert.Empty(File.ReadAllText(Path.Combine(none, "findings.jsonl")));
        using JsonDocument coverage = JsonDocument.Parse(File.ReadAllText(Path.Combine(none, "coverage.json")));
        Assert.Equal(("none", 0), (coverage.RootElement.GetProperty("indicators").GetProperty("sha256").GetString(), coverage.RootElement.GetProperty("indicators").GetProperty("loaded").GetInt32()));
    }

    [Fact]
    public void Packing_lists_takes_no_file_beside_its_own()
    {
        string list = _program.Write("lists/ours.txt", "known-evil.com\n"), beside = _program.Write("ours.facts.br.tmp", "somebody's own");

        Outcome outcome = _program.Run("indicators", "build", "--from", list, "--out", Path.Combine(_program.Folder, "ours.facts.br"));

        Assert.Equal((ExitCodes.Done, ""), (outcome.Code, outcome.Error));
        Assert.Equal("somebody's own", File.ReadAllText(beside));
    }

    [Fact]
    public void The_index_is_written_beside_the_facts_where_it_is_asked_for()
    {
        string list = _program.Write("lists/ours.txt", "known-evil.com\n"), facts = Path.Combine(_program.Folder, "ours.facts.br"), index = Path.Combine(_program.Folder, "ours.index"), again = Path.Combine(_program.Folder, "again.index");

        Outcome outcome = _program.Run("indicators", "build", "--from", list, "--out", facts, "--index", index);
        Outcome ofFacts = _program.Run("indicators", "build", "--from", facts, "--out", facts, "--index", again);
        Outcome folder = _program.Run("indicators", "build", "--from", list, "--out", facts, "--index", Path.GetDirectoryName(list)!);

        Assert.Equal((ExitCodes.Done, ExitCodes.Done, ExitCodes.NotWritten), (outcome.Code, ofFacts.Code, folder.Code));
        Assert.StartsWith("culprit-indicators-index 1\n", File.ReadAllText(index), StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(index), File.ReadAllBytes(again));
    }

    [Fact]
    public void Packed_lists_that_cannot_be_written_leave_nothing_behind()
    {
        string list = _program.Write("lists/ours.txt", "known-evil.com\n"), folder = Directory.CreateDirectory(Path.Combine(_program.Folder, "out", "ours.facts.br")).FullName;

        Outcome outcome = _program.Run("indicators", "build", "--from", list, "--out", folder);

        Assert.Equal((ExitCodes.NotWritten, ""), (outcome.Code, outcome.Out));
        Assert.Equal($"culprit: {folder} cannot be written: it is a folder; name a file.\n", outcome.Error);
        Assert.Equal([folder], Directory.GetFileSystemEntries(Path.GetDirectoryName(folder)!));
    }

    [Fact]
    public void Indicators_judge_without_any_rule()
    {
        string log = _program.Write("log.evtx", TestEvidence.Log("PC-1", "curl known-evil.com", "harmless"));
        string list = _program.Write("ours.txt", "known-evil.com\n");
        string[] judge = ["investigate", log, "--no-default-rules", "--no-indicators", "--quiet"];

        Outcome sweep = _program.Run([.. judge, "--indicators", list]);
        Outcome nothing = _program.Run(judge);

        Assert.Equal(ExitCodes.Done, sweep.Code);
        Assert.Contains("Known indicator: domain known-evil.com", sweep.Out, StringComparison.Ordinal);
        Assert.Equal((ExitCodes.Usage, ""), (nothing.Code, nothing.Out));
        Assert.Contains("neither rules nor indicators", nothing.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_of_ones_own_lists_that_are_refused_are_told()
    {
        string rule = _program.Write("evil.yml", TestEvidence.EvilRule);
        string log = _program.Write("log.evtx", TestEvidence.Log("PC-1", "harmless"));
        string first = _program.Write("lists/a.txt", "known-evil.com\n10.0.0.1\n"), second = _program.Write("lists/b.txt", "other-evil.com\ngoogle.com\nfileserver.local\n");
        string some = Path.Combine(_program.Folder, "some"), none = Path.Combine(_program.Folder, "none");
        string[] judge = ["investigate", log, "--no-default-rules", "--rules", rule, "--no-indicators", "--quiet"];

        Outcome refused = _program.Run([.. judge, "--indicators", first, "--indicators", second, "--out", some]);
        Outcome taken = _program.Run([.. judge, "--out", none]);

        Assert.Contains("2 indicators of named groups; 3 values of your lists refused ('culprit indicators check' says why)", refused.Out.Replace("\n   ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("refused", taken.Out, StringComparison.Ordinal);
        Assert.Equal((2, 3), Counts(some));
        Assert.Equal((0, 0), Counts(none));

        static (int Loaded, int Refused) Counts(string report)
        {
            using JsonDocument coverage = JsonDocument.Parse(File.ReadAllText(Path.Combine(report, "coverage.json")));
            JsonElement indicators = coverage.RootElement.GetProperty("indicators");
            return (indicators.GetProperty("loaded").GetInt32(), indicators.GetProperty("refused").GetInt32());
        }
    }

    [Fact]
    public void Files_of_folders_that_are_not_called_as_lists_are_told()
    {
        string rule = _program.Write("evil.yml", TestEvidence.EvilRule), log = _program.Write("log.evtx", TestEvidence.Log("PC-1", "harmless"));
        foreach (string name in new[] { "a.txt", "sub/b.tsv", "c.txt.gz", "plain", "d\u202e.md", "README.md", "LICENSE", ".hidden", ".git/objects/ab" })
        {
            _program.Write("lists/" + name, "known-evil.com\n");
        }

        string lists = Path.Combine(_program.Folder, "lists"), report = Path.Combine(_program.Folder, "report"), none = Path.Combine(_program.Folder, "lists", "sub");
        string[] leftOut = [Path.Combine(lists, "c.txt.gz"), Path.Combine(lists, "d\u202e.md"), Path.Combine(lists, "plain"), Path.Combine(lists, "sub", "b.tsv")];
        string told = "4 files of your folders of indicators left out, because their names do not end as lists' do (.txt, .json, .csv, ...): " + string.Join(", ", leftOut).Replace("\u202e", "\\u202e", StringComparison.Ordinal);

        Outcome check = _program.Run("indicators", "check", lists), match = _program.Run("indicators", "match", "known-evil.com", "--indicators", lists);
        Outcome build = _program.Run("indicators", "build", "--from", lists, "--out", Path.Combine(_program.Folder, "o.facts.br"));
        Outcome judged = _program.Run("investigate", log, "--no-default-rules", "--rules", rule, "--no-indicators", "--indicators", lists, "--quiet", "--out", report);
        Outcome only = _program.Run("indicators", "check", none);

        Assert.Contains(told + ".\n1 indicator in 1 list from 1 file: ", check.Out, StringComparison.Ordinal);
        Assert.Contains(told + ".\n", build.Out, StringComparison.Ordinal);
        Assert.Equal($"culprit: {told}.\n", match.Error);
        Assert.Contains("4 files of your folders of indicators left out, because their names do not end as lists' do", judged.Out.Replace("\n   ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        using JsonDocument coverage = JsonDocument.Parse(File.ReadAllText(Path.Combine(report, "coverage.json")));
        Assert.Equal(leftOut, coverage.RootElement.GetProperty("indicators").GetProperty("files_left_out").EnumerateArray().Select(static f => f.GetString()));
        Assert.Equal(ExitCodes.Usage, only.Code);
        Assert.Contains("b.tsv", only.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_to_a_list_is_that_list_and_one_to_a_folder_is_passed_over()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need a right of their own there");
        string lists = Path.GetDirectoryName(_program.Write("lists/a.txt", "known-evil.com\n"))!, list = _program.Write("elsewhere/b.txt", "other-evil.com\n");
        File.CreateSymbolicLink(Path.Combine(lists, "b.txt"), list);
        File.CreateSymbolicLink(Path.Combine(lists, "b.gz"), list);
        Directory.CreateSymbolicLink(Path.Combine(lists, "around"), lists);

        Outcome check = _program.Run("indicators", "check", lists);

        Assert.Contains("1 file of your folders of indicators left out", check.Out, StringComparison.Ordinal);
        Assert.Contains("2 indicators in 2 lists from 2 files: 2 values read, 0 refused.", check.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Given_facts_that_are_no_facts_are_a_wrong_argument()
    {
        string facts = _program.Write("bad.facts", "culprit-indicators 1\n>list\t\t\n=\t\nhabc\n");

        Outcome check = _program.Run("indicators", "check", facts), match = _program.Run("indicators", "match", "x-evil.com", "--indicators", facts);

        Assert.Equal((ExitCodes.Failed, ExitCodes.Usage), (check.Code, match.Code));
        Assert.Contains("bad.facts: line 4 of the indicators is no hash", check.Out, StringComparison.Ordinal);
        Assert.Contains("bad.facts: line 4 of the indicators is no hash", match.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("evil-münchen.de")]
    [InlineData("http://a.evil-münchen.de/x")]
    public void A_name_in_other_letters_is_looked_up(string asked)
    {
        string list = _program.Write("ours.txt", "# MITRE: https://attack.mitre.org/groups/G0007/\n\nevil-münchen.de\n");

        Assert.StartsWith("domain xn--evil-mnchen-yhb.de (list ours", _program.Run("indicators", "match", asked, "--indicators", list).Out, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Done, _program.Run("attribute", "--indicators", asked, "--lists", list).Code);
    }

    [Fact]
    public void A_list_of_a_folder_of_which_nothing_can_be_used_stops_no_other()
    {
        string log = _program.Write("log.evtx", TestEvidence.Log("PC-1", "curl known-evil.com", "harmless")), report = Path.Combine(_program.Folder, "report");
        string lists = Path.GetDirectoryName(_program.Write("lists/a.txt", "known-evil.com\n"))!;
        string refused = _program.Write("lists/b.txt", "10.0.0.1\n10.0.0.2\n"), broken = _program.Write("lists/c.ioc", "<?xml version=\"1.0\"?><ioc></ioc>");
        string[] judge = ["investigate", log, "--no-default-rules", "--no-indicators", "--quiet"];

        Outcome folder = _program.Run([.. judge, "--indicators", lists, "--out", report]), match = _program.Run("indicators", "match", "known-evil.com", "--indicators", lists);
        Outcome named = _program.Run([.. judge, "--indicators", lists, "--indicators", refused]);
        File.Delete(Path.Combine(lists, "a.txt"));
        Outcome none = _program.Run([.. judge, "--indicators", lists]);

        string told = $"culprit: indicators: {refused}: all of its 2 values were refused; 'culprit indicators check' says why; the other lists are used.\n"
            + $"culprit: indicators: {broken}: it is XML (OpenIOC), which is not read: give one value a line, STIX, MISP JSON or a table; the other lists are used.\n";
        Assert.Equal((ExitCodes.Done, told), (folder.Code, folder.Error));
        Assert.Equal((ExitCodes.Done, told), (match.Code, match.Error));
        Assert.Contains("Known indicator: domain known-evil.com", folder.Out, StringComparison.Ordinal);
        Assert.Contains("2 lists of your folders of indicators not used, or not to their end", folder.Out.Replace("\n   ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        using JsonDocument coverage = JsonDocument.Parse(File.ReadAllText(Path.Combine(report, "coverage.json")));
        Assert.Equal([refused, broken], coverage.RootElement.GetProperty("indicators").GetProperty("lists_not_used").EnumerateArray().Select(static l => l.GetProperty("path").GetString()));
        Assert.Equal((ExitCodes.Usage, "culprit: indicators: b.txt: all of its 2 values were refused; 'culprit indicators check' says why\n"), (named.Code, named.Error));
        Assert.Equal(ExitCodes.Usage, none.Code);
        Assert.Contains($"no list in {lists} holds an indicator that can be used; b.txt: all of its 2 values", none.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void That_an_event_names_several_actors_is_told()
    {
        string list = _program.Write("feed.json", """
            {"Tag":[{"name":"misp-galaxy:threat-actor=\"Turla\""},{"name":"misp-galaxy:threat-actor=\"APT28\""}],"Attribute":[{"type":"domain","value":"known-evil.com"}]}
            """);

        Outcome check = _program.Run("indicators", "check", list), match = _program.Run("indicators", "match", "known-evil.com", "--indicators", list);
        Outcome build = _program.Run("indicators", "build", "--from", list, "--out", Path.Combine(_program.Folder, "o.facts.br"));

        const string told = "feed.json: what is about several actors (APT28, Turla) is ascribed to none of them.\n";
        Assert.Contains(told, check.Out, StringComparison.Ordinal);
        Assert.Contains("1 indicator in 1 list from 1 file: 1 value read, 0 refused.", check.Out, StringComparison.Ordinal);
        Assert.Contains(told, build.Out, StringComparison.Ordinal);
        Assert.Equal("culprit: indicators: " + told, match.Error);
        Assert.Contains("group: none of the knowledge base", match.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public void Nothing_is_looked_up_in_no_list(string value)
    {
        Outcome outcome = _program.Run("indicators", "match", value);

        Assert.Equal((ExitCodes.Usage, ""), (outcome.Code, outcome.Out));
        Assert.StartsWith("culprit: VALUE is empty; give an address", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_list_of_which_nothing_can_be_used_is_no_list()
    {
        string list = _program.Write("bad.txt", "10.0.0.1\n");
        Outcome outcome = _program.Run("investigate", _program.Folder, "--indicators", list);

        Assert.Equal(ExitCodes.Usage, outcome.Code);
        Assert.Contains("bad.txt: its one value was refused; 'culprit indicators check' says why", outcome.Error, StringComparison.Ordinal);
    }
}
