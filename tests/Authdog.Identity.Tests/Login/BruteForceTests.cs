using System.Net;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Login;
using Authdog.Identity.Redis.Rates;
using Authdog.Identity.Tests.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Tests.Login;

/// <summary>Holds the figures of SECURITY.md, "Guessing": how many tries are judged, with the settings as they come.</summary>
[Collection(PagesCollection.Name)]
public sealed class BruteForceTests(PagesHost host)
{
    private const int PerWindow = 10;
    private const int InAll = 100;
    private const int PerAddress = 100;

    private readonly LoginAttempts _attempts = new(
        host.Services.GetRequiredService<RateLimits>(),
        new CeremonyLimits(host.Services.GetRequiredService<RateLimits>(), host.Services.GetRequiredService<KnownBrowsers>(), host.Services.GetRequiredService<CeremonyReport>(), Options.Create(new CeremonyLimitOptions())),
        host.Services.GetRequiredService<CeremonyReport>(),
        host.Services.GetRequiredService<KnownBrowsers>(),
        Options.Create(new LoginOptions()));

    [Fact]
    public void WindowIsAQuarterOfAnHour() => new LoginOptions().AttemptWindow.ShouldBe(TimeSpan.FromMinutes(15));

    [Theory]
    [InlineData("login")]
    [InlineData("totp")]
    [InlineData("recovery-code")]
    [Trait("Threat", "I2")]
    [Trait("Threat", "I6")]
    public async Task AccountTakesTenTriesAWindow_AndAHundredInAll_FromHoweverManyAddresses(string method)
    {
        var email = NewAddress();
        var judged = 0;
        for (var window = 0; window < 14; window++)
        {
            var before = judged;
            for (var client = 0; client < 30; client++)
            {
                judged += await _attempts.BeginAsync(From($"198.51.{window}.{client}"), TenantId.Default, email, method, CancellationToken.None) is null ? 1 : 0;
            }

            (judged - before).ShouldBe(window < InAll / PerWindow ? PerWindow : 0);

            // A quarter of an hour later.
            await host.Services.GetRequiredService<RateLimits>().ForgetAsync([_attempts.Account(TenantId.Default, email, method, browser: null)], CancellationToken.None);
        }

        judged.ShouldBe(InAll);
    }

    [Fact]
    [Trait("Threat", "I2")]
    public async Task AddressTakesAHundredTriesAWindow_AtHoweverManyAccountsAndMethods()
    {
        var client = $"203.0.113.{Random.Shared.Next(1, 255)}";
        var judged = 0;
        for (var i = 0; i < 150; i++)
        {
            judged += await _attempts.BeginAsync(From(client), TenantId.Default, NewAddress(), i % 2 == 0 ? "login" : "totp", CancellationToken.None) is null ? 1 : 0;
        }

        judged.ShouldBe(PerAddress);
    }

    [Fact]
    [Trait("Threat", "I2")]
    public async Task StrangerFromOneAddressLeavesTriesToOthers_WhenItGoesOnForAnHour()
    {
        var email = NewAddress();
        var judged = 0;
        for (var window = 0; window < 4; window++)
        {
            for (var i = 0; i < 20; i++)
            {
                judged += await _attempts.BeginAsync(From("198.51.100.77"), TenantId.Default, email, CancellationToken.None) is null ? 1 : 0;
            }

            await host.Services.GetRequiredService<RateLimits>().ForgetAsync([_attempts.Account(TenantId.Default, email, "login", browser: null)], CancellationToken.None);
        }

        judged.ShouldBe(new CeremonyLimitOptions().PerAccountAndAddress);
        (await _attempts.BeginAsync(From("198.51.100.78"), TenantId.Default, email, CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    [Trait("Threat", "I6")]
    public async Task BrowserThatOnlyHasThePassword_GetsNoTriesOfItsOwnAtTheSecondFactor()
    {
        using var browser = host.NewBrowser();
        var person = await Person.New().SignUpAsync(host, browser);
        await person.SignInAsync(browser);
        EmailAddress.TryParse(person.Email, out var email).ShouldBeTrue();
        var known = From("198.51.100.1");
        known.Request.Headers.Cookie = "authdog-browser=" + browser.Cookie("authdog-browser");
        for (var i = 0; i < PerWindow; i++)
        {
            (await _attempts.BeginAsync(From("198.51.100.2"), TenantId.Default, email!, "totp", CancellationToken.None)).ShouldBeNull();
            (await _attempts.BeginAsync(From("198.51.100.2"), TenantId.Default, email!, CancellationToken.None)).ShouldBeNull();
        }

        (await _attempts.BeginAsync(known, TenantId.Default, email!, "totp", CancellationToken.None)).ShouldNotBeNull();
        (await _attempts.BeginAsync(known, TenantId.Default, email!, CancellationToken.None)).ShouldBeNull();
    }

    private static EmailAddress NewAddress() => EmailAddress.TryParse($"b{Guid.NewGuid():N}@example.com", out var email) ? email : throw new InvalidOperationException();

    private static DefaultHttpContext From(string address)
    {
        DefaultHttpContext context = new();
        context.Connection.RemoteIpAddress = IPAddress.Parse(address);
        return context;
    }
}
