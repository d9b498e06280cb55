using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Culprit.Dossier.Tests.MadeUp;
using Culprit.Events;
using Culprit.Incidents;

namespace Culprit.Dossier.Tests;

/// <summary>The check finds what somebody changed in a dossier, and nothing in one that nobody changed.</summary>
public sealed class DossierCheckTests
{
    [Theory]
    [InlineData("Rich")]
    [InlineData("Small")]
    [InlineData("SmallAssessed")]
    [InlineData("NearlyEmpty")]
    [InlineData("Nothing")]
    public async Task A_dossier_as_it_was_written_has_no_problem(string name) =>
        Assert.Empty(DossierCheck.Check(await Rendered.HtmlAsync(MadeUpCases.Named(name)), MadeUpCases.Named(name)));

    [Theory]
    [InlineData("<a class=\"cite\" href=\"#i1-e1\">2</a>", "", "citation is missing")]
    [InlineData("#i1-e1\">2", "#i1-e9\">2", "leads to no record")]
    [InlineData("<span class=\"judgement\">judgement</span>", "", "judgement")]
    [InlineData("/phpmyadmin/</bdi>", "/other/</bdi>", "does not say what the case says")]
    [InlineData("data-offset=\"4096\"", "data-offset=\"4097\"", "another place")]
    [InlineData("byte 4,096", "byte 4,096", "")]
    [InlineData("a45e350dbbdd522f", "b45e350dbbdd522f", "another place")]
    [InlineData("asked web-01 for pages that are not there.", "broke into web-01.", "does not say what the case says")]
    [InlineData("</main>", "<script>1</script></main>", "script")]
    [InlineData("</main>", "<p onclick=\"1\">x</p></main>", "onclick")]
    [InlineData("</main>", "<div data-sentence=\"i1-s99\" id=\"i1-s99\">It was they.</div></main>", "does not have")]
    [InlineData("default-src", "script-src", "policy")]
    public async Task A_change_is_found(string from, string to, string problem)
    {
        string html = await Rendered.HtmlAsync(MadeUpCases.Small);
        Assert.Contains(from, html, StringComparison.Ordinal);
        IReadOnlyList<DossierProblem> found = DossierCheck.Check(html.Replace(from, to, StringComparison.Ordinal), MadeUpCases.Small);
        if (problem.Length == 0)
        {
            Assert.Empty(found);
        }
        else
        {
            Assert.Contains(found, one => one.Problem.Contains(problem, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("probability\" data-label=\"Probability\">62%", "probability\" data-label=\"Probability\">92%", "are others than the case says")]
    [InlineData("data-label=\"Axiom\">&#x2B;1.43", "data-label=\"Axiom\">&#x2B;4.43", "another weight")]
    [InlineData("It is likely that this was the work of Axiom (G0001).", "It was Axiom.", "does not say what the case says")]
    [InlineData("id=\"i1-who\"", "id=\"i1-no\"", "not in the file")]
    public async Task A_change_of_who_did_it_is_found(string from, string to, string problem)
    {
        string html = await Rendered.HtmlAsync(MadeUpCases.Rich);
        Assert.Contains(from, html, StringComparison.Ordinal);
        Assert.Contains(
            DossierCheck.Check(html.Replace(from, to, StringComparison.Ordinal), MadeUpCases.Rich), one => one.Problem.Contains(problem, StringComparison.Ordinal));
    }

    // Less than all of it is no whole ranking, and another order no order.
    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(1, 1)]
    public async Task An_explanation_that_was_taken_out_or_doubled_is_found(int row, int copies)
    {
        string html = await Rendered.HtmlAsync(MadeUpCases.Rich);
        int[] starts = [.. Regex.Matches(html, "<tr[^>]* data-explanation=", RegexOptions.None, TimeSpan.FromSeconds(5)).Select(static m => m.Index)];
        string cut = html[starts[row]..(html.IndexOf("</tr>", starts[row], StringComparison.Ordinal) + "</tr>".Length)];
        string changed = html.Remove(starts[row], cut.Length).Insert(starts[row], string.Concat(Enumerable.Repeat(cut, 2 * copies)));

        Assert.Contains(DossierCheck.Check(changed, MadeUpCases.Rich), static one => one.Problem.Contains("are others than the case says", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_case_that_says_something_else_is_found()
    {
        string html = await Rendered.HtmlAsync(MadeUpCases.Small);
        DossierIncident scan = MadeUpCases.Small.Incidents[0];
        ImmutableArray<IncidentEvent> events = scan.Incident.Events;
        IncidentEvent changed = events[0] with { Fields = events[0].Fields.SetItem(3, new EventField("cs-uri-stem", "/elsewhere/")) };
        DossierInput other = MadeUpCases.Small with { Incidents = [scan with { Incident = scan.Incident with { Events = events.SetItem(0, changed) } }] };
        Assert.Contains(DossierCheck.Check(html, other), problem => problem is { Anchor: "i1-e0" });
    }
}
