using System.Diagnostics;

namespace Culprit.Cli.Tests.Commands;

public sealed class CompletionTests
{
    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("powershell")]
    public void Every_command_and_option_is_completed(string shell)
    {
        using var program = new TestProgram();

        Outcome outcome = program.Run("completion", shell);

        Assert.Equal(ExitCodes.Done, outcome.Code);
        Assert.All(
            new[] { "investigate", "dump", "rules", "list", "check", "explain", "update", "completion", "--rules", "--min-level", "critical", "--xml", "--from", "bash", "attribute", "--base-rate" },
            word => Assert.Contains(word, outcome.Out, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("culprit ", "attribute completion dump evaluate export hunt indicators investigate knowledge link note report rules tag timeline verify")]
    [InlineData("culprit inv", "investigate")]
    [InlineData("culprit rules ", "check explain list update")]
    [InlineData("culprit rules list --le", "--level")]
    [InlineData("culprit knowledge ", "build diff show update")]
    [InlineData("culprit knowledge show APT29 --format j", "json")]
    [InlineData("culprit investigate x --min-level cr", "critical")]
    [InlineData("culprit completion z", "zsh")]
    public void Bash_completes_as_the_script_says(string line, string expected)
    {
        Assert.SkipWhen(!File.Exists("/bin/bash"), "there is no bash here");
        using var program = new TestProgram();
        string script = program.Write("completion.bash", program.Run("completion", "bash").Out);
        string[] words = line.Split(' ');
        string test = $"""
            source '{script}'
            COMP_WORDS=({string.Join(' ', words.Select(static w => "'" + w + "'"))})
            COMP_CWORD={words.Length - 1}
            _culprit
            printf '%s\n' "${"{COMPREPLY[@]}"}" | sort | tr '\n' ' '
            """;

        using Process bash = Process.Start(new ProcessStartInfo("/bin/bash", ["-c", test]) { RedirectStandardOutput = true, UseShellExecute = false })!;
        string completed = bash.StandardOutput.ReadToEnd();
        bash.WaitForExit();

        Assert.Equal(0, bash.ExitCode);
        Assert.Equal(expected, completed.Trim());
    }
}
