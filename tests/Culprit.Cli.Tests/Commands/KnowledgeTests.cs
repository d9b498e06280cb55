using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Culprit.Knowledge;

namespace Culprit.Cli.Tests.Commands;

public sealed class KnowledgeTests
{
    private const string Bundle = """
        {"type":"bundle","id":"bundle--1","objects":[
        {"type":"intrusion-set","id":"intrusion-set--1","created":"2019-01-29T21:27:24.793Z","modified":"2025-01-22T21:54:11.727Z","name":"Quiet Owl",
         "aliases":["Quiet Owl","Strix \u001b[31mred"],"description":"Quiet Owl is a suspected Chinese group.(Citation: One)",
         "external_references":[{"source_name":"mitre-attack","external_id":"G9001"},{"source_name":"One","description":"A. (2021, June 7). X.","url":"https://one.example/"}]},
        {"type":"attack-pattern","id":"attack-pattern--1","modified":"2025-01-22T21:54:11.727Z","name":"Web Shell","kill_chain_phases":[{"kill_chain_name":"mitre-attack","phase_name":"persistence"}],
         "external_references":[{"source_name":"mitre-attack","external_id":"T1505"}]},
        {"type":"relationship","id":"relationship--1","modified":"2025-01-22T21:54:11.727Z","relationship_type":"uses","source_ref":"intrusion-set--1","target_ref":"attack-pattern--1",
         "description":"It exploited CVE-2019-19781.","external_references":[{"source_name":"One","description":"A. (2021, June 7). X.","url":"https://one.example/"}]}
        ]}
        """;

    [Theory]
    [InlineData("APT29", "group G0016  APT29", "behind Foreign Intelligence Service (SVR): ATT&CK, citing", "open   the group shares names with several MISP actors", "Lists of indicators that come with culprit", "apt_duke")]
    [InlineData("cozybear", "group G0016  APT29", "'Cozy Bear' is another name of it", "Exploited vulnerabilities")]
    [InlineData("T1505.003", "technique T1505.003  Web Shell", "tactic persistence", "under  T1505 Server Software Component")]
    [InlineData("G0058", "'G0058' has 2 meanings:\n  group G0059 Magic Hound\n  actor ", "Magic Hound\n    found  G0058 was withdrawn; this took its place\n", "Charming Kitten\n    found  'G0058' is another name of it\n")]
    [InlineData("T1086", "technique T1059.001  PowerShell", "T1086 was withdrawn; this took its place", "Used by groups")]
    [InlineData("S0154", "software S0154  Cobalt Strike", "Used by groups", "Techniques")]
    [InlineData("CVE-2019-19781", "vulnerability CVE-2019-19781", "Exploited by groups", "APT29")]
    [InlineData("C0024", "campaign C0024  SolarWinds Compromise", "seen   2019-08-01 to 2021-01-01", "Attributed to")]
    [InlineData("T1595", "technique T1595  Active Scanning", "no log of the victim shows it", "tactic reconnaissance")]
    public void Show_tells_what_is_known_of_a_name(string name, params string[] shown)
    {
        using var program = new TestProgram();

        Outcome outcome = program.Run("knowledge", "show", name);

        Assert.Equal((ExitCodes.Done, ""), (outcome.Code, outcome.Error));
        Assert.All(shown, text => Assert.Contains(text, outcome.Out, StringComparison.Ordinal));
        Assert.EndsWith("MISP galaxy threat-actor 349; built into culprit.\n", outcome.Out, StringComparison.Ordinal);
    }

    // People say Lazarus, and ATT&CK files it under Lazarus Group.
    [Theory]
    [InlineData("Lazarus", "group G0032  Lazarus Group")]
    [InlineData("sandworm", "group G0034  Sandworm Team")]
    [InlineData("Winnti", "group G0044  Winnti Group")]
    public void A_group_is_found_without_the_word_that_says_what_it_is(string name, string shown)
    {
        using var program = new TestProgram();

        Assert.Contains(shown, program.Run("knowledge", "show", name).Out, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Done, program.Run("attribute", "--techniques", "T1190", "--base-rate", name + "=2").Code);
        Assert.Equal(ExitCodes.Failed, program.Run("knowledge", "show", name + " band").Code);
    }

