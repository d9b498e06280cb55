using System.Diagnostics;
using Culprit.Cases;
using Culprit.Tests.Evidence;

namespace Culprit.Tests.Cases;

/// <summary>Where a result goes that the user gives a file for: what is there already may be no file.</summary>
public sealed class OutputFileTests : IDisposable
{
    private readonly EvidenceFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public void A_link_stays_and_what_it_leads_to_is_replaced(bool isThere, bool isRelative)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "making links needs rights there");
        string target = _folder.Of("far/target.json"), link = _folder.Of("link.json");
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        if (isThere)
        {
            File.WriteAllText(target, "before");
        }

        File.CreateSymbolicLink(link, "far/target.json");
        // Named as one does it within a folder, too.
        OutputFile.Write(isRelative ? Path.GetRelativePath(Environment.CurrentDirectory, link) : link, static output => output.Write("after"u8));

        Assert.Equal("far/target.json", new FileInfo(link).LinkTarget);
        Assert.Equal("after", File.ReadAllText(target));
        Assert.Equal([target], Directory.GetFiles(Path.GetDirectoryName(target)!));
    }

    // The folder of the link is reached by a link itself, and the target is told from where it truly lies.
    [Fact]
    public void A_link_is_followed_from_where_it_lies()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "making links needs rights there");
        Directory.CreateDirectory(_folder.Of("deep/down"));
        File.CreateSymbolicLink(_folder.Of("short"), "deep/down");
        File.CreateSymbolicLink(_folder.Of("deep/down/link.json"), "../target.json");
        File.CreateSymbolicLink(_folder.Of("round"), "round");

        OutputFile.Write(_folder.Of("short/link.json"), static output => output.Write("after"u8));

        Assert.Equal("after", File.ReadAllText(_folder.Of("deep/target.json")));
        Assert.False(File.Exists(_folder.Of("target.json")));
        Assert.Throws<IOException>(() => OutputFile.Begin(_folder.Of("round")));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task A_pipe_is_written_to_and_stays_a_pipe(bool byLink, bool isPublished)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "pipes have no names in folders there");
        string pipe = _folder.Of("pipe"), path = byLink ? _folder.Of("link") : pipe;
        using (Process made = Process.Start("mkfifo", [pipe]))
        {
            await made.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        if (byLink)
        {
            File.CreateSymbolicLink(path, pipe);
        }

        Task<string> read = Task.Run(() => File.ReadAllText(pipe), TestContext.Current.CancellationToken);
        await Task.Run(() => Write(path, isPublished), TestContext.Current.CancellationToken);

        Assert.Equal("through", await read);
        Assert.Equal(byLink ? ["link", "pipe"] : ["pipe"], Directory.GetFiles(Path.GetDirectoryName(pipe)!).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(0, new FileInfo(pipe).Length);
    }

    [Fact]
    public void A_file_that_is_empty_is_replaced_as_any_other()
    {
        string path = _folder.Of("empty.json");
        File.WriteAllText(path, "");

        Assert.Throws<IOException>(() => OutputFile.Write(path, static output =>
        {
            output.Write("half"u8);
            throw new IOException("it ends here");
        }));
        Assert.Equal("", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));

        OutputFile.Write(path, static output => output.Write("whole"u8));
        Assert.Equal("whole", File.ReadAllText(path));
    }

    [Fact]
    public void A_folder_is_refused() =>
        Assert.Equal("it is a folder; name a file", Assert.Throws<IOException>(() => OutputFile.Begin(Directory.CreateDirectory(_folder.Of("inner")).FullName)).Message);

    private static void Write(string path, bool isPublished)
    {
        if (!isPublished)
        {
            OutputFile.Write(path, static output => output.Write("through"u8));
            return;
        }

        using var file = OutputFile.Begin(path);
        File.WriteAllText(file.Temporary, "through");
        file.Publish();
    }
}
