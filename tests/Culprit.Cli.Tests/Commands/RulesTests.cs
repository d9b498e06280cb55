using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace Culprit.Cli.Tests.Commands;

public sealed class RulesTests : IDisposable
{
    private readonly TestProgram _program = new();

    public void Dispose() => _program.Dispose();

    [Fact]
    public void The_rules_that_ship_load_and_list()
    {
        Outcome outcome = _program.Run("rules", "list", "--json");

        Assert.Equal(ExitCodes.Done, outcome.Code);
        string[] lines = outcome.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.InRange(lines.Length, 80, 10_000);
        Assert.All(lines, static line =>
        {
            using JsonDocument rule = JsonDocument.Parse(line);
            Assert.NotEqual("", rule.RootElement.GetProperty("rule_id").GetString());
            Assert.StartsWith("culprit-rules/", rule.RootElement.GetProperty("path").GetString(), StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Listing_by_level_leaves_out_what_is_below()
    {
        _program.Write("rules/evil.yml", TestEvidence.EvilRule);
        string folder = Path.Combine(_program.Folder, "rules");

        Assert.Contains("Evil process", _program.Run("rules", "list", "--rules", folder, "--no-default-rules", "--level", "high").Out, StringComparison.Ordinal);
        Assert.Equal("0 rules\n", _program.Run("rules", "list", "--rules", folder, "--no-default-rules", "--level", "critical").Out);
    }

    [Fact]
    public void A_good_rule_is_found_good()
    {
        Outcome outcome = _program.Run("rules", "check", _program.Write("evil.yml", TestEvidence.EvilRule));

        Assert.Equal(ExitCodes.Done, outcome.Code);
        Assert.StartsWith("1 rule, 0 correlations and 0 filters loaded, 0 refused: 0 errors", outcome.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bad_rule_is_shown_with_its_line_and_a_caret()
    {
        string path = _program.Write("bad.yml", TestEvidence.EvilRule.Replace("CommandLine|contains", "CommandLine|contians", StringComparison.Ordinal));

        Outcome outcome = _program.Run("rules", "check", path);

        Assert.Equal(ExitCodes.Failed, outcome.Code);
        string[] lines = outcome.Out.Split('\n');
        int error = Array.FindIndex(lines, static l => l.StartsWith("error SIG", StringComparison.Ordinal));
        Assert.Matches(@"^  --> .*bad\.yml:14:\d+$", lines[error + 1]);
        Assert.Contains("CommandLine|contians: 'evil'", lines[error + 2], StringComparison.Ordinal);
        int caret = lines[error + 3].IndexOf('^', StringComparison.Ordinal);
        Assert.StartsWith("contians", lines[error + 2][caret..], StringComparison.Ordinal);
        Assert.Contains("contains", lines[error + 4], StringComparison.Ordinal);
        Assert.StartsWith("  help: ", lines[error + 4], StringComparison.Ordinal);
    }

    [Fact]
    public void Hostile_rules_do_not_reach_the_terminal()
    {
        string path = _program.Write("hostile.yml", "title: \"a\\e[2J\"\ndetection: {s: {\"F|\\u001b]0;x\\u0007\": 1}, condition: s}\nlogsource: {product: windows}\n");

        Outcome outcome = _program.Run("rules", "check", path);

        Assert.Equal(ExitCodes.Failed, outcome.Code);
        Assert.DoesNotContain(outcome.Out, static c => char.IsControl(c) && c != '\n');
    }

    [Theory]
    [InlineData("11111111-1111-4111-8111-111111111111")]
    [InlineData("evil PROCESS")]
    public void A_match_is_explained_step_by_step(string wanted)
    {
        string rules = _program.Write("evil.yml", TestEvidence.EvilRule);
        string log = _program.Write("sysmon.evtx", TestEvidence.Log("PC-1", "harmless", "do evil things"));

        Outcome outcome = _program.Run("rules", "explain", wanted, log, "--rules", rules);

        Assert.Equal(ExitCodes.Done, outcome.Code);
        Assert.Contains("Record   2 of ", outcome.Out, StringComparison.Ordinal);
        Assert.Contains("Verdict  the rule matches\n", outcome.Out, StringComparison.Ordinal);
        Assert.Contains("do evil things", outcome.Out, StringComparison.Ordinal);
        Assert.Contains("The rule matches 1 of 2 records", outcome.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_that_does_not_match_is_explained_too()
    {
        string rule = _program.Write("evil.yml", TestEvidence.EvilRule);
        string log = _program.Write("sysmon.evtx", TestEvidence.Log("PC-1", "harmless", "do evil things"));

        Outcome outcome = _program.Run("rules", "explain", rule, log + "#1");

        Assert.Equal(ExitCodes.Done, outcome.Code);
        Assert.Contains("Verdict  the rule does not match\n", outcome.Out, StringComparison.Ordinal);
        Assert.Contains("'harmless'", outcome.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_explained_is_told()
    {
        string rule = _program.Write("evil.yml", TestEvidence.EvilRule);
        string log = _program.Write("sysmon.evtx", TestEvidence.Log("PC-1", "harmless"));

        Outcome noRule = _program.Run("rules", "explain", "no such rule", log);
        Outcome noRecord = _program.Run("rules", "explain", rule, log + "#99");
        Outcome noFile = _program.Run("rules", "explain", rule, log + ".gone");

        Assert.Equal((ExitCodes.Failed, true), (noRule.Code, noRule.Error.Contains("no rule has the id, name or title 'no such rule'", StringComparison.Ordinal)));
        Assert.Equal((ExitCodes.Failed, true), (noRecord.Code, noRecord.Error.Contains("has no record 99", StringComparison.Ordinal)));
        Assert.Equal((ExitCodes.NotRead, true), (noFile.Code, noFile.Error.Contains("no such file", StringComparison.Ordinal)));
    }

    [Fact]
    public void An_installed_set_is_used_from_then_on()
    {
        string log = _program.Write("sysmon.evtx", TestEvidence.Log("PC-1", "do evil things"));
        _program.Write("set/rules/evil.yml", TestEvidence.EvilRule);
        _program.Write("set/deprecated/old.yml", TestEvidence.EvilRule.Replace("11111111", "22222222", StringComparison.Ordinal));
        _program.Write("set/config.yml", "name: no rule\n");
        int before = Rules();

        Outcome update = _program.Run("rules", "update", "--from", Path.Combine(_program.Folder, "set"));

        Assert.Equal(ExitCodes.Done, update.Code);
        Assert.StartsWith("Installed 1 rule as ", update.Out, StringComparison.Ordinal);
        Assert.Contains("2 files left out", update.Out, StringComparison.Ordinal);
        Assert.Equal(before + 1, Rules());
        Assert.Contains("Evil process", _program.Run("investigate", log).Out, StringComparison.Ordinal);
        Assert.DoesNotContain("Evil process", _program.Run("investigate", log, "--rules", _program.Write("other.yml", TestEvidence.EvilRule.Replace("Evil process", "Other", StringComparison.Ordinal)), "--no-default-rules").Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_set_is_installed_from_a_zip_and_nothing_is_written_by_its_names()
    {
        string zip = Zip(("sigma-main/rules/evil.yml", TestEvidence.EvilRule), ("../../../escaped.yml", TestEvidence.EvilRule.Replace("11111111", "33333333", StringComparison.Ordinal)));

        Outcome update = _program.Run("rules", "update", "--from", zip, "--name", "mine");

        Assert.Equal(ExitCodes.Done, update.Code);
        Assert.StartsWith("Installed 1 rule as ", update.Out, StringComparison.Ordinal);
        string[] written = Directory.GetFiles(Path.Combine(_program.Folder, "user"), "*", SearchOption.AllDirectories);
        Assert.Equal("mine.zip", Path.GetFileName(Assert.Single(written, static f => !f.Contains("rules-", StringComparison.Ordinal))));
        Assert.Empty(Directory.GetFiles(_program.Folder, "escaped.yml", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData("nothing.zip")]
    [InlineData("damaged.zip")]
    [InlineData("empty.zip")]
    [InlineData("/nowhere/set.zip")]
    public void A_set_that_is_no_set_changes_nothing(string name)
    {
        _program.Write("set/evil.yml", TestEvidence.EvilRule);
        _program.Run("rules", "update", "--from", Path.Combine(_program.Folder, "set"));
        int before = Rules();
        string path = name switch
        {
            "nothing.zip" => Zip(("readme.yml", "hello: world")),
            "damaged.zip" => _program.Write(name, [.. "PK\u0003\u0004"u8, .. new byte[200]]),
            "empty.zip" => Zip(),
            _ => name,
        };

        Outcome update = _program.Run("rules", "update", "--from", path);

        Assert.Equal(ExitCodes.NotRead, update.Code);
        Assert.StartsWith("culprit: nothing was installed: ", update.Error, StringComparison.Ordinal);
        Assert.Equal(before, Rules());
    }

    [Fact]
    public void Rules_are_not_downloaded_in_the_clear()
    {
        Outcome update = _program.Run("rules", "update", "--from", "http://rules.example.org/rules.zip");

        Assert.Equal(ExitCodes.NotRead, update.Code);
        Assert.Contains("over https only", update.Error, StringComparison.Ordinal);
    }

    private int Rules() => _program.Run("rules", "list", "--json").Out.Split('\n').Length;

    private string Zip(params (string Name, string Content)[] entries)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, string content) in entries)
            {
                using Stream entry = archive.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(content));
            }
        }

        return _program.Write("set.zip", stream.ToArray());
    }
}
