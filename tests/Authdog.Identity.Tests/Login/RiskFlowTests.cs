using System.Globalization;
using System.Net;
using Authdog.Identity.Audit;
using Authdog.Identity.Audit.Chain;
using Authdog.Identity.Bots;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Login.Risk;
using Authdog.Identity.Sessions;
using Authdog.Identity.Tests.Pages;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Authdog.Identity.Tests.Login;

/// <summary>Somebody has the right password and comes from where the owner never was.</summary>
public sealed class RiskFlowTests : IAsyncLifetime
{
    private const string Home = "127.0.0.1";
    private const string Sydney = "127.0.0.2";
    private const string Paris = "127.0.0.3";
    private const string Potsdam = "127.0.0.4";
    private const string Nowhere = "127.0.0.9";
    private const string Blocked = "127.0.1.9";

    private static readonly Dictionary<string, SignInPlace> s_places = new()
    {
        [Home] = new("DE", 52.52, 13.40),
        [Sydney] = new("AU", -33.87, 151.21),
        [Paris] = new("FR", 48.86, 2.35),
        [Potsdam] = new("DE", 52.39, 13.06),
    };

    private readonly PagesHost _host = new()
    {
        Replace = services => services
            .Replace(ServiceDescriptor.Singleton(new SignInPlaces(address => s_places.GetValueOrDefault(address.ToString()))))
            .Replace(ServiceDescriptor.Singleton(new BotScoring(context => context.Request.Headers["X-Test-Score"] is [{ } score] ? BotScore.Of([new BotSignal("test", int.Parse(score, CultureInfo.InvariantCulture))]) : BotScore.None))),
    };

    private readonly string _list = Path.GetTempFileName();

    public ValueTask InitializeAsync()
    {
        File.WriteAllText(_list, "# known attackers\n127.0.1.0/24\n");
        _host.With("Login:Risk:BlockedNetworksFile", _list).With("Login:Risk:FastestTravel", "900");
        return _host.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        File.Delete(_list);
    }

    [Fact]
    [Trait("Threat", "I2")]
    public async Task AsksForACodeByMail_WhenNobodyTravelsThatFast()
    {
        var person = await UsedAtHomeAsync();
        _host.Time.Advance(TimeSpan.FromMinutes(30));
        using var far = _host.NewBrowser(Sydney);

        var page = await far.FollowAsync(await person.SignInAsync(far, "/members"));

        page.Title.ShouldBe("Confirm that it is you");
        (await far.GetAsync("/.authdog/session")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        _host.Mail.To(person.Email).Count.ShouldBe(1, "nothing is sent before it is asked for");
        page = await far.FollowAsync(await far.SubmitAsync(page, ("send", "1")));
        var code = Mailbox.Code(await _host.Mail.ReceiveAsync(person.Email, 2));
        (await far.SubmitAsync(page, ("code", code == "000000" ? "000001" : "000000"))).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);

        // Another browser that knows the address of the page is asked to begin.
        using var stranger = _host.NewBrowser(Sydney);
        var flow = page.Form(null).Hidden["flow"];
        (await stranger.FollowAsync(await stranger.GetAsync("/.authdog/login/confirm?flow=" + flow))).Title.ShouldNotBe("Confirm that it is you");

        var done = await far.SubmitAsync(page, ("code", code));
        (await far.GetAsync(done.Location!)).Location.ShouldBe("/members");
        (await far.GetAsync("/.authdog/session")).Status.ShouldBe(HttpStatusCode.OK);
        (await EventsAsync(AuditEventKind.SignInRisky)).ShouldHaveSingleItem().Detail.ShouldBe("NewDevice NewCountry ImpossibleTravel: High, StepUp");
        (await _host.Mail.ReceiveAsync(person.Email, 4)).ShouldNotBeNull();
    }

    [Fact]
    public async Task TellsTheOwner_WhenTheCountryIsNew()
    {
        var person = await UsedAtHomeAsync();
        _host.Time.Advance(TimeSpan.FromDays(2));
        using var away = _host.NewBrowser(Paris);

        // Neither who guesses there nor another account makes it the owner's.
        (await person.SignInAsync(away, "/members", "wrong wrong wrong wrong")).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        using var local = _host.NewBrowser(Paris);
        (await (await Person.New().SignUpAsync(_host, local)).SignInAsync(local)).Location.ShouldBe("/");

        (await person.SignInAsync(away, "/members")).Location.ShouldBe("/members");

        (await EventsAsync(AuditEventKind.SignInRisky)).ShouldHaveSingleItem().Detail.ShouldBe("NewDevice NewCountry: High, Notice");
        (await _host.SessionAsync(away)).Risk.ShouldBe(SignInRisk.High, "two at once");
        _host.Time.Advance(TimeSpan.FromDays(2));
        using var again = _host.NewBrowser(Paris);
        (await person.SignInAsync(again, "/members")).Location.ShouldBe("/members");
        (await EventsAsync(AuditEventKind.SignInRisky)).Count.ShouldBe(1, "it is not new any more");

        // Berlin is 878 km away: what was said of a journey holds, not what is usual.
        _host.Time.Advance(TimeSpan.FromMinutes(55));
        using var back = _host.NewBrowser();
        (await back.FollowAsync(await person.SignInAsync(back, "/members"))).Title.ShouldBe("Confirm that it is you");
    }

