using System.Text;
using Culprit.Cli.Pdf;
using Culprit.Dossier.Tests.MadeUp;

namespace Culprit.Dossier.Tests;

/// <summary>The dossier on paper.</summary>
public sealed class PrintTests
{
    [Fact]
    public async Task A_case_is_printed_to_the_same_pages_and_bytes_each_time()
    {
        string? browser = BrowserPrinter.Find(Environment.GetEnvironmentVariable, File.Exists);
        Assert.SkipWhen(browser is null, "no browser is installed");
        DirectoryInfo folder = Directory.CreateTempSubdirectory("culprit-print-test-");
        try
        {
            string html = Path.Combine(folder.FullName, "dossier.html"), first = Path.Combine(folder.FullName, "1.pdf"), second = Path.Combine(folder.FullName, "2.pdf");
            await File.WriteAllBytesAsync(html, await Rendered.BytesAsync(MadeUpCases.Rich));
            Assert.Equal("", await BrowserPrinter.PrintAsync(browser, html, first, TestContext.Current.CancellationToken));
            Assert.Equal("", await BrowserPrinter.PrintAsync(browser, html, second, TestContext.Current.CancellationToken));
            byte[] pdf = await File.ReadAllBytesAsync(first);
            Assert.Equal(pdf, await File.ReadAllBytesAsync(second));
            string text = Encoding.Latin1.GetString(pdf);
            Assert.StartsWith("%PDF-", text, StringComparison.Ordinal);
            Assert.Contains("(D:20000101000000+00'00')", text, StringComparison.Ordinal);
            int pages = text.Split("/Type /Page\n").Length - 1;
            // Closed records are printed open: some two hundred of them fill far more than the story's pages.
            Assert.InRange(pages, 20, 120);
            Assert.Contains("/Font", text, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void The_browser_is_the_one_that_is_named_or_the_first_that_is_there()
    {
        Assert.Equal("/x/edge", BrowserPrinter.Find(name => name is "CULPRIT_BROWSER" ? "/x/edge" : null, _ => true));
        Assert.Null(BrowserPrinter.Find(name => name is "CULPRIT_BROWSER" ? "/x/edge" : "/usr/bin", path => path is not "/x/edge"));
        Assert.Null(BrowserPrinter.Find(_ => null, _ => false));
        if (OperatingSystem.IsLinux())
        {
            Assert.Equal("/b/google-chrome", BrowserPrinter.Find(name => name is "PATH" ? "/a:relative:/b" : null, path => path is "/b/google-chrome"));
        }
    }

    [Fact]
    public async Task A_browser_that_does_not_start_is_told_in_a_sentence()
    {
        string problem = await BrowserPrinter.PrintAsync("/nowhere/browser", "x.html", "x.pdf", TestContext.Current.CancellationToken);
        Assert.Contains("did not start", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/CreationDate (D:20261126005000+00'00')\n/ModDate (D:20261126005000+02'00')>>", "/CreationDate (D:20000101000000+00'00')\n/ModDate (D:20000101000000+02'00')>>")]
    [InlineData("/ID [<AB12><CD34>] /Root 1", "/ID [<0000><0000>] /Root 1")]
    [InlineData("/ID (node00001130)>> /Names [(node00001129) 3 0 R (node00001130)]", "/ID (node00000001)>> /Names [(node00000000) 3 0 R (node00000001)]")]
    [InlineData("(node7) (nodes) (node", "(node7) (nodes) (node")]
    [InlineData("/CreationDate (D:", "/CreationDate (D:")]
    [InlineData("nothing", "nothing")]
    public void Dates_and_identifiers_are_constant(string before, string after)
    {
        byte[] bytes = Encoding.Latin1.GetBytes(before);
        PdfDates.MakeConstant(bytes);
        Assert.Equal(after, Encoding.Latin1.GetString(bytes));
    }
}
