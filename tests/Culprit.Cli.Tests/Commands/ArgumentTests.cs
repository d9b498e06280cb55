using Culprit.Cli.Commands;

namespace Culprit.Cli.Tests.Commands;

public sealed class ArgumentTests
{
    [Theory]
    [InlineData(new string[0], "say what to do")]
    [InlineData(new[] { "investigate" }, "'PATH'")]
    [InlineData(new[] { "investigate", "x", "--min-level", "severe" }, "'severe' is no level. Levels are: informational, low, medium, high, critical.")]
    [InlineData(new[] { "investigate", "x", "--since", "yesterday" }, "'yesterday' is no time that --since understands.")]
    [InlineData(new[] { "investigate", "x", "--until", "2024-13-01" }, "'2024-13-01' is no time that --until understands.")]
    [InlineData(new[] { "investigate", "x", "--threads", "0" }, "'0' is no number of threads.")]
    [InlineData(new[] { "investigate", "x", "--since", "2024-03-02", "--until", "2024-03-01" }, "--since is not before --until")]
    [InlineData(new[] { "investigate", "x", "--rules", "/nowhere/at/all" }, "no such file or folder: /nowhere/at/all")]
    [InlineData(new[] { "investigate", "x", "--nonsense" }, "--nonsense")]
    [InlineData(new[] { "dump" }, "'FILE'")]
    [InlineData(new[] { "rules" }, "list, check, explain or update")]
    [InlineData(new[] { "rules", "check", "/nowhere/at/all" }, "no such file or folder")]
    [InlineData(new[] { "completion", "fish" }, "'fish'")]
    [InlineData(new[] { "frobnicate" }, "frobnicate")]
    public void Wrong_arguments_are_told_and_nothing_is_done(string[] args, string message)
    {
        using var program = new TestProgram();

        Outcome outcome = program.Run(args);

        Assert.Equal(ExitCodes.Usage, outcome.Code);
        Assert.Contains(message, outcome.Error, StringComparison.Ordinal);
        Assert.Equal("", outcome.Out);
    }

    [Fact]
    public void Hostile_arguments_do_not_reach_the_terminal()
    {
        using var program = new TestProgram();

        Outcome outcome = program.Run("\u001b[2J");

        Assert.Equal(ExitCodes.Usage, outcome.Code);
        Assert.DoesNotContain('\u001b', outcome.Error);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("investigate", "--help")]
    [InlineData("rules", "explain", "-h")]
    public void Help_fits_the_page_and_succeeds(params string[] args)
    {
        using var program = new TestProgram();

        Outcome outcome = program.Run(args);

        Assert.Equal(ExitCodes.Done, outcome.Code);
        Assert.StartsWith("Description:", outcome.Out, StringComparison.Ordinal);
        Assert.Contains("  culprit ", outcome.Out, StringComparison.Ordinal);
        Assert.All(outcome.Out.Split('\n'), static line => Assert.True(line.Length <= 100, line));
    }

    [Fact]
    public void Help_names_every_exit_code()
    {
        using var program = new TestProgram();

        string help = program.Run("--help").Out;

        Assert.All(
            new[] { ExitCodes.Done, ExitCodes.Failed, ExitCodes.Usage, ExitCodes.NotRead, ExitCodes.NotWritten, ExitCodes.Interrupted },
            code => Assert.Contains($"\n  {code,-3}  ", help, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("2024-03-01", false, "2024-03-01T00:00:00.0000000Z")]
    [InlineData("2024-03-01", true, "2024-03-02T00:00:00.0000000Z")]
    [InlineData("2024-03-01T12:30", true, "2024-03-01T12:30:00.0000000Z")]
    [InlineData("2024-03-01 12:30:05", false, "2024-03-01T12:30:05.0000000Z")]
    [InlineData("2024-03-01T12:30:05.25Z", false, "2024-03-01T12:30:05.2500000Z")]
    [InlineData("2024-03-01T12:30:05+02:00", false, "2024-03-01T10:30:05.0000000Z")]
    public void Times_are_utc_unless_they_say_otherwise(string text, bool wholeDay, string expected)
    {
        Assert.True(TimeOption.TryParse(text, wholeDay, out DateTimeOffset time));
        Assert.Equal(expected, time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'"));
    }

    [Fact]
    public void The_version_is_one_line()
    {
        using var program = new TestProgram();

        Outcome outcome = program.Run("--version");

        Assert.Equal(ExitCodes.Done, outcome.Code);
        Assert.Matches(@"\Aculprit \d+\.\d+\.\d+\S*\n\z", outcome.Out);
    }
}
