using System.Collections.Immutable;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using CsCheck;
using Culprit.Sigma.Matching;
using Culprit.Sigma.Semantics;

namespace Culprit.Sigma.Tests.Matching;

public sealed class ValueTestTests
{
    private static readonly Gen<PatternPart> Part = Gen.OneOf<PatternPart>(
        Gen.String[Gen.Char["abAB"], 1, 3].Select(text => (PatternPart)new PatternPart.Literal(text)),
        Gen.Const((PatternPart)new PatternPart.AnyString()),
        Gen.Const((PatternPart)new PatternPart.AnyChar()));

    [Fact]
    public void A_pattern_matches_what_the_same_regular_expression_matches() =>
        Gen.Select(Part.Array[0, 6], Gen.String[Gen.Char["abAB\n"], 0, 10], Gen.Bool).Sample((parts, text, cased) =>
        {
            var test = new ValueTest.Text([.. parts], cased);
            var regex = new Regex(
                AsRegex(parts), RegexOptions.Singleline | (cased ? RegexOptions.None : RegexOptions.IgnoreCase), TimeSpan.FromSeconds(5));
            Assert.Equal(regex.IsMatch(text), new Glob(test).Matches(text));
        });

    [Theory]
    [InlineData("10.0.0.0/8", "10.1.2.3", true)]
    [InlineData("10.0.0.0/8", "11.1.2.3", false)]
    [InlineData("10.0.0.0/8", "::ffff:10.1.2.3", true)]
    [InlineData("10.0.0.0/8", "10.1", false)]
    [InlineData("10.0.0.0/8", "", false)]
    [InlineData("0.0.0.0/0", "8.8.8.8", true)]
    [InlineData("0.0.0.0/0", "::1", false)]
    [InlineData("::/0", "8.8.8.8", false)]
    [InlineData("::/0", "2001:db8::1", true)]
    [InlineData("fe80::/10", "fe80::1%12", true)]
    [InlineData("2001:db8::/32", "2001:db9::", false)]
    [InlineData("::1/128", "0:0:0:0:0:0:0:1", true)]
    [InlineData("::1/128", "1::", false)]
    public void Networks_hold_addresses_of_their_own_family(string network, string text, bool expected) =>
        Assert.Equal(expected, new CidrTest(IPNetwork.Parse(network)).Matches(text));

    [Fact]
    public void Addresses_are_read_as_the_framework_reads_them() =>
        Gen.Byte.Array[16].Sample(bytes =>
        {
            var address = new IPAddress(bytes);
            Assert.True(AddressText.TryParse(address.ToString(), out UInt128 read));
            Assert.Equal(AddressText.FromAddress(address), read);
        });

    [Theory]
    [InlineData("10", NumberComparison.Greater, 9, true)]
    [InlineData("0x10", NumberComparison.Equal, 16, true)]
    [InlineData("-1", NumberComparison.Less, 0, true)]
    [InlineData("1.5", NumberComparison.LessOrEqual, 1, false)]
    [InlineData("ten", NumberComparison.GreaterOrEqual, 0, false)]
    [InlineData("", NumberComparison.Less, 1, false)]
    public void Numbers_are_compared_as_numbers(string text, NumberComparison comparison, int operand, bool expected) =>
        Assert.Equal(expected, new NumberTest(comparison, operand).Matches(text));

    [Theory]
    [InlineData(TimePart.Hour, 23, "2026-11-23T23:59:01Z")]
    [InlineData(TimePart.Hour, 23, "2026-11-23T23:59:01+05:00")]
    [InlineData(TimePart.Minute, 59, "2026-11-23 23:59:01.1234567")]
    [InlineData(TimePart.Week, 53, "2026-12-31T00:00:00Z")]
    [InlineData(TimePart.Year, 2026, "2026-01-01")]
    public void A_part_of_a_date_is_taken_as_written(TimePart part, int expected, string text)
    {
        Assert.True(new TimeTest(new ValueTest.Time(part, NumberComparison.Equal, expected)).Matches(text));
        Assert.False(new TimeTest(new ValueTest.Time(part, NumberComparison.Equal, expected + 1)).Matches(text));
    }

    private static string AsRegex(IEnumerable<PatternPart> parts)
    {
        var regex = new StringBuilder("^");
        foreach (PatternPart part in parts)
        {
            regex.Append(part switch
            {
                PatternPart.Literal literal => Regex.Escape(literal.Text),
                PatternPart.AnyString => ".*",
                _ => ".",
            });
        }

        return regex.Append("\\z").ToString();
    }

    [Theory]
    [InlineData("^(a+)+$")]
    [InlineData("^(a|a)*$")]
    [InlineData("^(?:.*a){12}$")]
    public void An_expression_that_backtracks_for_ages_is_answered_all_the_same(string pattern)
    {
        long givenUp = SigmaEngine.RegexTimeoutCount;
        CompiledTest test = TestEvaluator.Compile(new ValueTest.Regex(pattern, IgnoreCase: false, MultiLine: false, DotAll: false))!;

        Assert.False(test.Matches(new string('a', 60) + "b"));
        Assert.True(test.Matches(new string('a', 60)));
        Assert.False(test.Matches("b"));
        Assert.Equal(givenUp, SigmaEngine.RegexTimeoutCount);
    }
}
