using System.Collections.Immutable;
using CsCheck;
using Culprit.Sigma.Compilation;
using Culprit.Sigma.Matching;
using Culprit.Sigma.Semantics;

namespace Culprit.Sigma.Tests.Compilation;

public sealed class FieldMatcherTests
{
    // A small alphabet makes overlaps, shared keys and shared grams common; the others have variants of case, or are NUL.
    private static readonly Gen<char> Letter = Gen.Char["abAB\\ \0ßéÉЖж"];

    private static readonly Gen<string> Word = Gen.String[Letter, 1, 12];

    private static readonly Gen<ValueTest> Test = Gen.Select(Word, Gen.Int[0, 3], Gen.Bool, static (word, anchors, cased) =>
    {
        var parts = ImmutableArray.CreateBuilder<PatternPart>();
        if ((anchors & 1) != 0)
        {
            parts.Add(new PatternPart.AnyString());
        }

        parts.Add(new PatternPart.Literal(word));
        if ((anchors & 2) != 0)
        {
            parts.Add(new PatternPart.AnyString());
        }

        return (ValueTest)new ValueTest.Text(parts.ToImmutable(), cased);
    });

    [Fact]
    public void Finds_exactly_the_tests_that_hold_one_by_one() =>
        Gen.Select(Test.Array[1, 12], Gen.String[Letter, 0, 40]).Sample((tests, text) =>
            Assert.Equal(OneByOne(tests, text), Together(tests, text)));

    [Fact]
    public void Finds_a_whole_text_among_longer_ones()
    {
        ValueTest[] tests = [.. new[] { "a", "ab", "abcdefgh", "abcdefghi", "xabcdefghi" }.Select(static word => Whole(word))];

        Assert.Equal([3], Together(tests, "ABCDEFGHI"));
    }

    [Fact]
    public void A_text_that_ends_in_a_NUL_does_not_end_in_what_stands_before_it()
    {
        ValueTest[] tests = [new ValueTest.Text([new PatternPart.AnyString(), new PatternPart.Literal("a")], Cased: false), Whole("a")];

        Assert.Empty(Together(tests, "ba\0"));
        Assert.Empty(Together(tests, "a\0"));
        Assert.Equal([0], Together(tests, "\0a"));
    }

    [Fact]
    public void A_character_beyond_ascii_is_no_letter_of_ascii() =>
        Assert.Empty(Together([Whole("abc")], "a\u0142c"));

    [Fact]
    public void A_short_text_is_searched_after_a_long_one_that_left_its_end_behind()
    {
        var matcher = Matcher([Contains("abcd"), Contains("bc"), Contains("d")]);
        var folded = new FoldedText();
        var hits = new AtomSet(3);

        Assert.Equal([0, 1, 2], Scan(matcher, "xxabcd", folded, hits));
        Assert.Equal([], Scan(matcher, "xxa", folded, hits));
    }

    private static ValueTest.Text Whole(string word) => new([new PatternPart.Literal(word)], Cased: false);

    private static ValueTest.Text Contains(string word) => new([new PatternPart.AnyString(), new PatternPart.Literal(word), new PatternPart.AnyString()], Cased: false);

    private static IEnumerable<int> OneByOne(ValueTest[] tests, string text) =>
        Enumerable.Range(0, tests.Length).Where(i => TestEvaluator.Compile(tests[i])!.Matches(text));

    private static IEnumerable<int> Together(ValueTest[] tests, string text) =>
        Scan(Matcher(tests), text, new FoldedText(), new AtomSet(tests.Length));

    private static int[] Scan(FieldMatcher matcher, string text, FoldedText folded, AtomSet hits)
    {
        hits.Begin();
        matcher.Scan(text, folded, hits);
        return [.. hits.Items.ToArray().Order()];
    }

    private static FieldMatcher Matcher(ValueTest[] tests)
    {
        var builder = new FieldMatcher.Builder();
        for (int i = 0; i < tests.Length; i++)
        {
            builder.TryAdd(i, new Atom(null, tests[i]));
        }

        return builder.Build()!;
    }
}
