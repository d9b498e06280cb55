using Culprit.Sigma.Tests.Reference;

namespace Culprit.Sigma.Tests.Semantics;

public sealed class ConditionTests
{
    private const string Identifiers = """
        sel_a:
          F|contains: a
        sel_b:
          F|contains: b
        key_c:
          F|contains: c
        _hidden:
          F|contains: d
        """;

    // The event's field F holds the letters; each identifier looks for one.
    [Theory]
    [InlineData("sel_a or sel_b and key_c", "a", true)]
    [InlineData("sel_a or sel_b and key_c", "b", false)]
    [InlineData("(sel_a or sel_b) and key_c", "a", false)]
    [InlineData("(sel_a or sel_b) and key_c", "bc", true)]
    [InlineData("not sel_a and sel_b", "b", true)]
    [InlineData("not sel_a and sel_b", "ab", false)]
    [InlineData("not (sel_a and sel_b)", "a", true)]
    [InlineData("not not sel_a", "a", true)]
    [InlineData("not 1 of sel_* and key_c", "c", true)]
    [InlineData("not 1 of sel_* and key_c", "bc", false)]
    [InlineData("1 of them", "c", true)]
    [InlineData("1 of them", "d", false)]
    [InlineData("all of them", "abc", true)]
    [InlineData("all of them", "ab", false)]
    [InlineData("any of sel_*", "b", true)]
    [InlineData("1 of *_a", "a", true)]
    [InlineData("1 of s*_*b", "b", true)]
    [InlineData("1 of s*_*b", "a", false)]
    [InlineData("all of *e*", "abc", true)]
    [InlineData("1 of sel_a", "a", true)]
    [InlineData("1 of sel", "a", false)]
    [InlineData("1 of _h*", "d", true)]
    [InlineData("_hidden", "d", true)]
    [InlineData("sel_a AND NOT sel_b", "a", true)]
    [InlineData("1 OF sel_* Or key_c", "c", true)]
    [InlineData("sel_a\n    and sel_b", "ab", true)]
    public void A_condition_joins_identifiers(string condition, string letters, bool expected)
    {
        SigmaRule rule = Rules.Detection($"{Identifiers}\ncondition: |\n  {condition}");
        Assert.Equal(expected, Rules.Matches(rule, ("F", letters)));
    }

    [Fact]
    public void Any_of_several_conditions_is_enough()
    {
        SigmaRule rule = Rules.Detection($"{Identifiers}\ncondition:\n  - sel_a and sel_b\n  - key_c");
        Assert.True(Rules.Matches(rule, ("F", "c")));
        Assert.False(Rules.Matches(rule, ("F", "a")));
    }

    [Fact]
    public void An_identifier_may_look_like_a_keyword_in_capitals_or_hold_dots_and_dashes()
    {
        SigmaRule rule = Rules.Detection("AND:\n  F: x\nmy-sel.1:\n  F: y\ncondition: AND or my-sel.1");
        Assert.True(Rules.Matches(rule, ("F", "x")));
        Assert.True(Rules.Matches(rule, ("F", "y")));
    }

    [Fact]
    public void Maps_are_joined_with_and_lists_with_or_at_every_depth()
    {
        SigmaRule rule = Rules.Detection("""
            sel:
              - F|contains: [a, b]
                G: x
              - - H: y
                - H: z
            condition: sel
            """);
        Assert.True(Rules.Matches(rule, ("F", "b"), ("G", "x")));
        Assert.False(Rules.Matches(rule, ("F", "b"), ("G", "y")));
        Assert.True(Rules.Matches(rule, ("H", "z")));
    }

    [Fact]
    public void A_list_may_mix_keywords_and_maps()
    {
        SigmaRule rule = Rules.Detection("sel:\n  - word\n  - F: x\ncondition: sel");
        Assert.True(Rules.Matches(rule, ("G", "a word here")));
        Assert.True(Rules.Matches(rule, ("F", "x")));
        Assert.False(Rules.Matches(rule, ("F", "y")));
    }
}
