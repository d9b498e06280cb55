using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CsCheck;
using Culprit.Sigma.Compilation;

namespace Culprit.Sigma.Tests.Compilation;

public sealed class RegexLiteralsTests
{
    // Patterns over three letters, so that texts match them often.
    private static readonly Gen<string> Piece = OneOf(
        "a", "b", "c", "ab", "abc", "[ab]", "[^a]", "[a-c]", "[]a]", @"[\\a]", ".", @"\w", @"\x61", "^", "$", @"\b", "(?i)", "(?=a)", "(?!c)", "(?#note)", "{");

    private static readonly Gen<string> Quantifier = OneOf("", "", "", "?", "*", "+", "+?", "{2}", "{1,2}", "{2,}", "{0}");

    private static readonly Gen<string> Pattern = Gen.Recursive<string>((depth, inner) =>
    {
        Gen<string> single = depth >= 3
            ? Piece
            : Gen.Frequency((3, Piece), (1, inner.Select(p => "(" + p + ")")), (1, inner.Select(p => "(?:" + p + ")")), (1, inner.Select(p => "(?<n>" + p + ")")));
        Gen<string> sequence = Gen.Select(single, Quantifier, static (p, q) => p is "^" or "$" or @"\b" or "(?i)" or "(?#note)" or "{" ? p : p + q).Array[1, 4].Select(static p => string.Concat(p));
        return sequence.Array[1, 2].Select(static p => string.Join('|', p));
    });

    [Theory]
    [InlineData(@"foo.*barbaz", "BARBAZ")]
    [InlineData(@"abcd?ef", "ABCDEF", "ABCEF")]
    [InlineData(@"\\tempo\\[a-z]{3}\.exe$", @"\TEMPO\")]
    [InlineData(@"(qcmd|qpowershell)\.exe", "QCMD.EXE", "QPOWERSHELL.EXE")]
    [InlineData(@"abcdef|xyz", "ABCDEF", "XYZ")]
    [InlineData(@"abcdef|\w", null)]
    [InlineData(@"(abc)?d", "D")]
    [InlineData(@"(abc)*xyz", "XYZ")]
    [InlineData(@"ab+cd", "BCD")]
    [InlineData(@"xabc{2,}yz", "XABC")]
    [InlineData(@"[]abc]def", "]DEF", "ADEF", "BDEF", "CDEF")]
    [InlineData(@"[^\\]+\\ntuser\.dat$", @"\NTUSER.DAT")]
    [InlineData(@"\w+`(?:\w+|-|.)`[\w+|\s]", "`")]
    [InlineData(@"""(?:\{\d\})+""\s*-f", @"""{")]
    [InlineData(@"\x41\x42\x43", "ABC")]
    [InlineData(@"(?<=abc)def", "DEF")]
    [InlineData(@"\012345", null)]
    [InlineData(@"(?x) a b c d", null)]
    [InlineData(@"(?ix: a b c d)", null)]
    [InlineData(@"\p{IsCyrillic}zword", "ZWORD")]
    public void Finds_literals_of_which_every_match_holds_one(string pattern, params string?[]? expected) =>
        Assert.Equal((expected ?? []).OfType<string>().Order(StringComparer.Ordinal), RegexLiterals.Of(pattern).Order(StringComparer.Ordinal));

    [Fact]
    public void One_of_the_literals_stands_in_every_text_that_matches() =>
        Gen.Select(Pattern, Gen.String[Gen.Char["aAbBc{\\]"], 0, 12]).Sample((pattern, text) =>
        {
            ImmutableArray<string> literals = RegexLiterals.Of(pattern);
            if (!literals.IsEmpty && Matches(pattern, text))
            {
                Assert.Contains(literals, literal => CaseFold.Fold(text).Contains(literal, StringComparison.Ordinal));
            }
        });

    [Theory]
    [InlineData(@"(a", "a")]
    [InlineData(@"[a", "a")]
    [InlineData(@"a\", "a")]
    [InlineData(@"(?", "a")]
    [InlineData(@"(?<a", "a")]
    [InlineData(@"[a-[b", "a")]
    [InlineData(@"\u12", "a")]
    public void A_pattern_that_is_none_has_no_literals(string pattern, string text)
    {
        Assert.ThrowsAny<ArgumentException>(() => Regex.IsMatch(text, pattern, RegexOptions.None, TimeSpan.FromSeconds(1)));
        Assert.Empty(RegexLiterals.Of(pattern));
    }

    // A pattern that backtracks without end says nothing of a text; the engine gives such tests up too.
    private static bool Matches(string pattern, string text)
    {
        try
        {
            return Regex.IsMatch(text, pattern, RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }

    private static Gen<string> OneOf(params string[] texts) => Gen.Int[0, texts.Length - 1].Select(i => texts[i]);
}
