using CsCheck;
using Culprit.Cli.Terminal;

namespace Culprit.Cli.Tests.Terminal;

public sealed class TerminalTextTests
{
    [Theory]
    [InlineData("plain text, C:\\Windows\\*.exe", "plain text, C:\\Windows\\*.exe")]
    [InlineData("\u001b[2J\u001b]0;owned\u0007", "\\x1b[2J\\x1b]0;owned\\x07")]
    [InlineData("a\r\nb\tc", "a\\x0d\\x0ab\\x09c")]
    [InlineData("del\u007f c1\u009b31m", "del\\x7f c1\\x9b31m")]
    [InlineData("exe.\u202egpj", "exe.\\u202egpj")]
    [InlineData("zero\u200bwidth\ufeff", "zero\\u200bwidth\\ufeff")]
    [InlineData("line\u2028sep\u2029", "line\\u2028sep\\u2029")]
    [InlineData("private \ue000", "private \\ue000")]
    [InlineData("Zürich 北京 🔥", "Zürich 北京 🔥")]
    [InlineData("tag \U000e0041", "tag \\udb40\\udc41")]
    public void What_a_terminal_acts_upon_is_written_out(string hostile, string safe) =>
        Assert.Equal(safe, TerminalText.Safe(hostile));

    [Fact]
    public void Half_a_character_is_written_out() => Assert.Equal("lone \\ud800 surrogate", TerminalText.Safe("lone \ud800 surrogate"));

    [Fact]
    public void A_terminal_without_unicode_gets_ascii() =>
        Assert.Equal("Z\\xfcrich \\ud83d\\udd25", TerminalText.Safe("Zürich 🔥", unicode: false));

    [Fact]
    public void Nothing_gets_through_that_is_not_printable() =>
        Gen.String[Gen.Char, 0, 60].Sample(text =>
        {
            string ascii = TerminalText.Safe(text, unicode: false);
            Assert.DoesNotContain(ascii, static c => c is < ' ' or > '~');
            string safe = TerminalText.Safe(text);
            Assert.DoesNotContain(safe, static c => char.IsControl(c) || c is '\u200e' or '\u202e' or '\u2066' or '\u200b');
            Assert.Equal(safe, TerminalText.Safe(safe));
        });

    [Fact]
    public void Long_text_keeps_both_ends_and_the_width() =>
        Gen.Select(Gen.String[Gen.Char, 0, 200], Gen.Int[0, 80]).Sample((text, width) =>
        {
            string fitted = TerminalText.Fit(text, width);
            Assert.True(fitted.Length <= width);
            Assert.Equal(fitted, TerminalText.Safe(fitted));
        });

    [Fact]
    public void The_middle_is_left_out() =>
        Assert.Equal("C:\\User...ell.exe", TerminalText.Fit("C:\\Users\\a\\very\\long\\path\\to\\shell.exe", 17));

    [Fact]
    public void Lines_stay_lines() =>
        Assert.Equal("a\tb\n\\x1bc\n", TerminalText.SafeLines("a\tb\n\u001bc\n"));
}
