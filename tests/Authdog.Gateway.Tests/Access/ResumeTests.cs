using System.Net;
using System.Text;
using System.Web;
using Authdog.Gateway.Tests.Hosting;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Sessions;

namespace Authdog.Gateway.Tests.Access;

/// <summary>A form that came before its sign-in is sent once, afterwards, by whoever sent it, and to where it was sent.</summary>
public sealed class ResumeTests : IClassFixture<ResumeFixture>
{
    private readonly ResumeFixture _fixture;
    private readonly GatewayHost _gateway;
    private readonly Browser _browser;
    private readonly UserId _ada = UserId.New(TimeProvider.System.GetUtcNow());

    public ResumeTests(ResumeFixture fixture)
    {
        (_fixture, _gateway) = (fixture, fixture.Gateway);
        _browser = new Browser(_gateway);
        fixture.Forms.Clear();
    }

    [Fact]
    public async Task IsSentOnce_WhenThePersonHasSignedIn()
    {
        var back = await KeepAsync("/pay?to=1&x=%2F", Browser.Form(("amount", "1 000 €"), ("to", "grace")), ("Referer", _browser.Origin + "/pay"));
        back.ShouldStartWith("/.authdog/resume/");
        await SignInAsync();

        using var answer = await _browser.ConfirmAsync(back);

        (await answer.Content.ReadAsStringAsync()).ShouldBe("carried out");
        var form = _fixture.Forms.ShouldHaveSingleItem();
        form.Target.ShouldBe("/pay?to=1&x=%2F");
        form.Text.ShouldBe("amount=1+000+%E2%82%AC&to=grace");
        form.Headers["Content-Type"].ShouldBe("application/x-www-form-urlencoded");
        form.Headers["Content-Length"].ShouldBe("31");
        form.Headers["Origin"].ShouldBe(_browser.Origin);
        form.Headers["Referer"].ShouldBe(_browser.Origin + "/pay");
        form.Headers["X-Authdog-User"].ShouldBe(_ada.ToString());
        form.Headers.ShouldContainKey("X-Authdog-Assertion");
        _browser.Cookies.Keys.ShouldNotContain(name => name.Contains("resume", StringComparison.Ordinal));
        _browser.Cookies.ShouldContainKey("app");
    }

    [Fact]
    public async Task BytesAreTheSame_WhenTheBodyIsBinary()
    {
        var bytes = Enumerable.Range(0, 200_000).Select(i => (byte)(i * 31)).ToArray();
        using var file = new MultipartFormDataContent("b0undary") { { new ByteArrayContent(bytes), "file", "a.bin" } };
        var sent = await file.ReadAsByteArrayAsync();
        var back = await KeepAsync("/upload", file);
        await SignInAsync();

        using var answer = await _browser.ConfirmAsync(back);

        var form = _fixture.Forms.ShouldHaveSingleItem();
        form.Body.ShouldBe(sent);
        form.Headers["Content-Type"].ShouldContain("boundary=\"b0undary\"");
    }

    [Fact]
    public async Task ChunksAreKeptToo_WhenNoLengthIsSaid()
    {
        var back = await KeepAsync("/pay", new Chunked("amount=7"));
        await SignInAsync();
        using var answer = await _browser.ConfirmAsync(back);
        _fixture.Forms.ShouldHaveSingleItem().Text.ShouldBe("amount=7");
    }

    [Fact]
    public async Task IsKeptOnceMore_WhenItComesBackOverItsRateLimit()
    {
        var back = await KeepAsync("/limited/pay", Browser.Form(("a", "1")));
        await SignInAsync();
        using (await _browser.GetAsync("/limited/other"))
        {
        }

        using var limited = await _browser.ConfirmAsync(back);

        limited.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        var wait = limited.Headers.RetryAfter!.Delta!.Value;
        _fixture.Forms.ShouldBeEmpty();
        var again = HttpUtility.HtmlDecode(System.Text.RegularExpressions.Regex.Match(await limited.Content.ReadAsStringAsync(), "href=\"(/.authdog/resume/[^\"]+)\"").Groups[1].Value);
        await Task.Delay(wait, TestContext.Current.CancellationToken);
        using var answer = await _browser.ConfirmAsync(again);
        (await answer.Content.ReadAsStringAsync()).ShouldBe("carried out");
        _fixture.Forms.ShouldHaveSingleItem().Text.ShouldBe("a=1");
    }

