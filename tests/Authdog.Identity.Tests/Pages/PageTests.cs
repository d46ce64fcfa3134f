using System.Net;
using System.Text.RegularExpressions;
using Authdog.Identity.Pages;

namespace Authdog.Identity.Tests.Pages;

[Collection(PagesCollection.Name)]
public sealed partial class PageTests(PagesHost host)
{
    [Theory]
    [InlineData(PagePaths.Login)]
    [InlineData(PagePaths.SignUp)]
    [InlineData(PagePaths.Recover)]
    [InlineData(PagePaths.Logout)]
    [InlineData("/fail/Forbidden")]
    [InlineData("/.authdog/verify-email?token=x")]
    public async Task HasNothingInlineAndMayNotBeStored_WhenServed(string path)
    {
        using var browser = host.NewBrowser();
        var page = await browser.GetAsync(path);

        page.Headers["Content-Security-Policy"].ShouldBe("default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'");
        page.Headers["Cache-Control"].ShouldContain("no-store");
        page.Headers["Referrer-Policy"].ShouldBe("no-referrer");
        Inline().IsMatch(page.Html).ShouldBeFalse();
        page.Html.ShouldContain("<html lang=\"en\">");
        foreach (Match asset in Assets().Matches(page.Html))
        {
            (await browser.GetAsync(asset.Groups[1].Value)).Headers["Cache-Control"].ShouldContain("immutable");
        }
    }

    [Fact]
    public async Task SpeaksTheChosenLanguage_WhenAskedByHeaderParameterOrCookie()
    {
        using var browser = host.NewBrowser();
        browser.Client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("fr, de-AT;q=0.8, en;q=0.7");
        (await browser.GetAsync(PagePaths.Login)).Title.ShouldBe("Anmelden");
        (await browser.GetAsync(PagePaths.Login + "?lang=en")).Title.ShouldBe("Sign in");
        (await browser.GetAsync(PagePaths.Login)).Title.ShouldBe("Sign in");
        (await browser.GetAsync(PagePaths.Login + "?lang=xx")).Title.ShouldBe("Sign in");
    }

    [Theory]
    [InlineData(ErrorKind.NotFound, HttpStatusCode.NotFound)]
    [InlineData(ErrorKind.Forbidden, HttpStatusCode.Forbidden)]
    [InlineData(ErrorKind.TooManyRequests, HttpStatusCode.TooManyRequests)]
    [InlineData(ErrorKind.PlainHttp, HttpStatusCode.BadRequest)]
    [InlineData(ErrorKind.Failed, HttpStatusCode.InternalServerError)]
    [InlineData(ErrorKind.Unavailable, HttpStatusCode.ServiceUnavailable)]
    public async Task ShowsTheReference_WhenSomethingWentWrong(ErrorKind kind, HttpStatusCode status)
    {
        using var browser = host.NewBrowser();
        var page = await browser.GetAsync($"/fail/{kind}");

        page.Status.ShouldBe(status);
        page.Text.ShouldContain("a reference");
        page.Headers.ContainsKey("Retry-After").ShouldBe(kind is ErrorKind.Unavailable or ErrorKind.TooManyRequests);
        page.Headers.ShouldNotContainKey("Set-Cookie");
    }

    [GeneratedRegex(@"<style|style=""|<script(?![^>]* src=)|\son[a-z]+=""|javascript:", RegexOptions.IgnoreCase)]
    private static partial Regex Inline();

    [GeneratedRegex(@"(?:href|src)=""(/\.authdog/assets/[^""]+)""")]
    private static partial Regex Assets();
}
