using System.Net;
using System.Text.Json;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Passkeys;
using Authdog.Identity.Passwords;
using Authdog.Identity.Tests.Pages;
using Authdog.Identity.Users;

namespace Authdog.Identity.Tests.Passkeys;

/// <summary>Passkeys over HTTP, as somebody sends who does not use the pages' script.</summary>
[Trait("Threat", "I7")]
public sealed class PasskeyFlowTests(PasskeyPagesHost host) : IClassFixture<PasskeyPagesHost>
{
    private const string Password = "correct horse battery staple";
    private const string Login = "/.authdog/login?return=%2Fapp";
    private const string Passkeys = "/.authdog/account/passkeys";

    [Fact]
    public async Task SignsInOnce_WhenTheAnswerIsPostedTwice()
    {
        var (authenticator, _) = await RegisteredAsync();
        using var browser = new Browser(host.Pages.Address);
        var question = PasskeyQuestion.Of(await browser.GetAsync(Login));
        var answer = authenticator.Get(question.Options);

        var first = await question.AnswerAsync(browser, answer);
        first.Status.ShouldBe(HttpStatusCode.SeeOther);
        first.Location.ShouldBe("/app");
        var session = browser.Cookie("authdog");
        session.ShouldNotBeNull();

        var second = await question.AnswerAsync(browser, answer);
        second.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        second.Text.ShouldContain("was used already");
        browser.Cookie("authdog").ShouldBe(session);
    }

    [Fact]
    public async Task Refuses_WhenAnotherBrowserPostsTheAnswer()
    {
        var (authenticator, _) = await RegisteredAsync();
        using var victim = new Browser(host.Pages.Address);
        using var thief = new Browser(host.Pages.Address);
        var question = PasskeyQuestion.Of(await victim.GetAsync(Login));
        var own = PasskeyQuestion.Of(await thief.GetAsync(Login));

        // With a page and a login of their own, and with the victim's challenge and answer.
        var answer = await own.AnswerAsync(thief, authenticator.Get(question.Options), ("challenge", question.Challenge));

        answer.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        thief.Cookie("authdog").ShouldBeNull();
    }

    [Fact]
    public async Task Refuses_WhenChallengeIsAnotherTabs()
    {
        var (authenticator, _) = await RegisteredAsync();
        using var browser = new Browser(host.Pages.Address);
        var first = PasskeyQuestion.Of(await browser.GetAsync(Login));
        var second = PasskeyQuestion.Of(await browser.GetAsync("/.authdog/login?return=%2Fother"));

        var answer = await second.AnswerAsync(browser, authenticator.Get(first.Options), ("challenge", first.Challenge));

        answer.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        browser.Cookie("authdog").ShouldBeNull();
    }

    [Fact]
    public async Task AsksAnew_WhenThePageWasOpenForTooLong()
    {
        var (authenticator, _) = await RegisteredAsync();
        using var browser = new Browser(host.Pages.Address);
        var question = PasskeyQuestion.Of(await browser.GetAsync(Login));
        host.Pages.Time.Advance(TimeSpan.FromMinutes(61));

        var late = await question.AnswerAsync(browser, authenticator.Get(question.Options));
        late.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);

