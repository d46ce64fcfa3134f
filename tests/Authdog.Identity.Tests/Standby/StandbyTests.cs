using System.Net;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Login;
using Authdog.Identity.Passwords;
using Authdog.Identity.Redis;
using Authdog.Identity.Sessions;
using Authdog.Identity.Standby;
using Authdog.Identity.Tests.Mfa;
using Authdog.Identity.Tests.Pages;
using Authdog.Identity.Tests.Passkeys;
using Authdog.Identity.Tests.Redis;
using Authdog.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.Tests.Standby;

/// <summary>Sign-ins while Redis is away.</summary>
public sealed class StandbyTests(StandbyHost host) : IClassFixture<StandbyHost>, IAsyncLifetime
{
    private const string Session = "/.authdog/session";

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    // The next test finds it there.
    public async ValueTask DisposeAsync()
    {
        host.Redis.Kill();
        await host.Redis.StartAgainAsync();
        foreach (var node in new[] { host.Node, host.Other })
        {
            await Eventually.TrueAsync(() => Task.FromResult(node.Services.GetRequiredService<RedisConnection>().IsConnected));
        }
    }

    [Fact]
    public async Task LoginGoesOn_OnEveryNode_WhenRedisIsAway()
    {
        using var browser = host.Node.NewBrowser();
        var person = await PersonAsync();
        host.Redis.Kill();

        (await person.SignInAsync(browser, "/members?x=1")).Location.ShouldBe("/members?x=1");

        (await browser.GetAsync(Session)).Html.ShouldContain(person.Email);
        var token = browser.Cookie("authdog")!;
        (await FindAsync(host.Other, token)).ShouldBeOfType<SessionLookup.Found>();

        // It lives on where it was begun, and is one of the person's sessions like any other.
        await host.Redis.StartAgainAsync();
        await Eventually.TrueAsync(async () => await browser.GetAsync(Session) is { Status: HttpStatusCode.OK });
        await Eventually.TrueAsync(() => Task.FromResult(host.Node.Services.GetRequiredService<RedisConnection>().IsConnected));
        var session = await host.Node.SessionAsync(browser);
        (await Sessions(host.Node).ListAsync(TenantId.Default, session.User, default)).ShouldHaveSingleItem().Id.ShouldBe(session.Id);

        // Out on one node is out on the other, which may believe its copy for a second.
        (await browser.SubmitAsync(await browser.GetAsync("/.authdog/logout"))).Status.ShouldBe(HttpStatusCode.SeeOther);
        host.Other.Time.Advance(TimeSpan.FromSeconds(1));
        (await FindAsync(host.Other, token)).ShouldBeOfType<SessionLookup.Absent>();
        (await FindAsync(host.Node, token)).ShouldBeOfType<SessionLookup.Absent>();
    }

