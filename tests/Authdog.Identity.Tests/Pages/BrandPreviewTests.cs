using System.Net;

namespace Authdog.Identity.Tests.Pages;

/// <summary>A brand that is not live yet is shown in the browser that has its key, on every page, and nowhere else.</summary>
public sealed class BrandPreviewTests : IAsyncLifetime
{
    private const string Key = "aKeyOfTwentyFourLetters1";
    private const string Preview = "/.authdog/brand-preview";

    private readonly PagesHost _host = new PagesHost()
        .With("Login:Brand:ProductName", "Present")
        .With("Login:BrandPreview:Key", Key)
        .With("Login:BrandPreview:Brand:ProductName", "Future")
        .With("Login:BrandPreview:Brand:AccentColor", "#123456")
        .With("Login:BrandPreview:Brand:Texts:en:Login.Title", "Welcome back");

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task EveryPageHasTheNewBrand_InTheBrowserThatOpenedIt_UntilItEnds()
    {
        using var browser = _host.NewBrowser();
        using var other = _host.NewBrowser();

        // The key leaves the address at once.
        var opened = await browser.GetAsync($"{Preview}?key={Key}");
        opened.Location.ShouldBe(Preview);
        var page = await browser.GetAsync(Preview);
        page.Html.ShouldContain("Future");
        page.Html.ShouldNotContain(Key);

        var login = await browser.GetAsync("/.authdog/login");
        login.Title.ShouldBe("Welcome back");
        login.Html.ShouldContain("Future");
        (await StyleAsync(browser, login)).ShouldContain("--accent: #123456");
        var present = await other.GetAsync("/.authdog/login");
        present.Html.ShouldContain("Present");
        present.Html.ShouldNotContain("Future");
        (await StyleAsync(other, present)).ShouldNotContain("#123456");

        await browser.SubmitAsync(page, "/.authdog/brand-preview/end");
        (await browser.GetAsync("/.authdog/login")).Html.ShouldContain("Present");
        (await browser.GetAsync(Preview)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?key=")]
    [InlineData("?key=aKeyOfTwentyFourLetters2")]
    [InlineData("?key=akeyoftwentyfourletters1")]
    public async Task ThereIsNoPreview_WithoutTheKey(string query)
    {
        using var browser = _host.NewBrowser();

        (await browser.GetAsync(Preview + query)).Status.ShouldBe(HttpStatusCode.NotFound);
        browser.Cookie("authdog-brand").ShouldBeNull();
    }

    private static async Task<string> StyleAsync(Browser browser, ReceivedPage page) =>
        (await browser.GetAsync(System.Text.RegularExpressions.Regex.Match(page.Html, "/\\.authdog/assets/brand\\.css\\?v=[0-9a-f]+").Value)).Html;
}
