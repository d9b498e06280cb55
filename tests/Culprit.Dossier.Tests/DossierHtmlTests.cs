using System.Text;
using AngleSharp.Html.Parser;
using Culprit.Attribution;
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

    // Reasons are given for saying nothing; what is named has what it rests on.
    [Fact]
    public async Task Of_who_is_named_it_is_said_what_it_rests_on_and_not_that_there_is_no_reason()
    {
        string html = await Rendered.HtmlAsync(MadeUpCases.Rich);

        Assert.Empty(MadeUpCases.Rich.Incidents[0].Assessment!.Reasons);
        Assert.DoesNotContain("No reason was written down", html, StringComparison.Ordinal);
        Assert.Contains("It rests on ", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_user_gave_is_marked_in_picture_and_tables()
    {
        DossierIncident scan = MadeUpCases.Small.Incidents[0];
        Assessment named = MadeUpAssessment.Named(static () => "203.0.113.9", 0);
        Assessment given = named with
        {
            Observations = named.Observations.SetItem(1, named.Observations[1] with { Observation = named.Observations[1].Observation with { Bases = [ObservationBasis.Of(GivenObservations.Basis)], Events = [] } }),
        };
        string Named(string html, string selector) => Assert.Single(
            new HtmlParser().ParseDocument(html).QuerySelectorAll(selector), static one => one.TextContent.Contains("China Chopper", StringComparison.Ordinal)).TextContent;

        string html = await Rendered.HtmlAsync(MadeUpCases.Small with { Incidents = [scan with { Assessment = given }] });

        Assert.All(
            new[] { "text.observed", "table.weights-table th[scope=row]", "table.hypotheses th[scope=row]" },
            selector => Assert.Contains("given by the user", Named(html, selector), StringComparison.Ordinal));
        Assert.Empty(DossierCheck.Check(html, MadeUpCases.Small with { Incidents = [scan with { Assessment = given }] }));
    }

    [Fact]
    public async Task A_small_base_rate_is_not_told_as_none()
    {
        DossierIncident scan = MadeUpCases.Small.Incidents[0] with { Assessment = MadeUpAssessment.Nothing with { UnknownBaseRate = 0.0003 } };

        string html = await Rendered.HtmlAsync(MadeUpCases.Small with { Incidents = [scan] });

        Assert.Contains("before anything is observed</dt><dd>0.03%</dd>", html, StringComparison.Ordinal);
    }
}
