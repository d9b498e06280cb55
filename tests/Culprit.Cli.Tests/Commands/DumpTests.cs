using System.Text.Json;
using System.Xml.Linq;

namespace Culprit.Cli.Tests.Commands;

public sealed class DumpTests : IDisposable
{
    private readonly TestProgram _program = new();

    public void Dispose() => _program.Dispose();

    [Fact]
    public void Every_record_is_one_line_of_json_in_the_order_of_the_file()
    {
        string log = _program.Write("sysmon.evtx", TestEvidence.Log("PC-1", "one", "two\n2", "three"));

        Outcome outcome = _program.Run("dump", log);

        Assert.Equal(ExitCodes.Done, outcome.Code);
        string[] lines = outcome.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["one", "two\n2", "three"], lines.Select(static l => JsonDocument.Parse(l).RootElement.GetProperty("Event").GetProperty("EventData").GetProperty("CommandLine").GetString()!));
    }

    [Fact]
    public void Xml_is_well_formed_one_event_after_the_other()
    {
        string log = _program.Write("sysmon.evtx", TestEvidence.Log("PC-1", "<one> & two", "three"));

        Outcome outcome = _program.Run("dump", log, "--xml");

        XElement all = XElement.Parse("<all>" + outcome.Out + "</all>");
        Assert.Equal(2, all.Elements().Count());
        Assert.Contains(all.Descendants(), static e => e.Name.LocalName == "Data" && e.Value == "<one> & two");
    }

    [Theory]
    [InlineData("--xml")]
    [InlineData("--slack")]
    public void A_terminal_is_not_written_escape_sequences(string option)
    {
        string log = _program.Write("hostile.evtx", TestEvidence.Log("PC\u009b31m", "\u202eevil\u007f"));
        using var terminal = new TestProgram { Terminal = true };

        Outcome outcome = terminal.Run("dump", log, option);

        Assert.NotEqual("", outcome.Out);
        Assert.DoesNotContain(outcome.Out, static c => (char.IsControl(c) && c != '\n') || c is '\u202e');
    }

    [Fact]
    public void What_was_dumped_is_read_back_with_the_same_findings()
    {
        string rule = _program.Write("evil.yml", TestEvidence.EvilRule);
        string log = _program.Write("sysmon.evtx", TestEvidence.Log("PC-1", "harmless", "do evil things"));
        string dumped = _program.Write("dumped.jsonl", _program.Run("dump", log).Out);

        string first = _program.Run("investigate", log, "--rules", rule, "--no-default-rules").Out;
        string again = _program.Run("investigate", dumped, "--rules", rule, "--no-default-rules").Out;
        string twice = _program.Write("twice.jsonl", _program.Run("dump", dumped).Out);

        Assert.Equal(first.Split('\n')[..6], again.Split('\n')[..6]);
        Assert.Equal(first.Split('\n')[..6], _program.Run("investigate", twice, "--rules", rule, "--no-default-rules").Out.Split('\n')[..6]);
    }

    [Fact]
    public void What_is_no_log_is_told()
    {
        Outcome outcome = _program.Run("dump", _program.Write("notes.txt", "call Bob"));

        Assert.Equal(ExitCodes.NotRead, outcome.Code);
        Assert.Contains("notes.txt: unknown format", outcome.Error, StringComparison.Ordinal);
    }
}
