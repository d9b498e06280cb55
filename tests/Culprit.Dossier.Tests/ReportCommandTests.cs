using Culprit.Cli;
using Culprit.Cli.Commands;
using Culprit.Cli.Terminal;
using Culprit.Dossier.Tests.MadeUp;

namespace Culprit.Dossier.Tests;

/// <summary><c>culprit report</c> over a reader that gives a made-up case.</summary>
public sealed class ReportCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("culprit-report-").FullName;
    private readonly StringWriter _out = new();
    private readonly StringWriter _error = new();

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        _out.Dispose();
        _error.Dispose();
    }

    [Fact]
    public void It_writes_the_page_and_says_where()
    {
        Assert.Equal(ExitCodes.Done, Run(_folder, "--no-pdf"));
        string file = Path.Combine(_folder, "dossier.html");
        Assert.Equal(file, _out.ToString().Trim());
        Assert.Empty(DossierCheck.Check(File.ReadAllText(file), Cases.Small));
    }

    [Fact]
    public void The_key_lies_apart_from_what_it_opens()
    {
        Assert.Equal(ExitCodes.Done, Run(_folder, "--no-pdf", "--redact", "accounts,hosts,addresses"));
        string html = File.ReadAllText(Path.Combine(_folder, "redacted", "dossier.html"));
        Assert.DoesNotContain("198.51.100.9", html, StringComparison.Ordinal);
        Assert.Contains("198.51.100.9", File.ReadAllText(Path.Combine(_folder, "redaction-key.json")), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_folder, "redacted", "redaction-key.json")));
    }

    [Fact]
    public void It_does_not_lay_the_key_beside_the_dossier()
    {
        Assert.Equal(ExitCodes.Usage, Run(_folder, "--no-pdf", "--redact", "hosts", "--out", _folder));
        Assert.Contains("the key would lie beside", _error.ToString(), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
    }

    [Fact]
    public void Without_a_browser_the_page_is_written_all_the_same()
    {
        Assert.Equal(ExitCodes.NotWritten, Run(_folder));
        Assert.True(File.Exists(Path.Combine(_folder, "dossier.html")));
        Assert.Contains("install Chromium", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_case_that_cannot_be_read_is_told()
    {
        Assert.Equal(ExitCodes.NotRead, Run("nowhere"));
        Assert.Contains("nowhere: there is no such case", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_redacted_is_told() =>
        Assert.Contains("'names' cannot be redacted", Command().Parse([_folder, "--redact", "accounts,names"]).Errors[0].Message, StringComparison.Ordinal);

    private int Run(params string[] args) => Command().Parse(args).Invoke();

    private System.CommandLine.Command Command()
    {
        var host = new CliHost { OutStream = Stream.Null, Out = _out, Error = _error, Environment = static _ => null };
        return ReportCommand.Create(host, (string path, out string problem) =>
        {
            problem = path == _folder ? "" : "there is no such case";
            return path == _folder ? Cases.Small : null;
        });
    }
}
