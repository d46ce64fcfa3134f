using System.Collections.Immutable;
using System.Net;
using Authdog.Gateway.Tests.Hosting;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Sessions;
using Authdog.Identity.Tenants;
using Authdog.Identity.Users;
using Authdog.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Authdog.Gateway.Tests.Journeys;

/// <summary>A form over a sign-in in a real browser: its policies on content, cookies and redirects let it through, and address and links are the app's.</summary>
public sealed class ResumeJourneyTests : IAsyncLifetime
{
    private const string Email = "ada.with.a.rather.long.address@engineering.example.com";
    private UserId _ada;
    private Upstream _upstream = null!;
    private GatewayHost _gateway = null!;
    private Chromium _chromium = null!;

    public async ValueTask InitializeAsync()
    {
        _upstream = await Upstream.StartAsync(app =>
        {
            app.MapGet("/open/form", () => Results.Content("<form method=post action='/strong/pay?x=1' enctype='multipart/form-data'><input name=amount><button>Pay</button></form>", "text/html; charset=utf-8"));
            app.MapPost("/strong/pay", async (HttpRequest request) =>
            {
                var form = await request.ReadFormAsync();
                return Results.Content($"<p id=got>{WebUtility.HtmlEncode(form["amount"])} from {WebUtility.HtmlEncode(request.Headers.Origin)} and {form.Count} field</p><a href=next>Next</a>", "text/html; charset=utf-8");
            });
            app.MapGet("/strong/next", () => "next");
        });
        _gateway = await GatewayHost.StartAsync(new GatewayHostSettings { MapOwn = own => Authdog.Identity.IdentityEndpoints.MapAuthdogIdentity(own) }
            .PublicPolicy()
            .Policy("strong", "  - { name: strong, effect: allow, require: { acr: aal2 } }")
            .Route("open", "/open/{**all}", "open", _upstream.Url)
            .Route("strong", "/strong/{**all}", "strong", _upstream.Url));
        await using (var scope = _gateway.Services.CreateAsyncScope())
        {
            scope.ServiceProvider.GetRequiredService<CurrentTenant>().Id = TenantId.Default;
            var made = await scope.ServiceProvider.GetRequiredService<UserDirectory>().CreateAsync(EmailAddress.TryParse(Email, out var email) ? email : throw new InvalidOperationException(), emailVerified: true, "Ada", passwordHash: null, CancellationToken.None);
            _ada = made!.UserId;
        }

        _chromium = await Chromium.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_chromium is not null)
        {
            await _chromium.DisposeAsync();
        }

        await _gateway.DisposeAsync();
        await _upstream.DisposeAsync();
    }

    [Theory]
    [InlineData("stranger", 1280, true, false, "en-GB")]
    [InlineData("stranger-phone-german", 320, true, true, "de-DE")]
    [InlineData("stranger-no-script", 1280, false, false, "en-GB")]
    [InlineData("step-up", 1280, true, false, "en-GB")]
    [InlineData("step-up-no-script", 1280, false, false, "en-GB")]
    public async Task AppGetsTheFormOnce_WhenThePersonHasSignedIn(string name, int width, bool javaScript, bool dark, string locale)
    {
        var page = await _chromium.OpenAsync(width, javaScript, dark, locale);
        var stepsUp = name.StartsWith("step-up", StringComparison.Ordinal);
        if (stepsUp)
        {
            await SignInAsync(page, AuthenticationFactor.Password(TimeProvider.System.GetUtcNow()));
        }

        await page.GotoAsync($"{_gateway.Url}open/form");
        await page.Locator("input").FillAsync("12 €");
        await page.GetByRole(AriaRole.Button).ClickAsync();
        await page.WaitForURLAsync("**/.authdog/login**", new() { WaitUntil = WaitUntilState.Commit });
        var back = System.Web.HttpUtility.ParseQueryString(new Uri(page.Url).Query)["return"]!;
        back.ShouldStartWith("/.authdog/resume/");

        // What proves a second factor is another test's: here the session is simply there.
        var now = TimeProvider.System.GetUtcNow();
        await SignInAsync(page, AuthenticationFactor.Password(now), new AuthenticationFactor { Method = "totp", Amr = ["otp"], Kinds = FactorKinds.Possession, ProvedAt = now });
        await page.GotoAsync(new Uri(_gateway.Url, back).AbsoluteUri, new PageGotoOptions { WaitUntil = WaitUntilState.Commit });
        if (!stepsUp || !javaScript)
        {
            await page.Locator("button[value=send]").WaitForAsync();
            await Screenshots.TakeAsync(page, $"resume-{name}");
            (await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth")).ShouldBeTrue();
            await page.Locator("button[value=send]").ClickAsync();
        }

        await page.Locator("#got").WaitForAsync();
        (await page.Locator("#got").InnerTextAsync()).ShouldBe($"12 € from {_gateway.Url.GetLeftPart(UriPartial.Authority)} and 1 field");
        new Uri(page.Url).PathAndQuery.ShouldBe("/strong/pay?x=1");
        await page.GetByRole(AriaRole.Link).ClickAsync();
        new Uri(page.Url).AbsolutePath.ShouldBe("/strong/next");

        // Once: whoever comes back to it finds that it is gone.
        (await page.GotoAsync(new Uri(_gateway.Url, back).AbsoluteUri))!.Status.ShouldBe(410);
        await Screenshots.TakeAsync(page, $"resume-gone-{name}");
    }

    private async Task SignInAsync(IPage page, params ImmutableArray<AuthenticationFactor> factors)
    {
        var (cookie, _) = await _gateway.SignInAsync(_ada, Email, factors);
        await page.Context.AddCookiesAsync([new Microsoft.Playwright.Cookie { Name = "authdog", Value = cookie["authdog=".Length..], Url = _gateway.Url.AbsoluteUri, HttpOnly = true }]);
    }
}