    [Fact]
    public void Show_lists_all_meanings_of_a_name()
    {
        using var program = new TestProgram();

        Outcome outcome = program.Run("knowledge", "show", "Carbanak");

        Assert.StartsWith("'Carbanak' has 3 meanings:\n  group G0008 Carbanak\n  software S0030 Carbanak\n", outcome.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Show_suggests_the_nearest_name()
    {
        using var program = new TestProgram();

        Outcome outcome = program.Run("knowledge", "show", "Cozy Bare");

        Assert.Equal((ExitCodes.Failed, ""), (outcome.Code, outcome.Out));
        Assert.StartsWith("culprit: nothing is known under the name 'Cozy Bare'.\n  Did you mean Cozy Bear? (group G0016 APT29)\n", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("T1064", "T1064 (Scripting) was withdrawn by ATT&CK, and nothing took its place")]
    [InlineData("TA0001", "TA0001 is a tactic: give its techniques")]
    public void Show_suggests_no_identifier_for_another(string id, string told)
    {
        using var program = new TestProgram();

        Outcome outcome = program.Run("knowledge", "show", id);

        Assert.Equal((ExitCodes.Failed, "", $"culprit: {told}.\n"), (outcome.Code, outcome.Out, outcome.Error));
    }

    [Fact]
    public void Show_writes_JSON_with_sources_and_dates()
    {
        using var program = new TestProgram();

        Outcome outcome = program.Run("knowledge", "show", "G0016", "--format", "json");

        using JsonDocument json = JsonDocument.Parse(outcome.Out);
        JsonElement match = json.RootElement.GetProperty("matches")[0];
        JsonElement claim = match.GetProperty("countries")[0];
        Assert.Equal(("RU", "ATT&CK", false), (claim.GetProperty("country").GetString(), claim.GetProperty("origin").GetString(), claim.GetProperty("suspected").GetBoolean()));
        Assert.Contains(claim.GetProperty("sources").EnumerateArray(), s => s.GetProperty("published").GetString() == "2021-04-15");
        Assert.NotEmpty(match.GetProperty("open_questions").EnumerateArray());
        Assert.Equal(KnowledgeBase.Embedded.Sha256, json.RootElement.GetProperty("knowledge").GetProperty("sha256").GetString());
        Assert.All(new[] { "T1505.003", "S0154", "C0024", "CVE-2019-19781", "b2056ff0-00b9-482e-b11c-c771daa5f28a" }, id =>
        {
            using JsonDocument other = JsonDocument.Parse(program.Run("knowledge", "show", id, "--format", "json").Out);
            Assert.Equal(id, other.RootElement.GetProperty("matches")[0].GetProperty("id").GetString());
        });
    }

    [Fact]
    public void Knowledge_behind_white_space_is_read_and_white_space_alone_left_out()
    {
        using var program = new TestProgram();
        string facts = Path.Combine(program.Folder, "made.facts"), folder = Path.GetDirectoryName(program.Write("files/attack-7.1.json", new string('\n', 40) + new string(' ', 40) + Bundle))!;
        program.Write("files/blank.json", new string(' ', 100));
        program.Write("files/empty.json", "");

        Outcome built = program.Run("knowledge", "build", "--from", folder, "--out", facts);

        Assert.Equal((ExitCodes.Done, ""), (built.Code, built.Error));
        Assert.Contains("1 group, ", built.Out, StringComparison.Ordinal);
        Assert.Contains("2 files left out, without knowledge in a format that is known: blank.json, empty.json", built.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_makes_facts_that_show_and_diff_read()
    {
        using var program = new TestProgram();
        program.Write("files/attack-7.1.json", Bundle);
        program.Write("files/notes.txt", "no knowledge");
        string facts = Path.Combine(program.Folder, "made.facts");

        Outcome built = program.Run("knowledge", "build", "--from", Path.Combine(program.Folder, "files"), "--out", facts);
        Outcome shown = program.Run("knowledge", "show", "quiet owl", "--knowledge", facts);
        Outcome published = program.Run("knowledge", "show", "quiet owl", "--knowledge", Path.Combine(program.Folder, "files"));
        Outcome differs = program.Run("knowledge", "diff", facts);

        Assert.Contains("China (CN), suspected: ATT&CK", published.Out, StringComparison.Ordinal);
        Assert.Contains("there is no knowledge in it", program.Run("knowledge", "show", "x", "--knowledge", Path.Combine(program.Folder, "files", "notes.txt")).Error, StringComparison.Ordinal);
        Assert.Equal((ExitCodes.Done, ""), (built.Code, built.Error));
        Assert.Contains("1 group, 0 software, 1 technique, 0 campaigns, 0 actors, 1 source.\n  from MITRE ATT&CK 7.1 (2025-01-22)\n", built.Out, StringComparison.Ordinal);
        Assert.Contains("1 file left out", built.Out, StringComparison.Ordinal);
        Assert.Contains("from   China (CN), suspected: ATT&CK, citing One (2021-06-07)", shown.Out, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', shown.Out);
        Assert.Contains("group: 172 added, 1 removed, 0 changed\n", differs.Out, StringComparison.Ordinal);
        Assert.Contains("\n- group G9001 (Quiet Owl, listed 2019-01-29)\n", differs.Out, StringComparison.Ordinal);
        Assert.Equal("Both say the same.\n", program.Run("knowledge", "diff", facts, Path.Combine(program.Folder, "files")).Out);
    }

    [Fact]
    public void What_is_left_out_of_a_folder_is_named_by_every_command()
    {
        using var program = new TestProgram();
        program.Write("files/attack-7.1.json", Bundle);
        program.Write("files/wrong-7.1.json", Bundle.Replace("\"T1505\"", "1505", StringComparison.Ordinal));
        program.Write("files/other.json", "[1, 2]");
        program.Write("files/misp.json.gz", [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]);
        program.Write("files/a\u202e.txt", "no knowledge");
        string folder = Path.Combine(program.Folder, "files"), facts = Path.Combine(program.Folder, "made.facts");
        string[] told =
        [
            "2 files left out, without knowledge in a format that is known: a\\u202e.txt, other.json",
            "1 compressed file left out; unpack it and give what comes out: misp.json.gz",
        ];
        const string warning = "culprit: wrong-7.1.json, object 2 (attack-pattern--1): its reference to mitre-attack needs the text 'external_id'; left out.\n";

        Outcome built = program.Run("knowledge", "build", "--from", folder, "--out", facts), updated = program.Run("knowledge", "update", "--from", folder);
        Outcome shown = program.Run("knowledge", "show", "G9001", "--knowledge", folder), differs = program.Run("knowledge", "diff", facts, folder);

        Assert.All(new[] { built, updated, shown, differs }, static outcome => Assert.Equal(ExitCodes.Done, outcome.Code));
        Assert.All(told, sentence => Assert.All(new[] { built.Out, updated.Out }, text => Assert.Contains("\n  " + sentence + "\n", text, StringComparison.Ordinal)));
        Assert.All(told, sentence => Assert.All(new[] { shown.Error, differs.Error }, text => Assert.Contains($"culprit: {folder}: {sentence}.\n", text, StringComparison.Ordinal)));
        Assert.All(new[] { built, updated, shown, differs }, outcome => Assert.Contains(warning, outcome.Error, StringComparison.Ordinal));
        Assert.Equal("Both say the same.\n", differs.Out);
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-8")]
    public void A_mark_says_which_encoding_a_published_file_is_in(string name)
    {
        using var program = new TestProgram();
        Encoding encoding = Encoding.GetEncoding(name);
        string file = program.Write("attack-7.1.json", [.. encoding.GetPreamble(), .. encoding.GetBytes(" \r\n" + Bundle)]);

        Assert.Equal((ExitCodes.Done, ""), (program.Run("knowledge", "show", "Quiet Owl", "--knowledge", file).Code, program.Run("knowledge", "update", "--from", file).Error));
    }

    [Theory]
    [InlineData("build", "--from", "PATH", "--out", "x.facts")]
    [InlineData("update", "--from", "PATH")]
    [InlineData("show", "G9001", "--knowledge", "PATH")]
    public void Knowledge_that_is_compressed_is_said_to_be(params string[] args)
    {
        using var program = new TestProgram();
        string file = program.Write("one/attack.zip", [(byte)'P', (byte)'K', 3, 4, 0, 0]);
        program.Write("some/attack.json.xz", [0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0]);
        program.Write("some/notes.txt", "no knowledge");
        string folder = Path.Combine(program.Folder, "some"), alone = Path.GetDirectoryName(file)!;
        Outcome Given(string path) => program.Run(["knowledge", .. args.Select(a => a is "PATH" ? path : a)]);

        Outcome one = Given(file), some = Given(folder), single = Given(alone);

        Assert.NotEqual(ExitCodes.Done, one.Code);
        Assert.Contains($"{file}: compressed files are not read; unpack it and give what comes out.\n", one.Error, StringComparison.Ordinal);
        Assert.Contains($"{folder}: compressed files are not read (attack.json.xz); unpack it and give what comes out.\n", some.Error, StringComparison.Ordinal);
        Assert.Contains($"{alone}: compressed files are not read (attack.zip); unpack it and give what comes out.\n", single.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_could_not_be_used_is_told_where_nothing_is_left()
    {
        using var program = new TestProgram();
        string file = program.Write("attack-7.1.json", """{"type":"bundle","objects":[{"type":"intrusion-set","id":"i--1","name":"X","external_references":[{"source_name":"mitre-attack","external_id":9}]}]}""");

        Outcome outcome = program.Run("knowledge", "update", "--from", file);

        Assert.Equal(ExitCodes.NotRead, outcome.Code);
        Assert.StartsWith("culprit: attack-7.1.json, object 1 (i--1): its reference to mitre-attack needs the text 'external_id'; left out.\nculprit: nothing was installed: ", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void All_warnings_are_counted_of_which_ten_are_told()
    {
        using var program = new TestProgram();
        string file = program.Write("attack-7.1.json", Bundle.Replace("\"objects\":[", "\"objects\":[" + string.Concat(Enumerable.Repeat("7,", 5000)), StringComparison.Ordinal));

        string[] told = program.Run("knowledge", "update", "--from", file).Error.TrimEnd('\n').Split('\n');

        Assert.Equal((11, "culprit: and 4,990 more warnings."), (told.Length, told[^1]));
    }

    [Fact]
    public void Diff_writes_JSON_lines()
    {
        using var program = new TestProgram();
        string old = program.Write("old-1.0.json", Bundle);
        string current = program.Write("new-1.0.json", Bundle.Replace("\"Quiet Owl\",\n", "\"Loud Owl\",\n", StringComparison.Ordinal));

        Outcome outcome = program.Run("knowledge", "diff", old, current, "--format", "jsonl");

        string[] lines = outcome.Out.TrimEnd('\n').Split('\n');
        using JsonDocument first = JsonDocument.Parse(lines[0]);
        Assert.Equal(("changed", "group", "G9001"), (first.RootElement.GetProperty("change").GetString(), first.RootElement.GetProperty("fact").GetString(), first.RootElement.GetProperty("subject").GetString()));
    }

    [Fact]
    public void Marks_that_turn_the_direction_of_text_are_escaped_in_JSON()
    {
        using var program = new TestProgram();
        string plain = program.Write("plain-1.0.json", Bundle), marked = program.Write("marked-1.0.json", Bundle.Replace("Strix ", "Strix\u202e", StringComparison.Ordinal));

        Outcome shown = program.Run("knowledge", "show", "G9001", "--knowledge", marked, "--format", "json");
        Outcome differs = program.Run("knowledge", "diff", plain, marked, "--format", "jsonl");

        Assert.All(new[] { shown.Out, differs.Out }, static json =>
        {
            Assert.Contains("\\u202E", json, StringComparison.Ordinal);
            Assert.DoesNotContain('\u202e', json);
        });
    }

    [Fact]
    public void Update_installs_for_all_later_runs_and_keeps_what_is_not_given()
    {
        using var program = new TestProgram();
        string file = program.Write("attack-7.1.json", Bundle);

        Outcome updated = program.Run("knowledge", "update", "--from", file);
        Outcome shown = program.Run("knowledge", "show", "Quiet Owl");

        Assert.Equal((ExitCodes.Done, ""), (updated.Code, updated.Error));
        Assert.Contains("Installed 1 group", updated.Out, StringComparison.Ordinal);
        Assert.Contains("1,041 actors", updated.Out, StringComparison.Ordinal);
        Assert.Contains(" facts differ from what was in use before", updated.Out, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Done, shown.Code);
        Assert.Contains("attack.facts.", shown.Out, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Failed, program.Run("knowledge", "show", "T1505.003").Code);
        Assert.Contains("It says the same", program.Run("knowledge", "update", "--from", file).Out, StringComparison.Ordinal);
        string renamed = program.Write("attack-7.1.json", Bundle.Replace("Web Shell", "Web Shells", StringComparison.Ordinal));
        Assert.Contains("\n1 fact differs from what was in use before.\n", program.Run("knowledge", "update", "--from", renamed).Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"type":"bundle","objects":[{"type":""", "damaged JSON at line 1")]
    [InlineData("no knowledge", "there is no knowledge")]
    [InlineData("", "there is no knowledge")]
    [InlineData("""{"type":"bundle","\ud800":1,"objects":[{"type":"intrusion-set"}]}""", "the name of a property is no text: it holds half of a surrogate pair")]
    [InlineData("culprit-facts\t1\norigin\tattack\tA\t1\t\tterms\t\nuses\tG1\tT1\t\n", "line 3: no line above defines G1")]
    [InlineData("culprit-facts\t1\norigin\tattack\tA\t1\t\tterms\t\n", "would leave 0 groups and 0 techniques: ATT&CK's part is not whole. Give a whole bundle")]
    [InlineData("""{"type":"bundle","objects":[{"type":"attack-pattern","id":"a--1","name":"X","external_references":[{"source_name":"mitre-attack","external_id":"T1505"}]}]}""", "would leave 0 groups and 1 technique")]
    [InlineData("""{"type":"bundle","objects":[{"type":"intrusion-set","id":"i--1","created":"2020-01-01T00:00:00Z","name":"X","external_references":[{"source_name":"mitre-attack","external_id":"G9001"}]}]}""", "would leave 1 group and 0 techniques")]
    public void Update_changes_nothing_where_there_is_nothing_to_install(string content, string message)
    {
        using var program = new TestProgram();
        string file = program.Write("file", content);

        Outcome outcome = program.Run("knowledge", "update", "--from", file);

        Assert.Equal((ExitCodes.NotRead, ""), (outcome.Code, outcome.Out));
        Assert.StartsWith("culprit: nothing was installed: ", outcome.Error, StringComparison.Ordinal);
        Assert.Contains(message, outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("..", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("built into culprit", program.Run("knowledge", "show", "G0016").Out, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_interrupted_writes_nothing()
    {
        using var program = new TestProgram { Stopped = true };
        string file = program.Write("enterprise-attack-7.1.json", Bundle), facts = Path.Combine(program.Folder, "out.facts");

        Assert.Equal(ExitCodes.Interrupted, program.Run("knowledge", "update", "--from", file).Code);
        Assert.Equal(ExitCodes.Interrupted, program.Run("knowledge", "build", "--from", file, "--out", facts).Code);
        Assert.Equal(ExitCodes.Interrupted, program.Run("indicators", "build", "--from", program.Write("list.txt", "evil.example"), "--out", facts + ".br").Code);
        Assert.Equal(["enterprise-attack-7.1.json", "list.txt"], Directory.EnumerateFiles(program.Folder, "*", SearchOption.AllDirectories).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void That_most_groups_are_gone_is_told()
    {
        using var program = new TestProgram();

        Outcome outcome = program.Run("knowledge", "update", "--from", program.Write("enterprise-attack-7.1.json", Bundle));

        Assert.Equal(ExitCodes.Done, outcome.Code);
        Assert.Contains("1 group instead of 172: what is not among them cannot be named any more. Install a whole bundle, such as enterprise-attack.json, if that is not meant.", outcome.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<!DOCTYPE html>\n<html><body>Log in</body></html>", ": there is no knowledge in it: it is HTML, a page for people, neither facts")]
    [InlineData("", ": there is no knowledge in it: it is empty, neither facts")]
    [InlineData("no knowledge", ": there is no knowledge in it: neither facts")]
    public async Task What_is_no_knowledge_is_named(string content, string message)
    {
        using var program = new TestProgram();
        string file = program.Write("attack.json", content);
        (string address, Task served) = Serve("200 OK", "", content);

        Outcome update = program.Run("knowledge", "update", "--from", file), build = program.Run("knowledge", "build", "--from", file, "--out", Path.Combine(program.Folder, "o.facts"));
        Outcome download = program.Run("knowledge", "update", "--from", address.Replace("http://", "http://me:secret@", StringComparison.Ordinal) + "attack.json");

        await served;
        Assert.Contains("culprit: nothing was installed: " + file + message, update.Error, StringComparison.Ordinal);
        Assert.Contains("culprit: nothing was built: " + file + message, build.Error, StringComparison.Ordinal);
        Assert.Contains("culprit: nothing was installed: " + address + "attack.json" + message, download.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", download.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://example.org/attack.facts", "downloads are made over https only")]
    [InlineData("/no/such/place", "no such file or folder")]
    public void Update_says_what_it_cannot_have(string from, string message)
    {
        using var program = new TestProgram();

        Outcome outcome = program.Run("knowledge", "update", "--from", from);

        Assert.Equal(ExitCodes.NotRead, outcome.Code);
        Assert.Contains(message, outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Update_takes_an_address()
    {
        using var program = new TestProgram();
        (string address, Task served) = Serve("200 OK", "", Bundle);

        Outcome outcome = program.Run("knowledge", "update", "--from", address + "enterprise-attack-7.1.json");

        await served;
        Assert.Equal((ExitCodes.Done, ""), (outcome.Code, outcome.Error));
        Assert.Contains("from MITRE ATT&CK 7.1 (2025-01-22)", outcome.Out, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Done, program.Run("knowledge", "show", "G9001").Code);
    }

    [Fact]
    public async Task An_address_that_leads_away_from_https_is_not_followed()
    {
        using var program = new TestProgram();
        (string address, Task served) = Serve("302 Found", "Location: http://example.org/attack.facts\r\n", "");

        Outcome outcome = program.Run("knowledge", "update", "--from", address);

        await served;
        Assert.Equal(ExitCodes.NotRead, outcome.Code);
        Assert.Contains("leads to http://example.org/attack.facts, which is not https", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("knowledge")]
    [InlineData("rules")]
    public async Task An_answer_that_breaks_off_is_nothing_to_read(string what)
    {
        using var program = new TestProgram();
        (string address, Task served) = Serve("200 OK", "", Bundle, missing: 1000);

        Outcome outcome = program.Run(what, "update", "--from", address + "all.json");

        await served;
        Assert.Equal((ExitCodes.NotRead, ""), (outcome.Code, outcome.Out));
        Assert.StartsWith($"culprit: nothing was installed: {address}all.json cannot be had: The response ended prematurely", outcome.Error, StringComparison.Ordinal);
        Assert.EndsWith("; try again, or download it by other means and give the file.\n", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("knowledge")]
    [InlineData("rules")]
    public async Task A_connection_that_is_not_secure_says_why(string what)
    {
        using var program = new TestProgram();
        (string address, Task served) = Serve("200 OK", "", Bundle, end: "");

        Outcome outcome = program.Run(what, "update", "--from", address.Replace("http:", "https:", StringComparison.Ordinal));

        await served;
        Assert.Equal((ExitCodes.NotRead, ""), (outcome.Code, outcome.Out));
        Assert.Contains(" cannot be had: ", outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("inner exception", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_installation_is_said_and_replaced()
    {
        using var program = new TestProgram();
        string file = program.Write("attack-7.1.json", Bundle);
        Assert.Equal(ExitCodes.Done, program.Run("knowledge", "update", "--from", file).Code);
        string installed = Directory.EnumerateFiles(program.Folder, "attack.facts", SearchOption.AllDirectories).Single();
        File.WriteAllText(installed, "culprit-facts\t1\ncut");

        Outcome shown = program.Run("knowledge", "show", "G0016");

        Assert.Equal(ExitCodes.Usage, shown.Code);
        Assert.Contains("line 2: the facts end within a line", shown.Error, StringComparison.Ordinal);
        Assert.Contains("culprit knowledge update", shown.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Done, program.Run("knowledge", "update", "--from", file).Code);
        Assert.Equal(ExitCodes.Done, program.Run("knowledge", "show", "G9001").Code);
    }

    [Theory]
    [InlineData("knowledge")]
    [InlineData("knowledge", "show")]
    [InlineData("knowledge", "show", "G0016", "--knowledge", "/no/such/file")]
    [InlineData("knowledge", "show", "G0016", "--format", "xml")]
    [InlineData("knowledge", "build", "--from", ".")]
    public void Wrong_arguments_are_said(params string[] args)
    {
        using var program = new TestProgram();

        Outcome outcome = program.Run(args);

        Assert.Equal((ExitCodes.Usage, ""), (outcome.Code, outcome.Out));
        Assert.NotEmpty(outcome.Error);
    }

    [Theory]
    [InlineData("show", "culprit knowledge show \"Cozy Bear\"")]
    [InlineData("update", "culprit knowledge update --from enterprise-attack-18.1.json")]
    [InlineData("diff", "culprit knowledge diff last-year.facts")]
    [InlineData("build", "culprit knowledge build --from")]
    public void Help_shows_examples_of_the_command_itself(string command, string example)
    {
        using var program = new TestProgram();

        string help = program.Run("knowledge", command, "--help").Out;

        Assert.Contains(example, help, StringComparison.Ordinal);
        Assert.DoesNotContain("culprit rules", help, StringComparison.Ordinal);
    }

    // One answer to one request, on this machine, which is excepted from https. The request is read up to its end; so many bytes of the answer are missing.
    private static (string Address, Task Served) Serve(string status, string headers, string body, int missing = 0, string end = "\r\n\r\n")
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/", AnswerAsync());

        async Task AnswerAsync()
        {
            using TcpClient client = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
            await using NetworkStream stream = client.GetStream();
            byte[] request = new byte[4096];
            int read = 0;
            while (!Encoding.ASCII.GetString(request, 0, read).Contains(end, StringComparison.Ordinal))
            {
                read += await stream.ReadAsync(request.AsMemory(read), TestContext.Current.CancellationToken);
            }

            byte[] content = Encoding.UTF8.GetBytes(body);
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\n{headers}Content-Length: {content.Length + missing}\r\nConnection: close\r\n\r\n"), TestContext.Current.CancellationToken);
            await stream.WriteAsync(content, TestContext.Current.CancellationToken);
            listener.Stop();
        }
    }
}
