using System.Text.Json;

namespace Culprit.Cli.Tests;

public sealed class FolderFilesTests : IDisposable
{
    private readonly TestProgram _program = new();

    public void Dispose() => _program.Dispose();

    [Fact]
    public void A_folder_that_cannot_be_listed_costs_its_own_files_alone()
    {
        _program.Write("top.txt", "");
        _program.Write("kept/other.txt", "");
        string gone = Path.GetDirectoryName(_program.Write("gone/lost.txt", ""))!;
        List<UnreadFolder> notRead = [];
        List<string> found = [];

        foreach (string file in FolderFiles.Below(_program.Folder, static _ => true, notRead))
        {
            found.Add(Path.GetRelativePath(_program.Folder, file).Replace('\\', '/'));
            if (Path.GetFileName(file) == "top.txt")
            {
                // No user may list what is gone by its turn, while some users may list whatever is forbidden to others.
                Directory.Delete(gone, recursive: true);
            }
        }

        Assert.Equal(["top.txt", "kept/other.txt"], found);
        UnreadFolder told = Assert.Single(notRead);
        Assert.Equal(gone, told.Path);
        Assert.Contains(gone, told.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_folder_that_was_asked_for_must_be_there()
    {
        List<UnreadFolder> notRead = [];

        Assert.Throws<DirectoryNotFoundException>(() => FolderFiles.Below(Path.Combine(_program.Folder, "none"), static _ => true, notRead).Count());
        Assert.Empty(notRead);
    }

    [Theory]
    [InlineData(ExitCodes.Failed, "indicators", "check", "DIR")]
    [InlineData(ExitCodes.Done, "indicators", "match", "known-evil.com", "--indicators", "DIR")]
    [InlineData(ExitCodes.Failed, "indicators", "build", "--from", "DIR", "--out", "x.facts.br")]
    [InlineData(ExitCodes.Done, "knowledge", "build", "--from", "DIR", "--out", "x.facts")]
    [InlineData(ExitCodes.Done, "knowledge", "diff", "DIR")]
    [InlineData(ExitCodes.Done, "knowledge", "show", "G0001", "--knowledge", "DIR")]
    [InlineData(ExitCodes.Done, "rules", "check", "DIR")]
    public void A_folder_without_permission_is_told_and_the_rest_used(int code, params string[] arguments)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "nothing is forbidden to this user");
        _program.Write("given/list.txt", "known-evil.com\n");
        _program.Write("given/one.knowledge", "culprit-facts\t1\norigin\tattack\tATT&CK\t1\t2020-01-01\tterms\t\ngroup\tG0001\tFirst\t2017-05-31\n");
        _program.Write("given/evil.yml", TestEvidence.EvilRule);
        WithClosed((given, closed) =>
        {
            Outcome outcome = _program.Run([.. arguments.Select(a => a == "DIR" ? given : a.StartsWith("x.", StringComparison.Ordinal) ? Path.Combine(_program.Folder, a) : a)]);

            Assert.Equal(code, outcome.Code);
            Assert.Contains($"culprit: {closed} is left out: the folder cannot be listed: ", outcome.Error, StringComparison.Ordinal);
            Assert.Equal(arguments[^1] == "x.facts", Array.Exists(Directory.GetFiles(_program.Folder), static f => Path.GetFileName(f).StartsWith("x.", StringComparison.Ordinal)));
        });
    }

    [Fact]
    public void What_judges_without_a_folder_of_lists_says_so_in_what_it_writes()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "nothing is forbidden to this user");
        string rule = _program.Write("evil.yml", TestEvidence.EvilRule), log = _program.Write("log.evtx", TestEvidence.Log("PC-1", "harmless")), report = Path.Combine(_program.Folder, "report");
        _program.Write("given/list.txt", "known-evil.com\n");
        WithClosed((given, closed) =>
        {
            Outcome outcome = _program.Run("investigate", log, "--no-default-rules", "--rules", rule, "--no-indicators", "--indicators", given, "--quiet", "--out", report);

            Assert.Contains("1 folder of indicators left out, because it cannot be listed: ", outcome.Out.Replace("\n   ", "", StringComparison.Ordinal), StringComparison.Ordinal);
            using JsonDocument coverage = JsonDocument.Parse(File.ReadAllText(Path.Combine(report, "coverage.json")));
            JsonElement told = Assert.Single(coverage.RootElement.GetProperty("indicators").GetProperty("folders_not_read").EnumerateArray());
            Assert.Equal(closed, told.GetProperty("path").GetString());
            Assert.NotEqual("", told.GetProperty("reason").GetString());
        });
    }

    private void WithClosed(Action<string, string> act)
    {
        string closed = Path.GetDirectoryName(_program.Write("given/closed/lost.txt", "other-evil.com\n"))!;
        if (!OperatingSystem.IsWindows())
        {
            UnixFileMode before = File.GetUnixFileMode(closed);
            File.SetUnixFileMode(closed, UnixFileMode.None);
            try
            {
                act(Path.GetDirectoryName(closed)!, closed);
            }
            finally
            {
                File.SetUnixFileMode(closed, before);
            }
        }
    }
}
