using System.Text;
using CsCheck;
using Culprit.Sigma.Tests.Reference;

namespace Culprit.Sigma.Tests.Syntax;

/// <summary>Rule files come from anywhere: whatever they hold, loading ends, and says what it refused.</summary>
public sealed class HostileRuleTests
{
    private const string Seed = """
        title: 'Seed'
        id: 11111111-1111-4111-8111-111111111111
        logsource: {product: windows, category: process_creation}
        detection:
          sel: &anchor
            F|contains|windash: [' -a', "b\x41\u0042", 'c*\?']
            G|re|i: '^(?<x>a+)[b-c]{2,3}\d$'
            H|base64offset|contains: 'text'
            I|cidr: 10.0.0.0/8
          other: *anchor
          list:
            - >-
              folded
              text
            - |
              block
          condition: sel and not (1 of o* or list) # comment
        ---
        title: Correlation
        correlation: {type: event_count, rules: [Seed], timespan: 1h, condition: {gte: 3}, group-by: [F]}
        """;

    private static readonly string[] Tokens =
    [
        "\\UFFFFFFFF", "\"\\uD800\"", "!!binary x", "!<tag:x>", "%YAML 1.2", "---", "...", "&a", "*a", "<<: *anchor", "? ", ": ", "- ", "[", "]", "{", "}", "|2", ">+", "'", "\"", "#", "\t", "\r", "\0",
        "\uFEFF", "\u0085", "(", ")", "not ", "1 of ", "all of them", "| count() > 5", "|re", "|expand", "%x%", "*", "?", "\\", "null", "~", "0x", "999999999999999999999", "-", "@", "`", "|windash|windash",
    ];

    [Fact]
    public void Mutated_rules_never_throw_and_are_refused_with_a_reason()
    {
        Gen<string> mutated = Gen.Select(Gen.Int[0, Seed.Length], Gen.Int[0, 12], Gen.OneOf(Tokens), Gen.Int[0, Seed.Length], Gen.OneOf(Tokens)).Select(
            (at, cut, token, second, other) =>
            {
                string text = Seed.Remove(at, Math.Min(cut, Seed.Length - at)).Insert(at, token);
                return text.Insert(Math.Min(second, text.Length), other);
            });
        mutated.Sample(
            text =>
            {
                SigmaRuleSet loaded = Rules.Load(text);
                Assert.Equal(loaded.RefusedCount > 0, loaded.Diagnostics.Any(d => d.Severity == SigmaSeverity.Error));
                Assert.All(loaded.Diagnostics, d => Assert.False(string.IsNullOrWhiteSpace(d.Message)));
            },
            iter: 5_000);
    }

    [Fact]
    public void Random_bytes_never_throw() =>
        Gen.Byte.Array[0, 200].Sample(bytes => _ = SigmaRuleSet.Load([new SigmaSource("x.yml", bytes)]).RefusedCount, iter: 2_000);

    [Fact]
    public void Aliases_that_expand_without_end_are_refused()
    {
        var yaml = new StringBuilder("title: x\nlogsource: {category: test}\ndetection:\n  a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 20; i++)
        {
            yaml.Append($"  a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 9))}]\n");
        }

        SigmaRuleSet loaded = Rules.Load(yaml.Append("  condition: a19\n").ToString());
        Assert.Equal("SIG0002", Assert.Single(loaded.Diagnostics, d => d.Severity == SigmaSeverity.Error).Code);
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{a: ")]
    [InlineData("- ")]
    public void Deep_nesting_is_refused(string nest)
    {
        SigmaRuleSet loaded = Rules.Load("detection: " + string.Concat(Enumerable.Repeat(nest, 100_000)));
        Assert.Equal(1, loaded.RefusedCount);
    }

    [Theory]
    [InlineData("(", "SIG0023")]
    [InlineData("not ", "SIG0023")]
    public void Deep_conditions_are_refused(string nest, string code)
    {
        SigmaRuleSet loaded = Rules.Load(Rules.WithDetection($"sel: x\ncondition: {string.Concat(Enumerable.Repeat(nest, 1000))} sel"));
        Assert.Equal(code, Assert.Single(loaded.Diagnostics, d => d.Severity == SigmaSeverity.Error).Code);
    }

    [Fact]
    public void Conditions_that_multiply_identifiers_are_refused()
    {
        string values = string.Join(", ", Enumerable.Range(0, 5000));
        SigmaRuleSet loaded = Rules.Load(Rules.WithDetection($"sel:\n  F: [{values}]\ncondition: {string.Join(" or ", Enumerable.Repeat("sel", 2000))}"));
        Assert.Equal("SIG0023", Assert.Single(loaded.Diagnostics, d => d.Severity == SigmaSeverity.Error).Code);
    }

    [Fact]
    public void Many_dashes_are_refused()
    {
        SigmaRuleSet loaded = Rules.Load(Rules.WithDetection("sel:\n  F|windash: '-a -b -c -d -e -f'\ncondition: sel"));
        Assert.Equal("SIG0021", Assert.Single(loaded.Diagnostics, d => d.Severity == SigmaSeverity.Error).Code);
    }
}
