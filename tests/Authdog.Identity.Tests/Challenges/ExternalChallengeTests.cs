using System.Net;
using Authdog.Identity.Audit;
using Authdog.Identity.Audit.Chain;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Pages;
using Authdog.Identity.Tests.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.Tests.Challenges;

/// <summary>The second step: a provider's widget, and its answers verified with it.</summary>
public sealed class ExternalChallengeTests : IAsyncLifetime
{
    private readonly PagesHost _host = new();
    private ExternalStandIn _provider = null!;

    public async ValueTask InitializeAsync()
    {
        _provider = await ExternalStandIn.StartAsync();
        await _host
            .With("BotProtection:External:Provider", "Turnstile")
            .With("BotProtection:External:SiteKey", ExternalStandIn.SiteKey)
            .With("BotProtection:External:SecretKey", ExternalStandIn.Secret)
            .With("BotProtection:External:VerifyUrl", _provider.Url + "/siteverify")
            .With("BotProtection:External:Timeout", "00:00:01")
            .With("BotProtection:Signals:Honeypot", "100")
            .With("BotProtection:Challenges:WorkBits", "8")
            .InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [Fact]
    public async Task FormGoesOn_WhenTheProviderSaysSo_Once()
    {
        using var browser = _host.NewBrowser();
        var page = await AskAsync(browser);
        page.Html.ShouldContain("class=\"cf-turnstile widget\" data-sitekey=\"site-key\" data-action=\"authdog\"");
        page.Html.ShouldNotContain(ExternalStandIn.Secret);
        page.Headers["Content-Security-Policy"].ShouldContain("script-src 'self' https://challenges.cloudflare.com;");
        page.Headers["Content-Security-Policy"].ShouldContain("frame-src https://challenges.cloudflare.com");
        var answer = _provider.Answer();

        (await browser.SubmitAsync(page, ("cf-turnstile-response", answer))).Location.ShouldNotBeNull();
        _provider.LastAsked!["remoteip"].ToString().ShouldBe("127.0.0.1");
        (await browser.SubmitAsync(await AskAsync(browser, again: true), ("cf-turnstile-response", answer))).Location.ShouldBeNull();
    }

    [Fact]
    public async Task PolicyStaysShut_OnAllOtherPages()
    {
        using var browser = _host.NewBrowser();

        (await browser.GetAsync(PagePaths.Login)).Headers["Content-Security-Policy"].ShouldBe(PageRenderer.ContentSecurityPolicy);
    }

    [Theory]
    [Trait("Threat", "I2")]
    [InlineData("")]
    [InlineData("made-up")]
    public async Task MadeUpAnswer_IsRefused(string answer)
    {
        using var browser = _host.NewBrowser();

        (await browser.SubmitAsync(await AskAsync(browser), ("cf-turnstile-response", answer))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    [Trait("Threat", "I2")]
    public async Task AnswerGivenOnAnotherSite_IsRefused()
    {
        using var browser = _host.NewBrowser();
        _provider.Hostname = "phishing.example";

        (await browser.SubmitAsync(await AskAsync(browser), ("cf-turnstile-response", _provider.Answer()))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    [Trait("Threat", "I2")]
    public async Task EasierChallengeOfARoute_DoesNotDo()
    {
        using var browser = _host.NewBrowser();
        var asked = await AskAsync(browser);
        var easy = await browser.GetAsync(PagePaths.Challenge);

        var answer = await browser.SubmitAsync(asked, ("challenge-sealed", easy.Form(null).Hidden["challenge-sealed"]), ("challenge-work", Solver.Solve(easy)));

        answer.Location.ShouldBeNull();
        answer.Html.ShouldContain("cf-turnstile");
    }

    [Theory]
    [InlineData("slow")]
    [InlineData("broken")]
    [InlineData("nonsense")]
    [InlineData("huge")]
    public async Task WorkTakesItsPlace_WhenTheProviderDoesNotAnswer(string failure)
    {
        using var browser = _host.NewBrowser();
        _provider.Failure = failure switch
        {
            "slow" => context => Task.Delay(TimeSpan.FromSeconds(30), context.RequestAborted),
            "broken" => context =>
            {
                context.Response.StatusCode = 500;
                return Task.CompletedTask;
            },
            "huge" => context => context.Response.WriteAsync(new string(' ', 1_000_000) + "{\"success\":true}"),
            _ => context => context.Response.WriteAsync("<html>"),
        };

        var page = await browser.SubmitAsync(await AskAsync(browser), ("cf-turnstile-response", "anything"));

        page.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        Solver.Bits(page).ShouldBe(12);
        (await Solver.PassAsync(browser, page)).Location.ShouldNotBeNull();
        (await _host.Services.GetRequiredService<AuditReader>().ListAsync(TenantId.Default, new AuditQuery { Kinds = [AuditEventKind.ChallengeProviderFailed] }, CancellationToken.None))
            .ShouldHaveSingleItem().Detail.ShouldBe("Turnstile");
    }

    // A pass of the level that was asked for lets the next form through, so that one is asked of a browser without.
    private static async Task<ReceivedPage> AskAsync(Browser browser, bool again = false)
    {
        if (again)
        {
            browser.Forget("authdog-pass");
        }

        return await browser.SubmitAsync(await browser.GetAsync(PagePaths.Login), ("email", "ada@example.com"), ("leave-empty", "x"));
    }
}
