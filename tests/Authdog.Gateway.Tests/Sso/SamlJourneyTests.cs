using Authdog.Gateway.Tests.Journeys;
using Authdog.Identity.Sso;
using Authdog.Identity.Sso.Saml;
using Authdog.Identity.Sso.Setup;
using Authdog.TestKit;
using Authdog.TestKit.Saml;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Authdog.Gateway.Tests.Sso;

/// <summary>In a real browser, whose rules about cookies of other sites and about forms are the ones that count: the gateway is on <c>localhost</c>, the identity provider on <c>127.0.0.1</c>.</summary>
[Collection("saml")]
public sealed class SamlJourneyTests(SamlFixture fixture)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("redirect", true)]
    public async Task PersonSignsInAndOut(string binding, bool javaScript)
    {
        await fixture.UseAsync("php", new SamlChoices { Binding = binding });
        await fixture.RegisterAsync();
        await using var chromium = await Chromium.StartAsync();
        var page = await OpenAsync(chromium, 1280, javaScript, dark: false, "en-GB");
        try
        {
            await page.GotoAsync(new Uri(fixture.Url, SamlFixture.Login).AbsoluteUri);
            await SeeAsync(page, binding, "login");
            await page.Locator("input[name=email]").FillAsync(SamlFixture.Person);
            await page.Locator("main button[type=submit]").First.ClickAsync();
            await PassAsync(page, page.Locator("input[name=username]"));
            await page.Locator("input[name=username]").FillAsync(SimpleSamlPhpServer.UserName);
            await page.Locator("input[name=password]").FillAsync(SimpleSamlPhpServer.Password);
            await page.Locator("input[name=password]").PressAsync("Enter");
            await PassAsync(page, page.GetByText("app for ada@example.com"));
            (await page.Locator("body").InnerTextAsync()).ShouldStartWith("app for ada@example.com");

            await page.GotoAsync(new Uri(fixture.Url, "/.authdog/logout").AbsoluteUri);
            await page.Locator("main button[type=submit]").ClickAsync();
            await PassAsync(page, page.GetByText("You are signed out").First);
        }
        finally
        {
            await fixture.UseAsync("php", new SamlChoices { Binding = "redirect" });
        }
    }

    /// <summary>Set-up from its link to a live connection, in a browser that runs no script: requests travel by the POST binding, whose page has a button that can be seen.</summary>
    [Fact]
    public async Task AdministratorTriesTheConnectionAndGoesLive_WithoutScripts()
    {
        const string Slug = "journey";
        SamlFixture.Done(await fixture.Changes.BindAsync(SamlFixture.Acme, "example.com", "php", Cancel));
        SamlFixture.Done(await fixture.Changes.BindAsync(SamlFixture.Acme, "example.com", null, Cancel));
        var (link, _) = await fixture.Gateway.Services.GetRequiredService<SetupLinks>().InviteAsync(SamlFixture.Acme, Slug, ConnectionKind.Saml, SetupLinks.DefaultLifetime, Cancel);
        SamlFixture.Done(await fixture.Setup.SetAsync(SamlFixture.Acme, Slug, new SamlChoices { Binding = "post" }, null, Cancel));
        await fixture.RegisterAsync(null, SamlFixture.Registration(await fixture.PublishedAsync(SamlFixture.Acme, Slug)));
        await using var chromium = await Chromium.StartAsync();
        var page = await OpenAsync(chromium, 320, javaScript: false, dark: true, "de-DE");

        await page.GotoAsync(link!);
        await NextAsync(page);
        await page.Locator("select[name=provider]").SelectOptionAsync("other");
        await NextAsync(page);
        await page.ClickThroughAsync(page.Locator("main a.button"));
        await page.Locator("input[name=url]").FillAsync(fixture.Php.EntityId);
        await NextAsync(page);
        await page.Locator("input[name=domain]").FillAsync("example.com");
        await NextAsync(page);
        await page.ClickThroughAsync(page.Locator("main a.button"));
        await NextAsync(page);
        (await page.Locator("form:has(input[name=SAMLRequest]) button").InnerTextAsync()).ShouldBe("Weiter");
        await Screenshots.TakeAsync(page, "setup-1-leaving");

        await PassAsync(page, page.Locator("input[name=username]"));
        await page.Locator("input[name=username]").FillAsync(SimpleSamlPhpServer.UserName);
        await page.Locator("input[name=password]").FillAsync(SimpleSamlPhpServer.Password);
        await page.Locator("input[name=password]").PressAsync("Enter");
        await PassAsync(page, page.Locator("main dl.copy"));
        (await page.Locator("h1").InnerTextAsync()).ShouldBe("Es funktioniert");
        (await page.Locator("dl.copy").InnerTextAsync()).ShouldContain("ada@example.com");
        (await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth")).ShouldBeTrue();
        await Screenshots.TakeAsync(page, "setup-2-report");

        await page.ClickThroughAsync(page.Locator("main a.button"));
        await NextAsync(page);
        (await page.Locator("h1").InnerTextAsync()).ShouldBe("Es ist freigeschaltet");
        SamlFixture.Done(await fixture.Changes.BindAsync(SamlFixture.Acme, "example.com", null, Cancel));
    }

    private static Task NextAsync(IPage page) => page.ClickThroughAsync(page.Locator("main form button[type=submit]").First);

    // PHP's own server answers one after another, on a machine that runs other tests.
    private static async Task<IPage> OpenAsync(Chromium chromium, int width, bool javaScript, bool dark, string locale)
    {
        var page = await chromium.OpenAsync(width, javaScript, dark, locale);
        page.SetDefaultTimeout(15_000);
        return page;
    }

    // Without scripts somebody has to press the button of the page that would post itself.
    private static async Task PassAsync(IPage page, ILocator until)
    {
        var button = page.Locator("form:has(input[name=SAMLResponse]) [type=submit]:visible, form:has(input[name=SAMLRequest]) [type=submit]:visible").First;
        for (var tries = 0; tries < 300 && !await until.IsVisibleAsync(); tries++)
        {
            if (await button.IsVisibleAsync())
            {
                try
                {
                    await button.ClickAsync(new() { Timeout = 2_000 });
                }
                catch (Exception gone) when (gone is TimeoutException or PlaywrightException)
                {
                    // The page has posted itself meanwhile.
                }
            }

            await Task.Delay(50, Cancel);
        }

        (await until.IsVisibleAsync()).ShouldBeTrue($"{page.Url}: {await page.Locator("body").InnerTextAsync()}");
    }

    private static async Task SeeAsync(IPage page, string name, string step)
    {
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        (await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= window.innerWidth")).ShouldBeTrue($"{step} scrolls sideways");
        await Screenshots.TakeAsync(page, $"saml-{name}-{step}");
    }
}
