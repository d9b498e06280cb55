using Culprit.Dossier.Tests.MadeUp;
using Culprit.Dossier.Text;
using Microsoft.Playwright;

namespace Culprit.Dossier.Tests.Browser;

/// <summary>Hostile text in every field, in a real browser: it is text, and nothing of it runs, loads or becomes an element.</summary>
public sealed class HostileTextTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public void There_are_enough_payloads() => Assert.True(Payloads.All.Distinct().Count() >= 300, $"{Payloads.All.Length} payloads");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nothing_runs_and_everything_is_text(bool withPolicy)
    {
        DossierInput input = new Hostile().Input();
        byte[] bytes = await Rendered.BytesAsync(input);
        if (!withPolicy)
        {
            // The policy is the second wall; the first must hold without it.
            string open = System.Text.Encoding.UTF8.GetString(bytes).Replace("http-equiv=\"Content-Security-Policy\"", "name=\"no-policy\"", StringComparison.Ordinal);
            bytes = System.Text.Encoding.UTF8.GetBytes(open);
        }

        await using DossierTab tab = await chromium.OpenAsync(bytes);
        await tab.Page.EvaluateAsync("document.querySelectorAll('details').forEach(d => d.open = true)");
        await tab.Page.Mouse.MoveAsync(700, 400);
        await tab.Page.WaitForTimeoutAsync(300);
        Assert.Empty(tab.Noticed);
        Assert.Null(await tab.Page.EvaluateAsync<int?>("window.__ran"));
        Assert.NotEqual("ran", await tab.Page.TitleAsync());
        Assert.StartsWith("file:", tab.Page.Url, StringComparison.Ordinal);
        Assert.Equal(0, await tab.Page.Locator("script, img, iframe, object, embed, form, input, link, base, video, marquee, template, textarea, select, math, portal, foreignObject, animate, set, x").CountAsync());
        Assert.Equal(1, await tab.Page.Locator("style").CountAsync());
        Assert.Equal(0, await tab.Page.EvaluateAsync<int>(
            "[...document.querySelectorAll('*')].filter(e => [...e.attributes].some(a => a.name.startsWith('on') || a.name === 'style' || (['href', 'src', 'xlink:href'].includes(a.name) && !a.value.startsWith('#')))).length"));
        string[] shown = await tab.Page.Locator(".field .value").AllTextContentsAsync() is { } texts ? [.. texts] : [];
        Assert.Equal(Payloads.All.Select(payload => ShownText.Plain(payload)), shown);
        string visible = await tab.Page.EvaluateAsync<string>("document.body.textContent");
        Assert.DoesNotContain(visible, c => c is '\0' or '\u001b' or '\u202e' or '\u2066' or '\u200f');
    }

    [Fact]
    public async Task Hostile_text_makes_no_page_wider()
    {
        await using DossierTab tab = await chromium.OpenAsync(await Rendered.BytesAsync(new Hostile().Input()), 390);
        await tab.Page.EvaluateAsync("document.querySelectorAll('details').forEach(d => d.open = true)");
        Assert.Equal(390, await tab.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
    }

    [Fact]
    public async Task The_check_finds_nothing_wrong_with_it()
    {
        DossierInput input = new Hostile().Input();
        Assert.Empty(DossierCheck.Check(await Rendered.HtmlAsync(input), input));
    }

    [Fact]
    public async Task A_long_value_is_cut_and_counted()
    {
        var make = new IncidentMaker(MadeUpCases.Start);
        make.Windows(0, "h", "a", 1, "x", null, ("Long", new string('a', 10_000)));
        string html = await Rendered.HtmlAsync(MadeUpCases.Case("n", [make.Make(1, Incidents.IncidentSeverity.Low, null)], []));
        Assert.Contains("5,904 more characters", html, StringComparison.Ordinal);
    }
}
