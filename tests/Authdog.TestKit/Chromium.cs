using Microsoft.Playwright;

namespace Authdog.TestKit;

/// <summary>Debian's Chromium, headless: one for all tests of the process, since starting one takes seconds. Each test takes contexts of its own (own cookies, own size), which end with it.</summary>
public sealed class Chromium : IAsyncDisposable
{
    private static readonly SemaphoreSlim s_starting = new(1);
    private static IBrowser? s_shared;

    private readonly IBrowser _browser;
    private readonly IPlaywright? _own;
    private readonly List<IBrowserContext> _contexts = [];

    private Chromium(IBrowser browser, IPlaywright? own) => (_browser, _own) = (browser, own);

    /// <summary>Takes the browser, starting it if this is the first test that needs it.</summary>
    /// <param name="arguments">Further switches of its command line; with any, it is a browser of this test's own.</param>
    public static async Task<Chromium> StartAsync(params IReadOnlyList<string> arguments)
    {
        if (arguments.Count == 0)
        {
            await s_starting.WaitAsync();
            try
            {
                s_shared ??= (await LaunchAsync([])).Browser;
                return new Chromium(s_shared, own: null);
            }
            finally
            {
                s_starting.Release();
            }
        }

        var (playwright, browser) = await LaunchAsync(arguments);
        return new Chromium(browser, playwright);
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
        _contexts.Add(context);
        context.SetDefaultTimeout(15_000);
        return await context.NewPageAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var context in _contexts)
        {
            await context.CloseAsync();
        }

        if (_own is not null)
        {
            await _browser.DisposeAsync();
            _own.Dispose();
        }
    }

    // The driver ends with this process, and its browser with it.
    private static async Task<(IPlaywright Playwright, IBrowser Browser)> LaunchAsync(IReadOnlyList<string> arguments)
    {
        var playwright = await Playwright.CreateAsync();
        return (playwright, await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = "/usr/bin/chromium",
            Args =
            [
                "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
                "--disable-background-networking", "--disable-component-update", .. arguments,
            ],
        }));
    }
}
