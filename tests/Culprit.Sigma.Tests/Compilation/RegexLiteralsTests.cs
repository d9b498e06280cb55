using System.Text.RegularExpressions;
using Culprit.Sigma.Compilation;

namespace Culprit.Sigma.Tests.Compilation;

public sealed class RegexLiteralsTests
{
    [Theory]
    [InlineData(@"foo.*barbaz", "BARBAZ")]
    [InlineData(@"abcd?ef", "ABC")]
    [InlineData(@"\\temp\\[a-z]{3}\.exe$", @"\TEMP\")]
    [InlineData(@"(cmd|powershell)\.exe", ".EXE")]
    [InlineData(@"abcdef|xyz", null)]
    [InlineData(@"(abc)?d", null)]
    [InlineData(@"ab+cd", null)]
    [InlineData(@"xabc{2,}yz", "XAB")]
    [InlineData(@"[]abc]def", "DEF")]
    [InlineData(@"\x41\x42\x43", null)]
    [InlineData(@"\012345", null)]
    [InlineData(@"(?x) a b c d", null)]
    [InlineData(@"\p{IsCyrillic}word", "WORD")]
    public void Finds_a_literal_that_every_match_holds(string pattern, string? expected) =>
        Assert.Equal(expected, RegexLiterals.Longest(pattern));

    [Theory]
    [InlineData(@"abcd?ef", "abcef")]
    [InlineData(@"\\temp\\[a-z]{3}\.exe$", @"c:\temp\abc.exe")]
    [InlineData(@"xabc{2,}yz", "xabccyz")]
    [InlineData(@"a{1}bcd", "abcd")]
    public void The_literal_stands_in_a_text_that_matches(string pattern, string text)
    {
        Assert.Matches(new Regex(pattern, RegexOptions.None, TimeSpan.FromSeconds(1)), text);
        Assert.Contains(RegexLiterals.Longest(pattern)!, CaseFold.Fold(text), StringComparison.Ordinal);
    }
}