    [Fact]
    public async Task SendsItself_WhenStepUpIsDone()
    {
        await SignInAsync();
        var location = await RefusedAsync("/strong/pay", Browser.Form(("a", "1")));
        location.ShouldContain("&acr=aal2");
        await SignInAsync(aal2: true);

        using var page = await _browser.GetAsync(Back(location));
        (await page.Content.ReadAsStringAsync()).ShouldContain("data-submit=\"true\"");
        using var answer = await _browser.ConfirmAsync(Back(location));

        _fixture.Forms.ShouldHaveSingleItem().Text.ShouldBe("a=1");
    }

    [Fact]
    public async Task AsksFirst_WhenNobodyWasSignedIn()
    {
        var back = await KeepAsync("/pay", Browser.Form(("a", "1")));
        await SignInAsync();
        using var page = await _browser.GetAsync(back);
        var text = await page.Content.ReadAsStringAsync();
        text.ShouldNotContain("data-submit=\"true\"");
        text.ShouldContain("ada@example.com");
        text.ShouldContain("/pay");
        _fixture.Forms.ShouldBeEmpty();
    }

    [Fact]
    public async Task IsForgotten_WhenThePersonDoesNotWantIt()
    {
        var back = await KeepAsync("/pay", Browser.Form(("a", "1")));
        await SignInAsync();
        using var answer = await _browser.ConfirmAsync(back, "discard");
        (await answer.Content.ReadAsStringAsync()).ShouldBe("carried out");
        _fixture.Forms.ShouldBeEmpty();
        using var again = await _browser.GetAsync(back);
        again.StatusCode.ShouldBe(HttpStatusCode.Gone);
    }

    [Fact]
    public async Task PolicyDecidesAgain_WhenItIsSent()
    {
        var back = await KeepAsync("/mine/pay", Browser.Form(("a", "1")));
        await SignInAsync(email: "grace@example.com");
        using var answer = await _browser.ConfirmAsync(back);
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        _fixture.Forms.ShouldBeEmpty();
    }

    [Fact]
    public async Task IsKeptAgain_WhenMoreIsAskedForAtTheTarget()
    {
        var back = await KeepAsync("/strong/pay", Browser.Form(("a", "1")));
        await SignInAsync();
        using var weak = await _browser.ConfirmAsync(back);
        weak.StatusCode.ShouldBe(HttpStatusCode.Found);
        var again = Back(weak.Headers.Location!.OriginalString);
        again.ShouldNotBe(back);
        using var page = await _browser.GetAsync(again);
        (await page.Content.ReadAsStringAsync()).ShouldNotContain("data-submit=\"true\"", customMessage: "a login that knows no better would send it round and round");
        await SignInAsync(aal2: true);
        using var strong = await _browser.ConfirmAsync(again);
        _fixture.Forms.ShouldHaveSingleItem().Text.ShouldBe("a=1");
    }

