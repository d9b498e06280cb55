using System.Collections.Immutable;
using Culprit.Sigma.Tests.Corpus;
using Culprit.Sigma.Tests.Reference;

namespace Culprit.Sigma.Tests.Semantics;

public sealed class LogSourceMapTests
{
    private static ImmutableArray<LogSourceBinding> Resolve(string product, string category, string service) =>
        LogSourceMap.Default.Resolve(new(product, category, service));

    private static SigmaRoute Windows(string channel, string provider, int eventId) => new("windows", "", "", channel, provider, eventId);

    [Fact]
    [Trait("needs", "corpus")]
    public void Every_windows_source_of_the_public_rules_is_in_the_map()
    {
        PublicRules.SkipUnlessThere();
        foreach (SigmaLogSource source in PublicRules.Loaded.Rules.Select(r => r.LogSource).Distinct().Where(s => s.Product == "windows"))
        {
            Assert.All(LogSourceMap.Default.Resolve(source), b => Assert.NotEmpty(b.Name));
            Assert.True(
                source is { Category: "", Service: "" } || LogSourceMap.Default.Resolve(source).Any(b => !b.Channels.IsEmpty || !b.Providers.IsEmpty),
                $"{source} has neither channel nor provider");
        }

        Assert.DoesNotContain(PublicRules.Loaded.Diagnostics, d => d.Code == "SIG0111");
    }

    [Theory]
    [InlineData("process_creation", "Microsoft-Windows-Sysmon/Operational", "Microsoft-Windows-Sysmon", 1, true)]
    [InlineData("process_creation", "Security", "Microsoft-Windows-Security-Auditing", 4688, true)]
    [InlineData("process_creation", "Security", "Another-Provider", 4688, false)]
    [InlineData("process_creation", "System", "Microsoft-Windows-Security-Auditing", 4688, false)]
    [InlineData("process_creation", "Microsoft-Windows-PowerShell/Operational", "Microsoft-Windows-PowerShell", 1, false)]
    [InlineData("ps_classic_start", "Windows PowerShell", "PowerShell", 400, true)]
    [InlineData("ps_classic_start", "Windows PowerShell", "Another", 400, false)]
    [InlineData("ps_script", "PowerShellCore/Operational", "PowerShellCore", 4104, true)]
    [InlineData("registry_set", "Microsoft-Windows-Sysmon/Operational", "Microsoft-Windows-Sysmon", 13, true)]
    [InlineData("registry_set", "Microsoft-Windows-Sysmon/Operational", "Microsoft-Windows-Sysmon", 12, false)]
    public void A_category_accepts_its_events_and_no_others(string category, string channel, string provider, int eventId, bool accepted) =>
        Assert.Equal(accepted, Resolve("windows", category, "").Any(b => b.Accepts(Windows(channel, provider, eventId))));

    [Theory]
    [InlineData("registry_add", "CreateKey", true)]
    [InlineData("registry_add", "DeleteKey", false)]
    [InlineData("registry_delete", "DeleteValue", true)]
    [InlineData("registry_delete", "CreateKey", false)]
    [InlineData("registry_event", "CreateKey", true)]
    public void Registry_events_are_told_apart_by_their_type(string category, string eventType, bool accepted)
    {
        ReferenceEvent e = ReferenceEvent.Of(Windows("Microsoft-Windows-Sysmon/Operational", "Microsoft-Windows-Sysmon", 12), ("EventType", eventType));
        Assert.Equal(accepted, Resolve("windows", category, "").Any(b => ReferenceEvaluator.Accepts(b, e)));
    }

    [Fact]
    public void A_category_with_a_service_is_the_part_in_the_services_channels()
    {
        LogSourceBinding binding = Assert.Single(Resolve("windows", "process_creation", "security"));
        Assert.Equal(["Security"], binding.Channels);
        Assert.Equal([4688], binding.EventIds);
    }

    [Fact]
    public void A_category_without_a_product_is_that_of_every_product()
    {
        ImmutableArray<LogSourceBinding> bindings = Resolve("", "process_creation", "");
        Assert.Contains(bindings, b => b.Channels.Contains("Security"));
        Assert.Contains(bindings, b => b.Providers.Contains("Linux-Sysmon"));
    }

    [Fact]
    public void An_unknown_source_asks_the_event_itself()
    {
        LogSourceBinding binding = Assert.Single(Resolve("okta", "", "okta"));
        Assert.True(binding.Accepts(new("Okta", "", "OKTA", "", "", 0)));
        Assert.False(binding.Accepts(new("okta", "", "other", "", "", 0)));
        Assert.False(binding.Accepts(new("", "", "okta", "", "", 0)));
    }

    [Fact]
    public void A_user_adds_bindings_or_replaces_them()
    {
        LogSourceMap added = Extend("replace: false");
        Assert.Equal(Resolve("windows", "dns_query", "").Length + 1, added.Resolve(new("windows", "dns_query", "")).Length);
        LogSourceMap replaced = Extend("replace: true");
        LogSourceBinding only = Assert.Single(replaced.Resolve(new("windows", "dns_query", "")));
        Assert.Equal("Ours", only.Name);
        Assert.Equal(["Name"], only.FieldMap["QueryName"]);

        static LogSourceMap Extend(string replace)
        {
            LogSourceMap map = LogSourceMap.Extend(
                LogSourceMap.Default,
                Rules.Source($"sources:\n  - product: windows\n    category: dns_query\n    {replace}\n    bindings:\n      - {{name: Ours, channels: [Ours], events: [1], fields: {{QueryName: Name}}}}\n"),
                out ImmutableArray<SigmaDiagnostic> diagnostics);
            Assert.Empty(diagnostics);
            return map;
        }
    }

    [Theory]
    [InlineData("[]", "A log source map must be a map")]
    [InlineData("source: []", "Did you mean 'sources'?")]
    [InlineData("sources: [{category: x}]", "no bindings")]
    [InlineData("sources: [{bindings: [{name: x, channels: [y]}]}]", "none of product, category and service")]
    [InlineData("sources: [{category: x, bindings: [{name: x}]}]", "accepts every event")]
    [InlineData("sources: [{category: x, bindings: [{channels: [y]}]}]", "has no name")]
    [InlineData("sources: [{category: x, bindings: [{name: x, channels: [y], events: [70000]}]}]", "no event id")]
    [InlineData("sources: [{category: x, bindings: [{name: x, channels: [y], where: {F|foo: x}}]}]", "Unknown modifier 'foo'")]
    [InlineData("sources: [x]", "A map is expected here")]
    [InlineData("sources: {a: b}", "A list is expected here")]
    public void What_is_wrong_with_a_map_is_said_and_left_out(string yaml, string message)
    {
        LogSourceMap map = LogSourceMap.Extend(LogSourceMap.Default, Rules.Source(yaml, "map.yml"), out ImmutableArray<SigmaDiagnostic> diagnostics);
        Assert.Contains(diagnostics, d => (d.Message + d.Help).Contains(message, StringComparison.Ordinal));
        Assert.Equal(LogSourceMap.Default.Resolve(new("windows", "dns_query", "")), map.Resolve(new("windows", "dns_query", "")));
    }
}
