using System.Net;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Login;
using Authdog.Identity.Redis.Rates;
using Authdog.Identity.Tests.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Tests.Login;

/// <summary>What is counted, and what is given back.</summary>
[Collection(PagesCollection.Name)]
[Trait("Threat", "I2")]
public sealed class LoginAttemptsTests(PagesHost host)
{
    private static int s_network;
    private readonly string _method = "m" + Guid.NewGuid().ToString("N");
    private readonly EmailAddress _ada = NewAddress();

    private RateLimits Rates => host.Services.GetRequiredService<RateLimits>();

    [Fact]
    [Trait("Threat", "B18")]
    public async Task ClientNetworkTypesThreeAddressesForEachTry_AndNoMore()
    {
        var (attempts, client) = (Attempts(perAddress: 2), From());
        for (var i = 0; i < 6; i++)
        {
            (await attempts.MayIdentifyAsync(client, CancellationToken.None)).ShouldBeTrue($"address {i}");
        }

        (await attempts.MayIdentifyAsync(client, CancellationToken.None)).ShouldBeFalse();
        (await attempts.MayIdentifyAsync(From(), CancellationToken.None)).ShouldBeTrue();

        await attempts.IdentifiedAsync(client, CancellationToken.None);
        (await attempts.MayIdentifyAsync(client, CancellationToken.None)).ShouldBeTrue("a passkey followed");
        (await attempts.MayIdentifyAsync(client, CancellationToken.None)).ShouldBeFalse();
        await attempts.SucceededAsync(client, TenantId.Default, _ada, CancellationToken.None);
        (await attempts.MayIdentifyAsync(client, CancellationToken.None)).ShouldBeTrue("a right password followed");
    }

    [Fact]
    public async Task TryThatFoundNoRoom_IsNone()
    {
        var (attempts, client) = (Attempts(perAddress: 1, perAccount: 1), From());
        for (var i = 0; i < LoginAttempts.TriesInARow + 2; i++)
        {
            (await attempts.BeginAsync(client, TenantId.Default, _ada, CancellationToken.None)).ShouldBeNull($"try {i}");
            await attempts.NotJudgedAsync(client, TenantId.Default, _ada, CancellationToken.None);
        }

        await BeginAsync(attempts, client, _ada, isCounted: true, method: "login");
        await BeginAsync(attempts, client, _ada, isCounted: false, method: "login");
        await attempts.NotJudgedAsync(client, TenantId.Default, _ada, CancellationToken.None);
    }

    [Fact]
    public async Task RightSecret_IsGivenBackToTheClientNetworkAndTheTenant_AndEndsTheAccountsWait()
    {
        var (attempts, client) = (Attempts(perAddress: 2, perAccount: 2, perTenant: 2), From());
        await BeginAsync(attempts, client, _ada, isCounted: true);
        await BeginAsync(attempts, client, _ada, isCounted: true);
        await BeginAsync(attempts, client, NewAddress(), isCounted: false);
        await BeginAsync(attempts, From(), NewAddress(), isCounted: false);

        await attempts.SucceededAsync(client, TenantId.Default, _ada, _method, CancellationToken.None);

        await BeginAsync(attempts, client, _ada, isCounted: true);
        await BeginAsync(attempts, client, _ada, isCounted: false);
        await BeginAsync(attempts, From(), _ada, isCounted: false);
    }

    [Fact]
    public async Task TryThatOneCountRefuses_IsCountedByNone()
    {
        var (attempts, client) = (Attempts(perAddress: 1, perAccount: 2, perTenant: 3), From());
        await BeginAsync(attempts, client, _ada, isCounted: true);
        for (var i = 0; i < 5; i++)
        {
            await BeginAsync(attempts, client, _ada, isCounted: false);
        }

        await BeginAsync(attempts, From(), _ada, isCounted: true);
        await BeginAsync(attempts, From(), _ada, isCounted: false);
        await BeginAsync(attempts, From(), NewAddress(), isCounted: true);
        await BeginAsync(attempts, From(), NewAddress(), isCounted: false);
    }

