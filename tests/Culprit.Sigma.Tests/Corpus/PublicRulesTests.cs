namespace Culprit.Sigma.Tests.Corpus;

[Trait("needs", "corpus")]
public sealed class PublicRulesTests
{
    private const int FileCount = 3780;

    public PublicRulesTests() => PublicRules.SkipUnlessThere();

    [Fact]
    public void Every_file_gives_a_rule_or_is_refused_with_a_stated_cause()
    {
        SigmaRuleSet loaded = PublicRules.Loaded;
        Assert.Equal(FileCount, PublicRules.Sources.Count);
        Assert.Equal(FileCount, loaded.Rules.Length + loaded.RefusedCount);
        Assert.All(loaded.Rules, rule => Assert.NotEqual("", rule.Id));
    }

    [Fact]
    public void Only_rules_with_placeholders_are_refused()
    {
        SigmaDiagnostic[] errors = [.. PublicRules.Loaded.Diagnostics.Where(d => d.Severity == SigmaSeverity.Error)];
        Assert.Equal(["SIG0018"], errors.Select(e => e.Code).Distinct());
        Assert.Equal(PublicRules.Loaded.RefusedCount, errors.Select(e => e.Location.Path).Distinct().Count());
    }

    [Fact]
    public void With_values_for_its_placeholders_every_rule_loads()
    {
        string[] names =
        [
            .. PublicRules.Loaded.Diagnostics.Where(d => d.Code == "SIG0018").Select(d => d.Message.Split('%')[1]).Distinct(),
        ];
        var options = new SigmaLoadOptions();
        // A rule stops at its first placeholder without a value, so names turn up one after another.
        SigmaRuleSet loaded = PublicRules.Loaded;
        for (int round = 0; round < 10 && loaded.RefusedCount > 0; round++)
        {
            options = options with { Placeholders = options.Placeholders.SetItems(names.Select(n => KeyValuePair.Create(n, ImmutableArrayOf("10.0.0.1")))) };
            loaded = SigmaRuleSet.Load(PublicRules.Sources, options);
            names = [.. loaded.Diagnostics.Where(d => d.Code == "SIG0018").Select(d => d.Message.Split('%')[1]).Distinct()];
        }

        Assert.Equal(0, loaded.RefusedCount);
        Assert.Equal(FileCount, loaded.Rules.Length);
    }

    private static System.Collections.Immutable.ImmutableArray<string> ImmutableArrayOf(string value) => [value];
}
