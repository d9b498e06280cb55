using Culprit.Dossier.Tests.MadeUp;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Culprit.Dossier.Tests.Browser;

/// <summary>The page for everybody: axe, three sizes, the keyboard.</summary>
public sealed class AccessTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Theory]
    [InlineData("Rich", ColorScheme.Light, 1440)]
    [InlineData("Rich", ColorScheme.Dark, 390)]
    [InlineData("NearlyEmpty", ColorScheme.Light, 820)]
    public async Task Axe_finds_nothing_serious(string name, ColorScheme scheme, int width)
    {
        await using DossierTab tab = await chromium.OpenAsync(await Rendered.BytesAsync(MadeUpCases.Named(name)), width, scheme: scheme);
        // A few records open, as a reader leaves them; axe takes minutes over hundreds.
        await tab.Page.EvaluateAsync("document.querySelectorAll('details.record').forEach((d, i) => { if (i > 4) d.remove(); else d.open = true; })");
        AxeResult result = await tab.Page.RunAxe();
        string[] grave = [.. result.Violations
            .Where(violation => violation.Impact is "serious" or "critical")
            .Select(violation => $"{violation.Id}: {violation.Help}: {string.Join("; ", violation.Nodes.Take(3).Select(node => node.Html))}")];
        Assert.Empty(grave);
        Assert.NotEmpty(result.Passes);
    }

    [Theory]
    [InlineData(390)]
    [InlineData(820)]
    [InlineData(1440)]
    public async Task The_page_does_not_scroll_sideways(int width)
    {
        await using DossierTab tab = await chromium.OpenAsync(await Rendered.BytesAsync(MadeUpCases.Rich), width);
        await tab.Page.EvaluateAsync("document.querySelectorAll('details').forEach(d => d.open = true)");
        Assert.Equal(width, await tab.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        string[] wide = await tab.Page.EvaluateAsync<string[]>(
            "[...document.querySelectorAll('body *')].filter(e => !e.closest('.skip') && e.getBoundingClientRect().right > innerWidth + 1).slice(0, 5).map(e => e.outerHTML.slice(0, 200))");
        Assert.Empty(wide);
    }

    [Fact]
    public async Task The_keyboard_reaches_the_skip_link_the_contents_and_the_citations()
    {
        await using DossierTab tab = await chromium.OpenAsync(await Rendered.BytesAsync(MadeUpCases.Rich));
        await tab.Page.Keyboard.PressAsync("Tab");
        Assert.Equal("#content", await Focused(tab, "getAttribute('href')"));
        Assert.True(await tab.Page.EvaluateAsync<bool>("document.activeElement.getBoundingClientRect().top >= 0"));
        await tab.Page.Keyboard.PressAsync("Enter");
        await tab.Page.Keyboard.PressAsync("Tab");
        Assert.Equal("cite", await Focused(tab, "className"));
        Assert.NotEqual("none", await Focused(tab, "computedStyleMap().get('outline-style').toString()"));
    }

    [Fact]
    public async Task A_citation_opens_its_record_and_the_record_leads_back()
    {
        await using DossierTab tab = await chromium.OpenAsync(await Rendered.BytesAsync(MadeUpCases.Rich), 390);
        ILocator cite = tab.Page.Locator("#summary a.cite").First;
        string target = (await cite.GetAttributeAsync("href"))![1..];
        ILocator record = tab.Page.Locator($"#{target}");
        Assert.False(await record.IsVisibleAsync());
        await cite.FocusAsync();
        await tab.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(record).ToBeVisibleAsync();
        await Assertions.Expect(record).ToBeInViewportAsync();
        foreach (string part in new[] { ".path", ".offset", ".hash" })
        {
            Assert.True(await record.Locator(part).First.IsVisibleAsync());
        }

        await record.Locator("a.back").First.ClickAsync();
        await Assertions.Expect(tab.Page.Locator("#summary .sentence").First).ToBeInViewportAsync();
    }

    [Fact]
    public async Task Headings_follow_each_other_and_landmarks_are_there()
    {
        await using DossierTab tab = await chromium.OpenAsync(await Rendered.BytesAsync(MadeUpCases.Rich));
        int[] levels = await tab.Page.EvaluateAsync<int[]>("[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(h => +h.tagName[1])");
        Assert.Equal(1, levels[0]);
        Assert.Single(levels, level => level == 1);
        Assert.DoesNotContain(levels.Zip(levels.Skip(1)), pair => pair.Second > pair.First + 1);
        foreach (string landmark in new[] { "main", "nav", "header", "footer" })
        {
            Assert.True(await tab.Page.Locator(landmark).CountAsync() > 0, landmark);
        }

        Assert.Equal(0, await tab.Page.Locator("table:not(:has(caption)), th:not([scope])").CountAsync());
        Assert.Empty(tab.Noticed);
    }

    private static async Task<string?> Focused(DossierTab tab, string of) => await tab.Page.EvaluateAsync<string?>("document.activeElement." + of);
}
