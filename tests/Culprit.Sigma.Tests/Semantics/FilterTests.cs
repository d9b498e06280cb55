using Culprit.Sigma.Tests.Reference;

namespace Culprit.Sigma.Tests.Semantics;

public sealed class FilterTests
{
    private const string Rule = """
        title: Rule
        id: 6f3e2987-db24-4c78-a860-b4f4095a7095
        name: the_rule
        logsource: {category: process_creation, product: windows}
        detection:
          selection:
            Image|endswith: '\rar.exe'
          condition: selection
        """;

    private static SigmaRuleSet Load(string filterSection, string logsource = "{category: process_creation, product: windows}") => Rules.Load(
        $"{Rule}\n---\ntitle: Filter\nlogsource: {logsource}\nfilter:\n  {filterSection.ReplaceLineEndings("\n").Replace("\n", "\n  ")}\n");

    private static bool Matches(SigmaRuleSet loaded, string user) =>
        Rules.Matches(Assert.Single(loaded.Rules), ("Image", @"C:\rar.exe"), ("User", user));

    [Theory]
    // The specification's form says what to leave out, pySigma's what must hold; both leave administrators out.
    [InlineData("condition: selection", "adm_x", false)]
    [InlineData("condition: selection", "bob", true)]
    [InlineData("condition: not selection", "adm_x", false)]
    [InlineData("condition: not selection", "bob", true)]
    [InlineData("condition: not 1 of sel*", "adm_x", false)]
    [InlineData("condition: not 1 of sel*", "bob", true)]
    public void A_filter_leaves_out_what_its_selection_describes(string condition, string user, bool expected)
    {
        SigmaRuleSet loaded = Load($"rules: [6f3e2987-db24-4c78-a860-b4f4095a7095]\nselection:\n  User|startswith: adm_\n{condition}");
        Assert.Equal(1, loaded.FilterCount);
        Assert.Equal(expected, Matches(loaded, user));
    }

    [Theory]
    [InlineData("rules: [the_rule]")]
    [InlineData("rules: the_rule")]
    [InlineData("rules: [6F3E2987-DB24-4C78-A860-B4F4095A7095]")]
    [InlineData("rules: any")]
    [InlineData("rules: all")]
    [InlineData("rules: []")]
    public void Rules_are_named_by_id_or_name_or_all_at_once(string rules)
    {
        SigmaRuleSet loaded = Load($"{rules}\nselection:\n  User: bob\ncondition: not selection");
        Assert.Equal(1, loaded.FilterCount);
        Assert.False(Matches(loaded, "bob"));
        Assert.Empty(loaded.Diagnostics);
    }

    [Fact]
    public void Search_identifiers_of_filter_and_rule_do_not_meet()
    {
        SigmaRuleSet loaded = Load("rules: any\nselection:\n  User: bob\ncondition: not selection");
        Assert.True(Matches(loaded, "eve"));
    }

    [Theory]
    [InlineData("{category: process_creation}", true)]
    [InlineData("{product: windows}", true)]
    [InlineData("{category: file_event, product: windows}", false)]
    [InlineData("{category: process_creation, product: windows, service: sysmon}", false)]
    public void A_filter_applies_to_the_log_source_that_it_names(string logsource, bool applies)
    {
        SigmaRuleSet loaded = Load("rules: [the_rule]\nselection:\n  User: bob\ncondition: not selection", logsource);
        Assert.Equal(applies ? 1 : 0, loaded.FilterCount);
        Assert.Equal(!applies, loaded.Diagnostics.Any(d => d.Code == "SIG0041"));
    }

    [Fact]
    public void Several_filters_all_apply()
    {
        SigmaRuleSet loaded = Rules.Load($"{Rule}\n---\n{Filter("bob")}---\n{Filter("eve")}");
        Assert.Equal(2, loaded.FilterCount);
        Assert.False(Matches(loaded, "bob"));
        Assert.False(Matches(loaded, "eve"));
        Assert.True(Matches(loaded, "ann"));

        static string Filter(string user) =>
            $"title: Filter {user}\nlogsource: {{product: windows}}\nfilter:\n  rules: any\n  s:\n    User: {user}\n  condition: not s\n";
    }
}