    [Fact]
    [Trait("Threat", "B15")]
    public async Task IsSentOnce_WhenItIsConfirmedByMany()
    {
        var back = await KeepAsync("/pay", Browser.Form(("a", "1")));
        await SignInAsync();
        using var page = await _browser.GetAsync(back);
        var token = Browser.TokenOf(await page.Content.ReadAsStringAsync());
        using var redirect = await _browser.PostAsync(back, Browser.Form(("__RequestVerificationToken", token)), origin: "null");
        redirect.StatusCode.ShouldBe(HttpStatusCode.TemporaryRedirect);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => _browser.Copy(_gateway).PostAsync("/pay", Browser.Form(("answer", "send")), origin: "null")));
        answers.Count(answer => answer.StatusCode == HttpStatusCode.OK).ShouldBe(1);
        answers.Count(answer => answer.StatusCode == HttpStatusCode.SeeOther).ShouldBe(7);
        _fixture.Forms.ShouldHaveSingleItem().Text.ShouldBe("a=1");
    }

    [Fact]
    [Trait("Threat", "B15")]
    public async Task ConfirmationDoesNotReachTheApp_WhenTheFormIsGone()
    {
        var back = await KeepAsync("/pay", Browser.Form(("a", "1")));
        await SignInAsync();
        using var page = await _browser.GetAsync(back);
        var token = Browser.TokenOf(await page.Content.ReadAsStringAsync());
        using var redirect = await _browser.PostAsync(back, Browser.Form(("__RequestVerificationToken", token)), origin: "null");
        var copy = _browser.Copy(_gateway);
        using var first = await _browser.PostAsync("/pay", Browser.Form(("__RequestVerificationToken", token)), origin: "null");
        using var second = await copy.PostAsync("/pay", Browser.Form(("__RequestVerificationToken", token)), origin: "null");
        first.StatusCode.ShouldBe(HttpStatusCode.OK);
        second.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        _fixture.Forms.ShouldHaveSingleItem().Text.ShouldBe("a=1");
    }

    [Theory]
    [Trait("Threat", "B15")]
    [InlineData("cross-site", "own")]
    [InlineData("same-site", "own")]
    [InlineData("cross-site", "https://evil.example")]
    [InlineData("same-origin", "https://evil.example")]
    [InlineData(null, "https://evil.example")]
    [InlineData(null, "null")]
    [InlineData(null, null)]
    public async Task IsLost_WhenAnotherSiteSendsIt(string? site, string? origin)
    {
        using var answer = await _browser.PostAsync("/pay", Browser.Form(("amount", "1000000")), site, origin);
        answer.StatusCode.ShouldBe(HttpStatusCode.Found);
        Back(answer.Headers.Location!.OriginalString).ShouldBe("/.authdog/resume?return=%2Fpay");
        await SignInAsync();
        using var page = await _browser.GetAsync("/.authdog/resume?return=%2Fpay");
        (await page.Content.ReadAsStringAsync()).ShouldContain("href=\"/pay\"");
        _fixture.Forms.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("same-origin", null)]
    [InlineData("same-origin", "null")]
    [InlineData("none", null)]
    [InlineData(null, "own")]
    public async Task IsKept_WhenThisSiteSendsIt(string? site, string? origin)
    {
        using var answer = await _browser.PostAsync("/pay", Browser.Form(("a", "1")), site, origin);
        Back(answer.Headers.Location!.OriginalString).ShouldStartWith("/.authdog/resume/");
    }

    [Fact]
    [Trait("Threat", "B15")]
    public async Task IsNobodys_WhenAnotherBrowserAsks()
    {
        var back = await KeepAsync("/pay", Browser.Form(("a", "1")));
        var other = new Browser(_gateway);
        await SignInAsync(other);
        using var page = await other.GetAsync(back);
        page.StatusCode.ShouldBe(HttpStatusCode.Gone);
        _fixture.Forms.ShouldBeEmpty();
    }

    [Fact]
    [Trait("Threat", "B15")]
    public async Task IsRefused_WhenAnotherUserSignsIn()
    {
        await SignInAsync();
        var back = Back(await RefusedAsync("/strong/pay", Browser.Form(("a", "1"))));
        var (cookie, _) = await _gateway.SignInAsync("mallory@example.com");
        _browser.Set(cookie);
        using var page = await _browser.GetAsync(back);
        page.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await page.Content.ReadAsStringAsync()).ShouldNotContain("ada@");

        // The cookie of the last hop, made by hand, helps no more.
        var id = back["/.authdog/resume/".Length..].Split('?')[0];
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("/strong/pay"u8))[..32];
        _browser.Set($"authdog-resume-00000000={hash}{id}");
        using var hop = await _browser.PostAsync("/strong/pay", Browser.Form(("a", "2")), origin: "null");
        hop.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        _fixture.Forms.ShouldBeEmpty();
    }

    [Fact]
    [Trait("Threat", "B15")]
    public async Task AsksForSignInFirst_WhenNobodyIsSignedIn()
    {
        var back = await KeepAsync("/pay", Browser.Form(("a", "1")));
        using var page = await _browser.GetAsync(back);
        page.StatusCode.ShouldBe(HttpStatusCode.SeeOther);
        page.Headers.Location!.OriginalString.ShouldStartWith("/.authdog/login?return=%2F.authdog%2Fresume%2F");
    }

    [Fact]
    [Trait("Threat", "B15")]
    public async Task NothingIsSent_WhenTheConfirmationIsForged()
    {
        var back = await KeepAsync("/pay", Browser.Form(("a", "1")));
        await SignInAsync();
        using var forged = await _browser.PostAsync(back, Browser.Form(("answer", "send")), "cross-site", "https://evil.example");
        forged.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        using var get = await _browser.GetAsync(back + "&answer=send");
        get.StatusCode.ShouldBe(HttpStatusCode.OK);
        _fixture.Forms.ShouldBeEmpty();
    }

    [Theory]
    [Trait("Threat", "B8")]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example")]
    public async Task LeadsNowhereElse_WhenTheReturnIsForged(string target)
    {
        using var page = await _browser.GetAsync("/.authdog/resume?return=" + Uri.EscapeDataString(target));
        (await page.Content.ReadAsStringAsync()).ShouldContain("<a class=\"button\" href=\"/\">");
    }

    [Theory]
    [Trait("Threat", "B18")]
    [InlineData("/pay", 262_145)]
    [InlineData("/small/pay", 101)]
    public async Task IsLost_WhenItIsTooLarge(string target, int length)
    {
        foreach (var content in new HttpContent[] { new StringContent(new string('a', length), Encoding.UTF8, "text/plain"), new Chunked(new string('a', length)) })
        {
            (await KeepAsync(target, content)).ShouldBe($"/.authdog/resume?return={Uri.EscapeDataString(target)}");
        }
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/octet-stream")]
    [InlineData("text/plainer")]
    public async Task IsLost_WhenNoFormIsLikeIt(string type) =>
        (await KeepAsync("/pay", new ByteArrayContent([1]) { Headers = { { "Content-Type", type } } })).ShouldBe("/.authdog/resume?return=%2Fpay");

    [Fact]
    [Trait("Threat", "B16")]
    public async Task NeitherBodyNorIdIsLogged()
    {
        var back = await KeepAsync("/pay", Browser.Form(("card", "4111-secret")));
        await SignInAsync();
        using var answer = await _browser.ConfirmAsync(back);
        var id = back.Split('?')[0][^22..];
        _gateway.Logs.Lines.ShouldNotContain(line => line.Contains("4111-secret", StringComparison.Ordinal));
        _gateway.Logs.Lines.Where(line => line.Contains("Authdog.", StringComparison.Ordinal)).ShouldNotContain(line => line.Contains(id, StringComparison.Ordinal));
    }

    private async Task<string> KeepAsync(string target, HttpContent content, params (string Name, string Value)[] headers) => Back(await RefusedAsync(target, content, headers));

    private async Task<string> RefusedAsync(string target, HttpContent content, params (string Name, string Value)[] headers)
    {
        using var answer = await _browser.PostAsync(target, content, headers: headers);
        answer.StatusCode.ShouldBe(HttpStatusCode.Found);
        return answer.Headers.Location!.OriginalString;
    }

    private static string Back(string location) => HttpUtility.ParseQueryString(location.Split('?', 2)[1])["return"]!;

    private Task SignInAsync(bool aal2 = false, string email = "ada@example.com") => SignInAsync(_browser, aal2, email);

    private async Task SignInAsync(Browser browser, bool aal2 = false, string email = "ada@example.com")
    {
        var now = TimeProvider.System.GetUtcNow();
        var otp = new AuthenticationFactor { Method = "totp", Amr = ["otp"], Kinds = FactorKinds.Possession, ProvedAt = now };
        var (cookie, _) = await _gateway.SignInAsync(_ada, email, aal2 ? [AuthenticationFactor.Password(now), otp] : [AuthenticationFactor.Password(now)]);
        browser.Set(cookie);
    }

    private sealed class Chunked : HttpContent
    {
        private readonly byte[] _bytes;

        public Chunked(string text)
        {
            _bytes = Encoding.UTF8.GetBytes(text);
            Headers.ContentType = new("text/plain");
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => stream.WriteAsync(_bytes).AsTask();

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
