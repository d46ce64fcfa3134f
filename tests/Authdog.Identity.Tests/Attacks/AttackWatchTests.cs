using System.Net;
using Authdog.Identity.Attacks;
using Authdog.Identity.Audit;
using Authdog.Identity.Challenges;
using Authdog.Identity.Clients;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Pages;
using Authdog.Identity.Redis;
using Authdog.Identity.Storage;
using Authdog.Identity.Tests.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.Tests.Attacks;

/// <summary>Credentials that are tried out are noticed, whatever shape that has, and answered by challenges until it is over.</summary>
[Trait("Threat", "I2")]
public sealed class AttackWatchTests : IAsyncLifetime
{
    private readonly PagesHost _host = new PagesHost()
        .With("BotProtection:Attacks:Enabled", "true")
        .With("BotProtection:Attacks:AccountsPerNetwork", "5")
        .With("BotProtection:Attacks:NetworksPerAccount", "4")
        .With("BotProtection:Attacks:TenantFailures", "40")
        .With("BotProtection:Challenges:WorkBits", "8");

    private int _networks;

    private AttackWatch Watch => _host.Services.GetRequiredService<AttackWatch>();

    public ValueTask InitializeAsync() => _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task ManyAccountsFromOneNetwork_RaiseItStepByStep_AndNobodyElse()
    {
        var attacker = From("198.51.100.7");
        List<ChallengeLevel> levels = [];
        for (var account = 0; account < 25; account++)
        {
            await FailAsync(attacker, $"a{account}@example.com");
            levels.Add(await LevelAsync(attacker));
        }

        levels.IndexOf(ChallengeLevel.Work).ShouldBe(4);
        levels.IndexOf(ChallengeLevel.External).ShouldBe(14);
        levels.IndexOf(ChallengeLevel.Refusal).ShouldBe(24);
        (await LevelAsync(From("198.51.100.8"))).ShouldBe(ChallengeLevel.None);
        (await EventsAsync()).ShouldHaveSingleItem().ShouldStartWith("network: 5");
    }

    [Fact]
    public async Task SprayingOverTenants_CountsAsOneNetworks_InEachOfThem()
    {
        var attacker = From("198.51.100.7");
        for (var account = 0; account < 5; account++)
        {
            TenantId.TryParse($"tenant{account}", out var tenant).ShouldBeTrue();
            await Watch.FailedAsync(attacker, tenant, "ada@example.com", "password", CancellationToken.None);
        }

        // Another request, which has no tenant of its own yet.
        (await LevelAsync(From("198.51.100.7"))).ShouldBe(ChallengeLevel.Work);
        (await LevelAsync(From(), "ada@example.com")).ShouldBe(ChallengeLevel.None, "accounts of one address at different tenants are different accounts");
    }

    [Fact]
    public async Task OneAccountFromManyNetworks_RaisesTriesAtIt_ButNeverRefuses()
    {
        for (var network = 0; network < 30; network++)
        {
            await FailAsync(From(), "ada@example.com");
        }

        (await LevelAsync(From(), "ada@example.com")).ShouldBe(ChallengeLevel.External);
        (await LevelAsync(From(), "bob@example.com")).ShouldBe(ChallengeLevel.None);
        (await EventsAsync()).ShouldHaveSingleItem().ShouldStartWith("account: 4");
    }

    [Fact]
    public async Task OnePersonWhoForgot_RaisesNothing()
    {
        var person = From("198.51.100.9");
        for (var guess = 0; guess < 30; guess++)
        {
            await FailAsync(person, "ada@example.com");
        }

        (await LevelAsync(person, "ada@example.com")).ShouldBe(ChallengeLevel.None);
    }

    [Fact]
    public async Task FailuresOfATenant_RaiseItForStrangers_WhenTheyAreFarFromUsual()
    {
        // A third fails as a rule; in the second window nearly everything does, one account a network.
        await WindowAsync(failures: 20, successes: 40);
        _host.Time.Advance(TimeSpan.FromMinutes(11));
        await WindowAsync(failures: 39, successes: 4);
        (await LevelAsync(From())).ShouldBe(ChallengeLevel.None);
        await WindowAsync(failures: 1, successes: 0);

        (await LevelAsync(From())).ShouldBe(ChallengeLevel.Work);
        (await EventsAsync()).ShouldHaveSingleItem().ShouldStartWith("tenant: 40");
    }

    [Fact]
    public async Task FailuresOfABotnet_AreNotHidden_ByOneAccountThatSignsInAgainAndAgain()
    {
        var own = UserId.New(_host.Time.GetUtcNow());
        for (var i = 0; i < 50; i++)
        {
            await Watch.SucceededAsync(TenantId.Default, own, CancellationToken.None);
        }

        await WindowAsync(failures: 40, successes: 0);

        (await LevelAsync(From())).ShouldBe(ChallengeLevel.Work);
    }

