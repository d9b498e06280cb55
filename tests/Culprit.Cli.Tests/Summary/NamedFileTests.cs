using System.IO.Pipes;
using Culprit.Cli.Summary;

namespace Culprit.Cli.Tests.Summary;

public sealed class NamedFileTests
{
    [Fact]
    public void A_pipe_is_refused_rather_than_read_to_an_end_that_may_not_come()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "only Linux names open files");
        using var pipe = new AnonymousPipeServerStream(PipeDirection.Out);

        IOException told = Assert.Throws<IOException>(() => NamedFile.Open($"/proc/self/fd/{pipe.GetClientHandleAsString()}"));

        Assert.Contains("a pipe or a device", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_empty_is_read_as_empty()
    {
        using var program = new TestProgram();
        using Stream empty = NamedFile.Open(program.Write("empty.txt", ""));

        Assert.Equal((true, 0), (empty.CanSeek, empty.Length));
    }

    [Fact]
    public void A_link_is_what_it_leads_to()
    {
        using var program = new TestProgram();
        string file = program.Write("list.txt", "evil.example"), link = file + ".link";
        File.CreateSymbolicLink(link, file);
        using Stream content = NamedFile.Open(link);

        Assert.Equal(12, content.Length);
    }
}