    [Fact, Trait("Threat", "I6")]
    public async Task AsksForTheSecondStep_WhenRedisIsAway()
    {
        using var browser = host.Node.NewBrowser();
        var person = await PersonAsync();
        (await person.SignInAsync(browser)).Status.ShouldBe(HttpStatusCode.SeeOther);
        var app = await AuthenticatorApp.SetUpAsync(host.Node, browser);
        host.Redis.Kill();
        using var other = host.Node.NewBrowser();

        var code = await other.FollowAsync(await person.SignInAsync(other, "/members"));
        code.Title.ShouldBe("Enter the code from your app");
        other.Cookie("authdog").ShouldBeNull();
        (await other.SubmitAsync(code, ("code", app.WrongCode))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var right = app.NextCode();
        (await other.SubmitAsync(code, ("code", right))).Location.ShouldBe("/members");

        // What was used stays used.
        using var thief = host.Node.NewBrowser();
        (await thief.SubmitAsync(await thief.FollowAsync(await person.SignInAsync(thief)), ("code", right))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact, Trait("Threat", "I6")]
    public async Task AResetOfTheSecondStepIsCalledOff_WhenTheStepIsShownMeanwhile()
    {
        using var browser = host.Node.NewBrowser();
        var person = await PersonAsync();
        await person.SignInAsync(browser);
        var app = await AuthenticatorApp.SetUpAsync(host.Node, browser);
        var user = (await host.Node.SessionAsync(browser)).User;
        var resets = host.Node.Services.GetRequiredService<SecondStepResets>();
        var begun = (await resets.BeginAsync(TenantId.Default, user, TimeSpan.FromHours(1), default)).ShouldNotBeNull();
        host.Redis.Kill();
        using var owner = host.Node.NewBrowser();
        (await owner.SubmitAsync(await owner.FollowAsync(await person.SignInAsync(owner)), ("code", app.NextCode()))).Status.ShouldBe(HttpStatusCode.SeeOther);
        await host.Redis.StartAgainAsync();
        await Eventually.TrueAsync(() => Task.FromResult(host.Node.Services.GetRequiredService<RedisConnection>().IsConnected));

        (await resets.PeekAsync(TenantId.Default, begun.Finish, cancel: false, default)).ShouldBeNull();
        (await resets.BeginAsync(TenantId.Default, user, TimeSpan.FromHours(1), default)).ShouldNotBeNull("another may begin");
    }

    [Fact, Trait("Threat", "I7")]
    public async Task TakesAPasskeysAnswerOnce_BeforeMeanwhileAndAfter_WhenRedisGoesAndComes()
    {
        await using var bench = new PasskeyBench(host.Node);
        var user = await bench.NewUserAsync();
        var authenticator = new SoftwareAuthenticator { Origin = host.Url, RelyingPartyId = "localhost" };
        await bench.RegisteredAsync(user, authenticator);
        using var browser = new Browser(host.Node.Address);
        var before = PasskeyQuestion.Of(await browser.GetAsync("/.authdog/login?return=%2Fapp"));
        var answer = authenticator.Get(before.Options);
        (await before.AnswerAsync(browser, answer)).Location.ShouldBe("/app");

        host.Redis.Kill();

        (await before.AnswerAsync(browser, answer)).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        using var other = new Browser(host.Node.Address);
        var meanwhile = PasskeyQuestion.Of(await other.GetAsync("/.authdog/login?return=%2Fapp"));
        answer = authenticator.Get(meanwhile.Options);
        (await meanwhile.AnswerAsync(other, answer)).Location.ShouldBe("/app");
        other.Cookie("authdog").ShouldNotBeNull();
        (await meanwhile.AnswerAsync(other, answer)).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);

        await host.Redis.StartAgainAsync();
        await Eventually.TrueAsync(() => Task.FromResult(host.Node.Services.GetRequiredService<RedisConnection>().IsConnected));
        (await meanwhile.AnswerAsync(other, answer)).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact, Trait("Threat", "I12")]
    public async Task TheSessionBeforeEndsWhenRedisIsBack_WhenAnotherWasBegunInItsPlace()
    {
        using var browser = host.Node.NewBrowser();
        var person = await PersonAsync();
        await person.SignInAsync(browser);
        var before = browser.Cookie("authdog")!;
        host.Redis.Kill();
        host.Node.Time.Advance(TimeSpan.FromSeconds(6));
        (await browser.GetAsync(Session)).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);

        // Nobody is shown the way back into a session that cannot be read: they sign in anew.
        (await person.SignInAsync(browser)).Status.ShouldBe(HttpStatusCode.SeeOther);
        var token = browser.Cookie("authdog")!;
        token.ShouldNotBe(before);

        await host.Redis.StartAgainAsync();
        await Eventually.TrueAsync(async () => await FindAsync(host.Node, before) is SessionLookup.Absent);
        (await FindAsync(host.Node, token)).ShouldBeOfType<SessionLookup.Found>();
    }

    [Fact, Trait("Threat", "B11")]
    public async Task EndsWhatItCanAndSaysThatItIsNotAll_WhenAllSessionsShallEndMeanwhile()
    {
        using var browser = host.Node.NewBrowser();
        var person = await PersonAsync();
        host.Redis.Kill();
        await person.SignInAsync(browser);
        var session = await host.Node.SessionAsync(browser);

        await Should.ThrowAsync<StoreUnavailableException>(() => Sessions(host.Node).RevokeAllAsync(TenantId.Default, session.User, null, default));

        (await FindAsync(host.Node, browser.Cookie("authdog")!)).ShouldBeOfType<SessionLookup.Absent>();
    }

