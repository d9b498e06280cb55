using System.Buffers.Binary;
using System.IO.Hashing;
using CsCheck;
using Culprit.Sigma.Tests.Corpus;
using Culprit.Sigma.Tests.Reference;

namespace Culprit.Sigma.Tests.Semantics;

public sealed class RuleSetCacheTests
{
    private const int HeaderSize = 48;

    private const string Everything = """
        title: One
        id: 11111111-1111-4111-8111-111111111111
        name: one
        level: high
        status: test
        description: text
        author: someone
        tags: [attack.t1059.001]
        references: [https://example.org]
        falsepositives: [none]
        fields: [F]
        logsource: {product: windows, category: process_creation}
        detection:
          a:
            F|contains|all: [x, 'y*z?', '']
            G|re|i|m|s: 'a.b'
            H|cidr: ['10.0.0.0/8', 'fe80::/10']
            I|gte: -1.50
            J|hour|lt: 5
            K: null
            L|exists: false
            M|fieldref|endswith|cased: F
          b: [word, other]
          condition: a and not 1 of b* or 1 of none*
        ---
        title: Two
        name: two
        correlation:
          type: value_percentile
          rules: [one]
          group-by: [F, alias]
          timespan: 90m
          condition: {field: [F, G], gte: 10.5, neq: 11, percentile: 99.9}
          aliases: {alias: {one: G}}
          generate: true
        ---
        title: Three
        correlation:
          type: temporal
          rules: [one, two]
          timespan: 1M
          condition: one and not two
        ---
        title: Broken
        detection: {}
        """;

    [Fact]
    public void A_rule_set_is_read_as_it_was_written()
    {
        SigmaRuleSet rules = Rules.Load(Everything);
        Assert.Equal((1, 2, 1), (rules.Rules.Length, rules.Correlations.Length, rules.RefusedCount));
        AssertSame(rules, RoundTrip(rules));
    }

    [Fact]
    public void A_lone_surrogate_survives()
    {
        SigmaRuleSet rules = Rules.Load(Everything);
        rules = rules with { Rules = [rules.Rules[0] with { Description = "a\uD800b" }] };
        Assert.Equal("a\uD800b", RoundTrip(rules with { Correlations = [] }).Rules[0].Description);
    }

    [Fact]
    [Trait("needs", "corpus")]
    public void The_public_rules_are_read_as_they_were_written()
    {
        PublicRules.SkipUnlessThere();
        AssertSame(PublicRules.Loaded, RoundTrip(PublicRules.Loaded));
    }

    [Fact]
    public void Any_change_to_the_bytes_is_found()
    {
        byte[] bytes = Write(Rules.Load(Everything));
        for (int i = 0; i < bytes.Length; i++)
        {
            byte[] changed = [.. bytes];
            changed[i] ^= 0x10;
            Assert.Null(Read(changed));
            Assert.Null(Read(bytes[..i]));
        }

        Assert.Null(Read([.. bytes, 0]));
    }

    // Whoever can write the file can write the checksum too: then what is read is a rule set or nothing, and never an exception.
    [Fact]
    public void A_forged_cache_does_no_harm()
    {
        byte[] bytes = Write(Rules.Load(Everything));
        Gen.Select(Gen.Int[HeaderSize, bytes.Length - 1], Gen.Byte, Gen.Int[HeaderSize, bytes.Length - 1], Gen.Byte).Sample(
            (first, a, second, b) =>
            {
                byte[] forged = [.. bytes];
                forged[first] = a;
                forged[second] = b;
                Seal(forged);
                _ = Read(forged)?.Rules.Sum(r => r.Title.Length);
            },
            iter: 20_000);
    }

    [Fact]
    public void Deep_and_long_forgeries_are_refused()
    {
        // No strings, one rule whose expression is "not not not ...".
        byte[] deep = [.. new byte[HeaderSize], 1, 0, 1, .. new byte[14], .. new byte[4], .. new byte[3], .. Enumerable.Repeat((byte)3, 1_000_000)];
        Seal(deep);
        Assert.Null(Read(deep));

        byte[] manyStrings = [.. new byte[HeaderSize], 0xFF, 0xFF, 0xFF, 0xFF, 0x07];
        Seal(manyStrings);
        Assert.Null(Read(manyStrings));
    }

    // Fills in a header that is right for the payload, but for the build, which is taken from a good cache.
    private static void Seal(byte[] bytes)
    {
        Write(Rules.Load("")).AsSpan(0, HeaderSize).CopyTo(bytes);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(24), bytes.Length - HeaderSize);
        XxHash128.Hash(bytes.AsSpan(HeaderSize), bytes.AsSpan(32));
    }

    private static SigmaRuleSet RoundTrip(SigmaRuleSet rules) => Read(Write(rules)) ?? throw new InvalidOperationException("not read");

    private static byte[] Write(SigmaRuleSet rules)
    {
        var stream = new MemoryStream();
        rules.WriteCache(stream);
        return stream.ToArray();
    }

    private static SigmaRuleSet? Read(byte[] bytes) => SigmaRuleSet.TryReadCache(new MemoryStream(bytes));

    private static void AssertSame(SigmaRuleSet expected, SigmaRuleSet actual)
    {
        // Writing covers every property; what it writes for both is compared, and the parts that people see once more.
        Assert.Equal(Write(expected), Write(actual));
        Assert.Equal(expected.Diagnostics, actual.Diagnostics);
        Assert.Equal(expected.Rules.Select(r => (r.Id, r.Title, r.Location, r.Level, r.LogSource)), actual.Rules.Select(r => (r.Id, r.Title, r.Location, r.Level, r.LogSource)));
    }
}