    [Fact]
    public async Task PlacesThatAreNotKnown_OrTooNearToTell_AreNotUnusual()
    {
        var person = await UsedAtHomeAsync();
        using var near = _host.NewBrowser(Potsdam);
        (await person.SignInAsync(near)).Location.ShouldBe("/");
        (await _host.SessionAsync(near)).Risk.ShouldBe(SignInRisk.Low, "a new device alone");

        using var nowhere = _host.NewBrowser(Nowhere);
        var other = await Person.New().SignUpAsync(_host, nowhere);
        (await other.SignInAsync(nowhere)).Location.ShouldBe("/");
        using var away = _host.NewBrowser(Paris);
        (await other.SignInAsync(away)).Location.ShouldBe("/");
        (await _host.SessionAsync(away)).Risk.ShouldBe(SignInRisk.Low, "of countries nothing is known yet");
        (await EventsAsync(AuditEventKind.SignInRisky)).ShouldBeEmpty();
    }

    [Fact]
    [Trait("Threat", "I2")]
    public async Task RefusesWhoProvedEverything_WhenTheAddressIsOnTheList()
    {
        var person = await UsedAtHomeAsync();
        using var bad = _host.NewBrowser(Blocked);

        for (var i = 0; i < 3; i++)
        {
            var page = await bad.FollowAsync(await person.SignInAsync(bad, "/members"));
            (page.Status, page.Title).ShouldBe((HttpStatusCode.Forbidden, "We cannot let you in this way"));
        }

        (await bad.GetAsync("/.authdog/session")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await person.SignInAsync(bad, "/members", "wrong wrong wrong wrong")).Status.ShouldBe(HttpStatusCode.UnprocessableEntity, "who has no password learns nothing of it");
        (await EventsAsync(AuditEventKind.SignInRefused)).ShouldHaveSingleItem().Address.ShouldBe(Blocked);
        (await _host.Mail.ReceiveAsync(person.Email, 2)).TextBody!.ShouldContain("not let in");

        // The list is followed, and the owner is let in from elsewhere.
        using var home = _host.NewBrowser();
        (await person.SignInAsync(home, "/members")).Location.ShouldBe("/members");
        await File.WriteAllTextAsync(_list, "192.0.2.1\n", TestContext.Current.CancellationToken);
        _host.Time.Advance(TimeSpan.FromSeconds(20));
        (await person.SignInAsync(bad, "/members")).Location.ShouldBe("/members");
        _host.Mail.To(person.Email).Count(mail => mail.TextBody!.Contains("not let in", StringComparison.Ordinal)).ShouldBe(1, "whoever has the password must not fill the mailbox");
    }

    [Fact]
    public async Task SessionHasItsRisk_WhateverIsDoneAboutIt_AndKeepsIt()
    {
        using var home = _host.NewBrowser();
        var person = await Person.New().SignUpAsync(_host, home);
        await person.SignInAsync(home);
        (await _host.SessionAsync(home)).Risk.ShouldBe(SignInRisk.None);

        using var other = _host.NewBrowser();
        (await person.SignInAsync(other)).Location.ShouldBe("/");
        (await _host.SessionAsync(other)).Risk.ShouldBe(SignInRisk.Low);
        (await EventsAsync(AuditEventKind.SignInRisky)).ShouldBeEmpty();

        // Proving it once more in the live session makes it no other sign-in.
        var again = await other.FollowAsync(await other.GetAsync("/.authdog/login?prompt=login&return=%2Fx"));
        (await other.SubmitAsync(again, ("password", person.Password))).Location.ShouldBe("/x");
        (await _host.SessionAsync(other)).Risk.ShouldBe(SignInRisk.Low);

        other.Forget("authdog");
        (await person.SignInAsync(other)).Location.ShouldBe("/");
        (await _host.SessionAsync(other)).Risk.ShouldBe(SignInRisk.None, "by now the account knows it");
    }

    [Fact]
    [Trait("Threat", "I2")]
    public async Task LikelyProgramIsAMediumRisk_AndTenantsMayRefuseIt()
    {
        using var home = _host.NewBrowser();
        var person = await Person.New().SignUpAsync(_host, home);
        using var bot = _host.NewBrowser();
        bot.Client.DefaultRequestHeaders.Add("X-Test-Score", "80");
        (await person.SignInAsync(bot)).Location.ShouldBe("/");
        (await _host.SessionAsync(bot)).Risk.ShouldBe(SignInRisk.Medium);

        (await _host.SetSettingsAsync("""{ "Login:Risk:LikelyBot": "Refuse" }""")).ShouldBeOfType<Identity.Tenants.TenantChange.Done>();
        bot.Forget("authdog");
        (await bot.FollowAsync(await person.SignInAsync(bot))).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await person.SignInAsync(home)).Location.ShouldBe("/");
    }

    [Fact]
    public async Task TenantDecides_WhatIsDone()
    {
        (await _host.SetSettingsAsync("""{ "Login:Risk:NewDevice": "Refuse" }""")).ShouldBeOfType<Identity.Tenants.TenantChange.Done>();
        using var home = _host.NewBrowser();
        var person = await Person.New().SignUpAsync(_host, home);
        (await person.SignInAsync(home)).Location.ShouldBe("/", "the first of all is not new");
        using var other = _host.NewBrowser();

        (await other.FollowAsync(await person.SignInAsync(other))).Status.ShouldBe(HttpStatusCode.Forbidden);
        home.Forget("authdog");
        (await person.SignInAsync(home)).Location.ShouldBe("/");
    }

    private async Task<Person> UsedAtHomeAsync()
    {
        using var home = _host.NewBrowser();
        var person = await Person.New().SignUpAsync(_host, home);
        (await person.SignInAsync(home)).Location.ShouldBe("/");
        return person;
    }

    private Task<IReadOnlyList<AuditEntry>> EventsAsync(AuditEventKind kind) =>
        _host.Services.GetRequiredService<AuditReader>().ListAsync(TenantId.Default, new AuditQuery { Kinds = [kind] }, CancellationToken.None);
}
