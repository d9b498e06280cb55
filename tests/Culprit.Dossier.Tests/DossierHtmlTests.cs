using System.Text;
using Culprit.Dossier.Tests.MadeUp;
using Culprit.TestSupport;

namespace Culprit.Dossier.Tests;

/// <summary>The file as a whole.</summary>
public sealed class DossierHtmlTests
{
    [Fact]
    public async Task The_same_case_gives_the_same_bytes()
    {
        byte[] once = await Rendered.BytesAsync(MadeUpCases.Rich);
        byte[] twice = await Rendered.BytesAsync(MadeUpCases.Rich);
        Assert.Equal(once, twice);
    }

    [Theory]
    [InlineData("small", "Small")]
    [InlineData("small-assessed", "SmallAssessed")]
    [InlineData("nearly-empty", "NearlyEmpty")]
    [InlineData("nothing", "Nothing")]
    public async Task A_small_case_is_written_as_the_golden_file_says(string file, string name)
    {
        string html = (await Rendered.HtmlAsync(MadeUpCases.Named(name))).Replace(DossierStyle.Element, "<style></style>", StringComparison.Ordinal)
            .Replace(DossierStyle.Policy.Split('\'')[3].Replace("+", "&#x2B;", StringComparison.Ordinal), "sha256-OF-THE-STYLE", StringComparison.Ordinal);
        string path = Path.Combine(RepositoryRoot.Path, "tests", "Data", "Dossier", file + ".html");
        if (Environment.GetEnvironmentVariable("CULPRIT_UPDATE_GOLDENS") is not null)
        {
            await File.WriteAllTextAsync(path, html, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        }

        Assert.Equal(await File.ReadAllTextAsync(path), html);
    }
}