    [Fact, Trait("Threat", "I10")]
    public async Task IsNothingInAnotherTenant_WhenALoginWasBegunMeanwhile()
    {
        using var browser = host.Node.NewBrowser();
        var person = await PersonAsync();
        host.Redis.Kill();
        var page = await browser.GetAsync("/.authdog/login");
        var asked = await browser.SubmitAsync(page, ("email", person.Email));
        var id = Uri.UnescapeDataString(asked.Location!.Split("flow=")[1].Split('&')[0]);
        id.ShouldStartWith("~");
        var store = host.Node.Services.GetRequiredService<StandbyStore>();

        (await store.FindAsync(TenantId.Default, "login", id, default)).ShouldNotBeNull();
        (await store.FindAsync(Tenant("other"), "login", id, default)).ShouldBeNull();
        (await store.DeleteAsync(Tenant("other"), "login", [id], default)).ShouldBe(0);

        // Nor is it anything to another browser.
        using var thief = host.Node.NewBrowser();
        (await thief.GetAsync($"/.authdog/login?flow={Uri.EscapeDataString(id)}")).Html.ShouldNotContain("name=\"password\"");
    }

    [Fact, Trait("Threat", "B9")]
    public async Task OneOfTwoCompletes_WhenTheSameLoginIsSentTwiceAtOnce()
    {
        var person = await PersonAsync();
        host.Redis.Kill();
        using var browser = host.Node.NewBrowser();
        var page = await browser.FollowAsync(await browser.SubmitAsync(await browser.GetAsync("/.authdog/login"), ("email", person.Email)));

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => browser.SubmitAsync(page, ("password", person.Password))));

        var user = (await host.Node.SessionAsync(browser)).User;
        (await host.Node.Services.GetRequiredService<StandbyStore>().ListAsync(TenantId.Default, "session", user.Value, default)).Count.ShouldBe(1);
    }

    [Fact, Trait("Threat", "I2")]
    public async Task GuessesAreCounted_WhenRedisIsAway()
    {
        var person = await PersonAsync();
        host.Redis.Kill();
        using var browser = host.Node.NewBrowser();
        var answers = new List<ReceivedPage>();
        for (var i = 0; i < 11; i++)
        {
            answers.Add(await person.SignInAsync(browser, password: "a wrong password of somebody"));
        }

        answers[0].Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        answers[^1].Status.ShouldBe(HttpStatusCode.TooManyRequests);
        (await person.SignInAsync(browser)).Status.ShouldBe(HttpStatusCode.TooManyRequests);
        browser.Cookie("authdog").ShouldBeNull();
    }

    [Fact]
    public async Task NobodySignsIn_WhenThereIsNoStandby()
    {
        await using var node = host.NewNode(host.Node.Folder + "-without", "http://127.0.0.1:0").With("Redis:Standby", "false");
        await node.InitializeAsync();
        host.Redis.Kill();
        using var browser = node.NewBrowser();

        (await browser.SubmitAsync(await browser.GetAsync("/.authdog/login"), ("email", Person.New().Email))).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task WaitsTwiceAndNotAgain_WhenRedisHangs()
    {
        var person = await PersonAsync();
        await host.Redis.HangAsync();
        using var browser = host.Node.NewBrowser();
        var waited = System.Diagnostics.Stopwatch.StartNew();

        (await person.SignInAsync(browser)).Status.ShouldBe(HttpStatusCode.SeeOther);

        // Some twenty operations of a second each otherwise.
        waited.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(12));
    }

    private static TenantId Tenant(string id) => TenantId.TryParse(id, out var tenant) ? tenant : throw new ArgumentException(id);

    private static SessionStore Sessions(PagesHost node) => node.Services.GetRequiredService<SessionStore>();

    private static async Task<SessionLookup> FindAsync(PagesHost node, string token) => await Sessions(node).FindAsync(token, default);

    private async Task<Person> PersonAsync()
    {
        await using var bench = new PasskeyBench(host.Node);
        var person = Person.New();
        var user = await bench.NewUserAsync(passwordHash: await bench.Get<PasswordHashing>().HashAsync(person.Password, "test", CancellationToken.None));
        return person with { Email = user.Email! };
    }
}
