using Microsoft.Playwright;

namespace Culprit.Dossier.Tests.Browser;

/// <summary>One Chromium for all tests that need a real browser. Where none is installed those tests say that they are skipped; none is ever fetched.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/usr/bin/google-chrome-stable"];
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>Where it is; null where there is none.</summary>
    public static string? Program { get; } = Array.Find(Places, File.Exists);

    public async ValueTask InitializeAsync()
    {
        if (Program is not null)
        {
            _playwright = await Playwright.CreateAsync();
            _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Program, Args = ["--no-sandbox", "--disable-gpu"] });
        }
    }

    /// <summary>A page that shows a dossier, as a file that was opened.</summary>
    public async Task<DossierTab> OpenAsync(byte[] html, int width = 1440, int height = 900, ColorScheme scheme = ColorScheme.Light)
    {
        Assert.SkipWhen(_browser is null, "no Chromium is installed");
        string file = Path.Combine(Path.GetTempPath(), $"culprit-dossier-{Guid.NewGuid():n}.html");
        await File.WriteAllBytesAsync(file, html);
        IBrowserContext context = await _browser.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width, Height = height }, ColorScheme = scheme });
        var tab = new DossierTab(context, await context.NewPageAsync(), file);
        await tab.LoadAsync();
        return tab;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}

/// <summary>A dossier in a browser, and what the browser noticed while it showed it.</summary>
public sealed class DossierTab(IBrowserContext context, IPage page, string file) : IAsyncDisposable
{
    /// <summary>The page.</summary>
    public IPage Page { get; } = page;

    /// <summary>Dialogs, requests other than for the file itself, messages of the console and errors.</summary>
    public List<string> Noticed { get; } = [];

    public async Task LoadAsync()
    {
        string own = new Uri(file).AbsoluteUri;
        Page.Dialog += (_, dialog) =>
        {
            Noticed.Add("dialog " + dialog.Message);
            _ = dialog.DismissAsync();
        };
        Page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(own, StringComparison.Ordinal))
            {
                Noticed.Add("request " + request.Url);
            }
        };
        Page.Console += (_, message) => Noticed.Add($"console {message.Text}");
        Page.PageError += (_, error) => Noticed.Add("error " + error);
        context.Page += (_, other) => Noticed.Add("window " + other.Url);
        await Page.GotoAsync(own);
    }

    public async ValueTask DisposeAsync()
    {
        await context.DisposeAsync();
        File.Delete(file);
    }
}
