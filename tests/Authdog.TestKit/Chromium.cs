using Microsoft.Playwright;

namespace Authdog.TestKit;

/// <summary>Debian's Chromium, headless, started once for a test class. Each test takes a context of its own: own cookies, own size.</summary>
public sealed class Chromium : IAsyncDisposable
{
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Chromium(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    /// <summary>Starts the browser.</summary>
    /// <param name="arguments">Further switches of its command line.</param>
    public static async Task<Chromium> StartAsync(params IEnumerable<string> arguments)
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = "/usr/bin/chromium",
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
                "--disable-background-networking", "--disable-component-update", .. arguments,
            ],
        });
        return new Chromium(playwright, browser);
    }

    /// <summary>A fresh browser profile with one page.</summary>
    /// <param name="width">Width of the window in CSS pixels; 390 is a phone.</param>
    /// <param name="javaScript">Whether scripts run.</param>
    /// <param name="dark">Whether the person prefers dark colours.</param>
    /// <param name="locale">Language that the browser asks for.</param>
    public async Task<IPage> OpenAsync(int width = 1280, bool javaScript = true, bool dark = false, string locale = "en-GB")
    {
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = width < 600 ? 844 : 900 },
            IsMobile = width < 600,
            HasTouch = width < 600,
            JavaScriptEnabled = javaScript,
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            Locale = locale,
        });
        context.SetDefaultTimeout(15_000);
        return await context.NewPageAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