    [Fact]
    public async Task SomethingAsStrong_EndsTheWait_AndNotTheRow()
    {
        var (attempts, client) = (Attempts(perAccount: 2), From());
        await BeginAsync(attempts, client, _ada, isCounted: true);
        await BeginAsync(attempts, client, _ada, isCounted: true);
        await BeginAsync(attempts, client, _ada, isCounted: false);

        await attempts.RelieveAsync(client, TenantId.Default, _ada, _method, CancellationToken.None);
        for (var used = 2; used < LoginAttempts.TriesInARow; used++)
        {
            (await attempts.IsEndedAsync(TenantId.Default, _ada, _method, CancellationToken.None)).ShouldBeFalse();
            await BeginAsync(attempts, From(), _ada, isCounted: true);
            await attempts.RelieveAsync(client, TenantId.Default, _ada, _method, CancellationToken.None);
        }

        (await attempts.IsEndedAsync(TenantId.Default, _ada, _method, CancellationToken.None)).ShouldBeTrue();
        var wait = (await attempts.BeginAsync(From(), TenantId.Default, _ada, _method, CancellationToken.None)).ShouldNotBeNull();
        LoginAttempts.IsUntilRecovery(wait).ShouldBeTrue();
        (await attempts.IsEndedAsync(TenantId.Parse("acme"), _ada, _method, CancellationToken.None)).ShouldBeFalse();

        await attempts.ForgetAsync(client, TenantId.Default, _ada, _method, CancellationToken.None);
        await BeginAsync(attempts, From(), _ada, isCounted: true);
    }

    [Fact]
    public async Task KnownBrowserHasARowOfItsOwn_AndIsAStrangerWhenThatIsUsedUp()
    {
        var (attempts, known) = (Attempts(perAccount: 1000), From());
        host.Services.GetRequiredService<KnownBrowsers>().Remember(known, TenantId.Default, _ada, []);
        known.Request.Headers.Cookie = known.Response.Headers.SetCookie.ToString().Split(';')[0];
        for (var i = 0; i < LoginAttempts.TriesInARow; i++)
        {
            (await attempts.BeginAsync(known, TenantId.Default, _ada, CancellationToken.None)).ShouldBeNull();
        }

        // As many again from the strangers' row, which is one with theirs.
        (await attempts.IsEndedAsync(TenantId.Default, _ada, "login", CancellationToken.None)).ShouldBeFalse();
        for (var i = 0; i < LoginAttempts.TriesInARow; i++)
        {
            (await attempts.BeginAsync(i % 2 == 0 ? known : From(), TenantId.Default, _ada, CancellationToken.None)).ShouldBeNull($"try {i}");
        }

        LoginAttempts.IsUntilRecovery((await attempts.BeginAsync(known, TenantId.Default, _ada, CancellationToken.None)).ShouldNotBeNull()).ShouldBeTrue();
        (await attempts.IsEndedAsync(TenantId.Default, _ada, "login", CancellationToken.None)).ShouldBeTrue();
    }

    private static EmailAddress NewAddress() => EmailAddress.TryParse($"b{Guid.NewGuid():N}@example.com", out var email) ? email : throw new InvalidOperationException();

    private static DefaultHttpContext From()
    {
        var number = Interlocked.Increment(ref s_network);
        DefaultHttpContext context = new();
        context.Connection.RemoteIpAddress = IPAddress.Parse($"10.77.{number / 250}.{number % 250}");
        return context;
    }

    private async Task BeginAsync(LoginAttempts attempts, HttpContext client, EmailAddress email, bool isCounted, string? method = null) =>
        (await attempts.BeginAsync(client, TenantId.Default, email, method ?? _method, CancellationToken.None) is null).ShouldBe(isCounted);

    private LoginAttempts Attempts(int perAddress = 1000, int perAccount = 10, int perTenant = 20_000)
    {
        var (browsers, report) = (host.Services.GetRequiredService<KnownBrowsers>(), host.Services.GetRequiredService<CeremonyReport>());
        CeremonyLimits ceremonies = new(Rates, browsers, report, Options.Create(new CeremonyLimitOptions { PerTenant = perTenant, PerAccountAndAddress = 1000 }));
        return new LoginAttempts(Rates, ceremonies, report, browsers, Options.Create(new LoginOptions { AttemptsPerAddress = perAddress, AttemptsPerAccount = perAccount }));
    }
}