    [Fact]
    public async Task FailuresOfATenant_RaiseNothing_WhileMostSucceed()
    {
        await WindowAsync(failures: 60, successes: 100);

        (await LevelAsync(From())).ShouldBe(ChallengeLevel.None);
    }

    [Fact]
    public async Task OneClientThatFailsAtWill_GetsNobodyElseChallenged()
    {
        // A door without limits of its own: forged answers of a provider, say. No account is named, so its own network does not rise either.
        var attacker = From("198.51.100.7");
        for (var failure = 0; failure < 100; failure++)
        {
            await Watch.FailedAsync(attacker, TenantId.Default, account: null, "saml", CancellationToken.None);
        }

        // The same from many networks is no attack on an account either: none is named.
        for (var failure = 0; failure < 8; failure++)
        {
            await Watch.FailedAsync(From(), TenantId.Default, account: null, "saml", CancellationToken.None);
        }

        (await LevelAsync(From())).ShouldBe(ChallengeLevel.None);
        (await EventsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task UsualShareOfFailures_LearnsFromWholeQuietWindows_AndNotFromAttacks()
    {
        // Too few to say anything.
        await WindowAsync(failures: 10, successes: 5);
        (await UsualAsync()).ShouldBeNull();

        // Three of five fail as a rule: an attack is what fails nearly always, not twice as often as that.
        await WindowAsync(failures: 30, successes: 20);
        (await UsualAsync()).ShouldBe(600);
        await WindowAsync(failures: 39, successes: 39);
        (await UsualAsync()).ShouldBe(580, "a fifth of what is new");
        await WindowAsync(failures: 41, successes: 0);
        (await LevelAsync(From())).ShouldBe(ChallengeLevel.Work);
        (await UsualAsync()).ShouldBe(580);
    }

    [Fact]
    public async Task PassOfAnEasierChallenge_DoesNotDo_OnceMoreIsAsked()
    {
        var attacker = From("198.51.100.7");
        attacker.Request.Form = FormCollection.Empty;
        await SprayAsync(0, 5);
        (await DemandAsync()).ShouldBe(new ChallengeDemand(ChallengeLevel.Work, 8));
        Pass(ChallengeLevel.Work, 8);
        (await DemandAsync()).ShouldBe(ChallengeDemand.None);

        await SprayAsync(5, 15);
        (await DemandAsync()).ShouldBe(new ChallengeDemand(ChallengeLevel.External, 11));
        Pass(ChallengeLevel.External, 11);
        (await DemandAsync()).ShouldBe(ChallengeDemand.None);

        await SprayAsync(15, 25);
        (await DemandAsync()).Level.ShouldBe(ChallengeLevel.Refusal);

        async Task SprayAsync(int from, int to)
        {
            for (var account = from; account < to; account++)
            {
                await FailAsync(attacker, $"a{account}@example.com");
            }
        }

        Task<ChallengeDemand> DemandAsync() => _host.Services.GetRequiredService<ChallengeGate>().DemandAsync(attacker, TenantId.Default, "login", account: null, CancellationToken.None);

        void Pass(ChallengeLevel level, int bits) =>
            _host.Services.GetRequiredService<ChallengePasses>().Issue(attacker, _host.Services.GetRequiredService<ChallengeSeal>().Make(attacker, TenantId.Default, level, bits).Challenge);
    }

    [Fact]
    public async Task LevelNeverFalls_WhileAnAttackLasts()
    {
        var store = _host.Services.GetRequiredService<AttackStore>();
        (await store.RaiseAsync(TenantId.Default, "network", "x", 2, TimeSpan.FromMinutes(10), CancellationToken.None)).ShouldBe(0);
        (await store.RaiseAsync(TenantId.Default, "network", "x", 1, TimeSpan.FromMinutes(10), CancellationToken.None)).ShouldBe(2);

        (await store.LevelsAsync(TenantId.Default, [("network", "x"), ("network", "y")], CancellationToken.None)).ShouldBe([2, 0]);
    }

    [Fact]
    public async Task BrowserThatSignedInBefore_IsNotHeldUp_UntilItFailsItself()
    {
        var attacker = From("198.51.100.7");
        for (var account = 0; account < 25; account++)
        {
            await FailAsync(attacker, $"a{account}@example.com");
        }

        var owner = From("198.51.100.7");
        _host.Services.GetRequiredService<ClientMarks>().Trust(owner, TenantId.Default, UserId.New(_host.Time.GetUtcNow()));
        (await LevelAsync(owner, "ada@example.com")).ShouldBe(ChallengeLevel.Work);
        for (var guess = 0; guess < AttackWatch.FailuresOfTrusted; guess++)
        {
            await FailAsync(owner, "ada@example.com");
        }

        (await LevelAsync(owner, "ada@example.com")).ShouldBe(ChallengeLevel.Refusal);
    }

    [Fact]
    public async Task OneAccountsOwnBrowsers_GiveNoEndlessTrust()
    {
        var attacker = UserId.New(_host.Time.GetUtcNow());
        for (var network = 0; network < 30; network++)
        {
            // A fresh browser each time, in which the attacker has signed in to an account of their own.
            var browser = From();
            _host.Services.GetRequiredService<ClientMarks>().Trust(browser, TenantId.Default, attacker);
            await FailAsync(browser, "ada@example.com");
        }

        var last = From();
        _host.Services.GetRequiredService<ClientMarks>().Trust(last, TenantId.Default, attacker);
        (await LevelAsync(last, "ada@example.com")).ShouldBe(ChallengeLevel.External);
    }

    [Fact]
    public async Task SprayingAtTheLoginPage_MeetsAChallenge_OnEveryForm()
    {
        for (var account = 0; account < 5; account++)
        {
            using var browser = _host.NewBrowser();
            (await Person.New().SignInAsync(browser)).Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        }

        using var next = _host.NewBrowser();
        (await next.SubmitAsync(await next.GetAsync(PagePaths.Login), ("email", "x@example.com"))).Title.ShouldBe("One moment, please");
        (await next.SubmitAsync(await next.GetAsync(PagePaths.Recover), ("email", "x@example.com"))).Title.ShouldBe("One moment, please");
    }

    [Fact]
    public async Task LiveSession_IsNoWayAround_AtOtherPeoplesAccounts()
    {
        using var attacker = _host.NewBrowser();
        var own = await Person.New().SignUpAsync(_host, attacker);
        await own.SignInAsync(attacker);
        var session = attacker.Cookie("authdog")!;
        for (var account = 0; account < 5; account++)
        {
            using var browser = _host.NewBrowser();
            await Person.New().SignInAsync(browser);
        }

        // Another browser, to which the attacker has copied the session and nothing else.
        using var bot = _host.NewBrowser();
        var login = await bot.GetAsync(PagePaths.Login);
        bot.Cookies.Add(_host.Address, new Cookie("authdog", session));
        (await bot.SubmitAsync(login, ("email", "x@example.com"))).Title.ShouldBe("One moment, please");
        (await bot.SubmitAsync(login, ("email", own.Email))).Location.ShouldNotBeNull();
    }

    [Fact]
    public async Task StoreKeepsNoAddress()
    {
        await FailAsync(From("198.51.100.7"), "ada@example.com");

        (await _host.DumpAsync("attack")).ShouldNotContain("ada@");
    }

    private async Task WindowAsync(int failures, int successes)
    {
        for (var success = 0; success < successes; success++)
        {
            await Watch.SucceededAsync(TenantId.Default, UserId.New(_host.Time.GetUtcNow()), CancellationToken.None);
        }

        for (var failure = 0; failure < failures; failure++)
        {
            await FailAsync(From(), $"w{_networks}@example.com");
        }
    }

    // In thousandths, as it is once the window is over; null while it is not known.
    private async Task<long?> UsualAsync()
    {
        _host.Time.Advance(TimeSpan.FromMinutes(11));
        var counts = await _host.Services.GetRequiredService<AttackStore>().FailedAsync(TenantId.Default, string.Empty, "192.0.2.1", 1, 1, 0, TimeSpan.FromMinutes(10), _host.Time.GetUtcNow(), CancellationToken.None);
        return counts[4] < 0 ? null : counts[4];
    }

    private Task FailAsync(HttpContext from, string account) => Watch.FailedAsync(from, TenantId.Default, account, "password", CancellationToken.None);

    private Task<ChallengeLevel> LevelAsync(HttpContext from, string? account = null) => Watch.LevelAsync(from, TenantId.Default, account, CancellationToken.None);

    private async Task<List<string>> EventsAsync()
    {
        await using var scope = await _host.ScopeAsync();
        return await scope.ServiceProvider.GetRequiredService<DirectoryContext>().Set<AuditEntry>()
            .Where(entry => entry.Kind == AuditEventKind.CredentialAttackDetected).Select(entry => entry.Detail!).ToListAsync();
    }

    private DefaultHttpContext From(string? address = null)
    {
        DefaultHttpContext context = new();
        context.Connection.RemoteIpAddress = IPAddress.Parse(address ?? $"203.0.{++_networks / 250}.{_networks % 250}");
        return context;
    }
}
