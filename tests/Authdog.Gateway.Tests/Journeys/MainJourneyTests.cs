using Authdog.TestKit;
using Microsoft.Playwright;

namespace Authdog.Gateway.Tests.Journeys;

/// <summary>The main job in a real browser, against the program as it is started with nothing configured.</summary>
public sealed class MainJourneyTests : IAsyncLifetime
{
    private const string Password = "correct horse battery staple";

    private readonly string _folder = Directory.CreateTempSubdirectory("authdog-journey-").FullName;
    private GatewayProcess _gateway = null!;
    private Chromium _chromium = null!;
    private Outbox _outbox = null!;

    public async ValueTask InitializeAsync()
    {
        _gateway = await GatewayProcess.StartAsync(_folder);
        _chromium = await Chromium.StartAsync();
        _outbox = new Outbox(Path.Combine(_folder, "data", "outbox"));
    }

    public async ValueTask DisposeAsync()
    {
        if (_chromium is not null)
        {
            await _chromium.DisposeAsync();
        }

        await _gateway.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("desktop", 1280, true, false)]
    [InlineData("phone", 390, true, true)]
    [InlineData("no-script", 1280, false, false)]
    public async Task PersonSignsUpAndUsesTheApp(string name, int width, bool javaScript, bool dark)
    {
        var email = $"{name}@example.com";
        var page = await _chromium.OpenAsync(width, javaScript, dark);

        // Sign up, on the way to the members' page.
        await page.GotoAsync(_gateway.Url);
        await page.Locator("#menu >> text=Members").ClickAsync();
        await SeeAsync(page, name, "1-login");
        await page.GetByRole(AriaRole.Link, new() { Name = "Create an account" }).ClickAsync();
        await page.Locator("input[name=email]").FillAsync(email);
        await page.Locator("input[name=password]").FillAsync(Password);
        await SeeAsync(page, name, "2-sign-up");
        await SubmitAsync(page);
        await SeeAsync(page, name, "3-check-mail");

        // Verify.
        await page.GotoAsync((await _outbox.LinkToAsync(email)).AbsoluteUri);
        await SeeAsync(page, name, "4-verify");
        await SubmitAsync(page);
        await SeeAsync(page, name, "5-verified");
        await page.Locator("main").GetByRole(AriaRole.Link, new() { Name = "Sign in" }).ClickAsync();

        // Sign in; the app knows who it is.
        await SignInAsync(page, email, name);
        new Uri(page.Url).AbsolutePath.ShouldBe("/members/");
        (await page.Locator("body").InnerTextAsync()).ShouldContain(email);
        await SeeAsync(page, name, "8-members");

        // Refused, until the role is given from a shell; the session goes on.
        var refused = await page.GotoAsync($"{_gateway.Url}/admin/");
        refused!.Status.ShouldBe(403);
        await SeeAsync(page, name, "9-refused");
        var (status, output, error) = await GatewayProcess.RunAsync(_folder, "user", "add", email, "--role", "admin");
        status.ShouldBe(0, output + error);
        (await page.GotoAsync($"{_gateway.Url}/admin/"))!.Status.ShouldBe(200);

        // Sign out; the members' page asks again.
        await page.GotoAsync($"{_gateway.Url}/.authdog/account");
        await SeeAsync(page, name, "10-account");
        await page.GotoAsync($"{_gateway.Url}/.authdog/logout");
        await SeeAsync(page, name, "11-sign-out");
        await SubmitAsync(page);
        await page.GotoAsync($"{_gateway.Url}/members/");
        new Uri(page.Url).AbsolutePath.ShouldBe("/.authdog/login");
    }

    [Fact]
    public async Task EveryPageWorksByKeyboardAlone()
    {
        var (status, output, error) = await RunWithPasswordAsync("keys@example.com");
        status.ShouldBe(0, output + error);
        var page = await _chromium.OpenAsync();
        await page.GotoAsync($"{_gateway.Url}/members/");

        // The field has the focus from the start, and Enter submits.
        await page.Keyboard.TypeAsync("keys@example.com");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("input[name=password]").WaitForAsync();
        await page.Keyboard.TypeAsync(Password);
        await page.Keyboard.PressAsync("Enter");

        await page.WaitForURLAsync($"{_gateway.Url}/members/", new() { WaitUntil = WaitUntilState.Commit });
    }

    [Fact]
    public async Task SignInInTwoTabsWorksInBoth()
    {
        var (status, output, error) = await RunWithPasswordAsync("tabs@example.com");
        status.ShouldBe(0, output + error);
        var first = await _chromium.OpenAsync();
        var second = await first.Context.NewPageAsync();
        await first.GotoAsync($"{_gateway.Url}/members/?tab=1");
        await second.GotoAsync($"{_gateway.Url}/members/?tab=2");

        await SignInAsync(first, "tabs@example.com", "tab");

        // The browser is signed in by now: the second tab goes where it wanted to with one click.
        await second.Locator("input[name=email]").FillAsync("tabs@example.com");
        await SubmitAsync(second);

        first.Url.ShouldEndWith("/members/?tab=1");
        second.Url.ShouldEndWith("/members/?tab=2");
    }

    private static async Task SignInAsync(IPage page, string email, string name)
    {
        if (await page.Locator("input[name=email]").IsVisibleAsync())
        {
            await page.Locator("input[name=email]").FillAsync(email);
            await SubmitAsync(page);
        }

        await SeeAsync(page, name, "6-password");
        await page.Locator("input[name=password]").FillAsync("not the password at all");
        await SubmitAsync(page);
        await SeeAsync(page, name, "7-wrong-password");
        await page.Locator("input[name=password]").FillAsync(Password);
        await SubmitAsync(page);
    }

    private static Task SubmitAsync(IPage page) => page.ClickThroughAsync(page.Locator("main button[type=submit]").First);

    private Task<(int ExitStatus, string Output, string Error)> RunWithPasswordAsync(string email) =>
        GatewayProcess.RunWithInputAsync(_folder, Password, "user", "add", email, "--password-stdin");

    /// <summary>No page may scroll sideways, whatever its width; and a picture for whoever looks.</summary>
    private static async Task SeeAsync(IPage page, string name, string step)
    {
        await Screenshots.TakeAsync(page, $"{name}-{step}");
        var overflow = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        overflow.ShouldBeLessThanOrEqualTo(0, $"{step} scrolls sideways");
    }
}