        var anew = PasskeyQuestion.Of(late);
        (await anew.AnswerAsync(browser, authenticator.Get(anew.Options))).Location.ShouldBe("/app");
    }

    [Fact]
    [Trait("Threat", "I1")]
    public async Task AsksTheSame_WhetherTheAddressHasAnAccountOrPasskeys()
    {
        var (_, email) = await RegisteredAsync();
        var pages = new List<string>();
        foreach (var address in new[] { email, $"p{Guid.NewGuid():N}@example.com" })
        {
            using var browser = new Browser(host.Pages.Address);
            var page = await browser.FollowAsync(await browser.SubmitAsync(await browser.GetAsync(Login), ("email", address)));
            var flow = page.Form(action: null).Hidden["flow"];
            page = await browser.GetAsync($"{Login}&flow={flow}&method=passkey");
            var question = PasskeyQuestion.Of(page);
            JsonDocument.Parse(question.Options).RootElement.GetProperty("allowCredentials").GetArrayLength().ShouldBe(0);
            var challenge = JsonDocument.Parse(question.Options).RootElement.GetProperty("challenge").GetString()!;
            question.Challenge.Length.ShouldBeInRange(600, 900);
            pages.Add(page.WithoutTokens(address, challenge, question.Challenge, flow));
        }

        pages[0].ShouldBe(pages[1]);
    }

    [Fact]
    [Trait("Threat", "I10")]
    public async Task AnothersPasskey_IsNotFound()
    {
        var (_, other) = await RegisteredAsync();
        await using var bench = new PasskeyBench(host.Pages);
        var theirs = (await bench.Passkeys.ListAsync((await UserAsync(bench, other)).UserId, CancellationToken.None)).Single().Id;
        using var browser = new Browser(host.Pages.Address);
        await SignInAsync(browser);
        var own = await browser.GetAsync(Passkeys + "/add");
        var token = own.Form(action: null).Hidden["__RequestVerificationToken"];

        (await browser.GetAsync($"{Passkeys}/{theirs:D}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await browser.GetAsync($"{Passkeys}/{theirs:D}/remove")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await browser.PostAsync($"{Passkeys}/{theirs:D}", [new("__RequestVerificationToken", token), new("name", "mine")])).Status.ShouldBe(HttpStatusCode.NotFound);
        await browser.PostAsync($"{Passkeys}/{theirs:D}/remove", [new("__RequestVerificationToken", token)]);
        (await bench.Passkeys.ListAsync((await UserAsync(bench, other)).UserId, CancellationToken.None)).Single().Name.ShouldBe("A key");
    }

    [Fact]
    public async Task Refuses_WhenARegistrationOfAnotherSessionIsPosted()
    {
        using var attacker = new Browser(host.Pages.Address);
        using var victim = new Browser(host.Pages.Address);
        using var authenticator = Localhost();
        await SignInAsync(attacker);
        var email = await SignInAsync(victim);
        var prepared = PasskeyQuestion.Of(await attacker.GetAsync(Passkeys + "/add"));
        var asked = PasskeyQuestion.Of(await victim.GetAsync(Passkeys + "/add"));

        var answer = await asked.AnswerAsync(victim, authenticator.Create(prepared.Options), ("challenge", prepared.Challenge));

        answer.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        await using var bench = new PasskeyBench(host.Pages);
        (await bench.Passkeys.ListAsync((await UserAsync(bench, email)).UserId, CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task AddsOne_AndTheSecondPostOfTheSameFormAddsNone()
    {
        using var browser = new Browser(host.Pages.Address);
        using var authenticator = Localhost();
        var email = await SignInAsync(browser);
        var asked = PasskeyQuestion.Of(await browser.GetAsync(Passkeys + "/add"));
        var answer = authenticator.Create(asked.Options);

        (await asked.AnswerAsync(browser, answer)).Location.ShouldBe(Passkeys + "?done=passkey-added");
        (await asked.AnswerAsync(browser, answer)).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);

        await using var bench = new PasskeyBench(host.Pages);
        (await bench.Passkeys.ListAsync((await UserAsync(bench, email)).UserId, CancellationToken.None)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task EveryPage_AsksToSignInFirst()
    {
        using var browser = new Browser(host.Pages.Address);
        var id = Guid.NewGuid();

        foreach (var path in new[] { Passkeys, Passkeys + "/add", Passkeys + "/offer", $"{Passkeys}/{id:D}", $"{Passkeys}/{id:D}/remove" })
        {
            (await browser.GetAsync(path)).Location.ShouldNotBeNull().ShouldStartWith("/.authdog/login?return=", customMessage: path);
        }
    }

    [Fact]
    [Trait("Threat", "B8")]
    public async Task OfferLeadsNowhereElse_WhenTheReturnTargetIsForeign()
    {
        using var browser = new Browser(host.Pages.Address);
        await SignInAsync(browser);
        var page = await browser.GetAsync(Passkeys + "/offer?return=https%3A%2F%2Fevil.example%2F");

        page.Status.ShouldBe(HttpStatusCode.OK);
        (await browser.SubmitAsync(page, Passkeys + "/offer/later")).Location.ShouldBe("/");
    }

    [Fact]
    public async Task ADisabledUsersPasskey_SignsNobodyIn()
    {
        var (authenticator, email) = await RegisteredAsync();
        await using (var bench = new PasskeyBench(host.Pages))
        {
            await bench.Get<UserDirectory>().SetDisabledAsync(await UserAsync(bench, email), disabled: true, CancellationToken.None);
        }

        using var browser = new Browser(host.Pages.Address);
        var question = PasskeyQuestion.Of(await browser.GetAsync(Login));

        (await question.AnswerAsync(browser, authenticator.Get(question.Options))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        browser.Cookie("authdog").ShouldBeNull();
    }

    [Fact]
    public async Task WellKnownPlaces_SayWherePasskeysAndPasswordAre()
    {
        using var browser = new Browser(host.Pages.Address);

        (await browser.GetAsync("/.well-known/change-password")).Location.ShouldBe("/.authdog/account/password");
        var places = JsonDocument.Parse((await browser.GetAsync("/.well-known/passkey-endpoints")).Html).RootElement;
        places.GetProperty("enroll").GetString().ShouldBe(host.Url + Passkeys + "/add");
        places.GetProperty("manage").GetString().ShouldBe(host.Url + Passkeys);
        (await browser.GetAsync("/.well-known/webauthn")).Status.ShouldBe(HttpStatusCode.NotFound, "there are no related origins: the place is the app's");
    }

    [Fact]
    public async Task WellKnownWebAuthn_NamesTheTenantsRelatedOrigins()
    {
        using var browser = new Browser(host.Pages.Address);
        await host.Pages.SetSettingsAsync("""{ "Passkeys": { "RelatedOrigins": ["https://example.net"] } }""");
        var origins = JsonDocument.Parse((await browser.GetAsync("/.well-known/webauthn")).Html).RootElement.GetProperty("origins");
        await host.Pages.SetSettingsAsync("{}");

        origins.EnumerateArray().Select(origin => origin.GetString()).ShouldBe([host.Url, "https://example.net"]);
    }

    private SoftwareAuthenticator Localhost() => new() { Origin = host.Url, RelyingPartyId = "localhost" };

    private async Task<(SoftwareAuthenticator Authenticator, string Email)> RegisteredAsync()
    {
        await using var bench = new PasskeyBench(host.Pages);
        var user = await bench.NewUserAsync();
        var authenticator = new SoftwareAuthenticator { Origin = host.Url, RelyingPartyId = "localhost" };
        await bench.RegisteredAsync(user, authenticator);
        return (authenticator, user.Email!);
    }

    private async Task<string> SignInAsync(Browser browser)
    {
        await using var bench = new PasskeyBench(host.Pages);
        var user = await bench.NewUserAsync(passwordHash: await bench.Get<PasswordHashing>().HashAsync(Password, "test", CancellationToken.None));
        (await new Person(user.Email!, Password).SignInAsync(browser)).Status.ShouldBe(HttpStatusCode.SeeOther);
        return user.Email!;
    }

    private static async Task<User> UserAsync(PasskeyBench bench, string email)
    {
        EmailAddress.TryParse(email, out var parsed).ShouldBeTrue();
        return (await bench.Get<UserDirectory>().FindByEmailAsync(parsed!, CancellationToken.None)).ShouldNotBeNull();
    }
}
