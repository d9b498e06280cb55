using Culprit.Sigma.Tests.Reference;

namespace Culprit.Sigma.Tests.Matching;

/// <summary>An event whose own data repeat a name of its header.</summary>
public sealed class HiddenFieldTests
{
    private static readonly SigmaRoute Route = new("windows", "", "", "System", "Microsoft-Windows-Eventlog", 104);

    private static readonly ReferenceEvent LogCleared = new(
        Route,
        [
            new("EventID", ["104"]), new("Channel", ["System"]), new("Provider_Name", ["Microsoft-Windows-Eventlog"]),
            new("Channel", ["Windows PowerShell"]),
        ]);

    [Theory]
    [InlineData("Windows PowerShell", true)]
    [InlineData("System", false)]
    public void The_cleared_log_is_the_channel_that_rules_of_event_104_ask_for(string channel, bool expected)
    {
        SigmaRuleSet rules = Rules.Load($"""
            title: Log cleared
            logsource:
              product: windows
              service: system
            detection:
              selection:
                EventID: 104
                Channel: {channel}
              condition: selection
            """);
        SigmaEngine engine = SigmaEngine.Compile(rules, LogSourceMap.Default);
        var e = new ListEvent(LogCleared, LogCleared);
        Assert.Equal(expected, engine.CreateSession().Match(Route, e).Length == 1);
        Assert.Equal(expected, engine.Explain(0, Route, e).Matched);
        Assert.Equal("Windows PowerShell", engine.FieldText(0, Route, e, "Channel"));
    }

    [Fact]
    public void An_event_id_that_the_data_quote_is_not_the_event_s()
    {
        var quoted = new ReferenceEvent(Route, [.. LogCleared.Fields, new("EventID", ["4647"])]);
        SigmaRuleSet rules = Rules.Load("""
            title: Logoff
            logsource:
              product: windows
              service: system
            detection:
              selection:
                EventID: 4647
              condition: selection
            """);
        Assert.Empty(SigmaEngine.Compile(rules, LogSourceMap.Default).CreateSession().Match(Route, new ListEvent(quoted, quoted)).ToArray());
    }
}
