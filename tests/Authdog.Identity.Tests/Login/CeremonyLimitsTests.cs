using System.Net;
using Authdog.Identity.Audit;
using Authdog.Identity.Audit.Chain;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Login;
using Authdog.Identity.Redis.Rates;
using Authdog.Identity.Tests.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Tests.Login;

/// <summary>Limits that every ceremony has beside its own: of a stranger at one account, of all strangers at a tenant, and of messages to one mailbox.</summary>
[Collection(PagesCollection.Name)]
[Trait("Threat", "I2")]
public sealed class CeremonyLimitsTests(PagesHost host)
{
    private readonly Ceremony _ceremony = new("test-" + Guid.NewGuid().ToString("N"), new Rate(1000, TimeSpan.FromHours(1)), new Rate(2, TimeSpan.FromHours(1)));
    private int _networks;

    [Fact]
    public async Task StrangerAtOneAccount_LeavesTriesToEverybodyElse()
    {
        var (limits, ada, bob) = (Limits(), Account(), Account());
        for (var i = 0; i < 3; i++)
        {
            (await TakeAsync(limits, From("198.51.100.7"), ada)).Wait.ShouldBeNull();
        }

        (await TakeAsync(limits, From("198.51.100.7"), ada)).Wait.ShouldNotBeNull();
        (await TakeAsync(limits, From("198.51.100.7"), bob)).Wait.ShouldBeNull();
        (await TakeAsync(limits, From("198.51.100.8"), ada)).Wait.ShouldBeNull();
    }

    [Fact]
    public async Task StrangersAtATenant_AreBoundedTogether_AndKeepOutNobodyWhoIsKnown()
    {
        var (limits, ada) = (Limits(), Account());
        for (var i = 0; i < 10; i++)
        {
            (await TakeAsync(limits, From(), Account())).Wait.ShouldBeNull();
        }

        (await TakeAsync(limits, From(), Account())).Wait.ShouldNotBeNull();
        (await TakeAsync(limits, Known(From(), ada), ada)).Wait.ShouldBeNull();

        await limits.SucceededAsync(From(), _ceremony, TenantId.Default, CancellationToken.None);
        (await TakeAsync(limits, From(), Account())).Wait.ShouldBeNull("one who came to a good end has the try back");
        (await TakeAsync(limits, From(), Account())).Wait.ShouldNotBeNull();
    }

    [Fact]
    public async Task OneNetworkAtManyTenants_IsOneNetwork()
    {
        var limits = Limits();
        var ceremony = _ceremony with { PerNetwork = new Rate(3, TimeSpan.FromHours(1)) };
        for (var i = 0; i < 3; i++)
        {
            (await limits.TakeAsync(From("198.51.100.9"), ceremony, Tenant(i), Account(), CancellationToken.None)).Wait.ShouldBeNull();
        }

        (await limits.TakeAsync(From("198.51.100.9"), ceremony, Tenant(3), Account(), CancellationToken.None)).Wait.ShouldNotBeNull();
        (await limits.TakeAsync(From("198.51.100.10"), ceremony, Tenant(3), Account(), CancellationToken.None)).Wait.ShouldBeNull();

        static TenantId Tenant(int number) => TenantId.TryParse($"tenant{number}", out var tenant) ? tenant : throw new InvalidOperationException();
    }

    [Fact]
    [Trait("Threat", "I1")]
    public async Task MailboxIsNotFilled_AndTheAnswerDoesNotTell()
    {
        var (limits, ada) = (Limits(), Account());
        (await TakeAsync(limits, From(), ada)).ShouldBe(new CeremonyVerdict(null, MayMail: true));
        (await TakeAsync(limits, From(), ada)).ShouldBe(new CeremonyVerdict(null, MayMail: true));

        (await TakeAsync(limits, From(), ada)).ShouldBe(new CeremonyVerdict(null, MayMail: false));
        (await TakeAsync(limits, From(), Account())).MayMail.ShouldBeTrue();
    }

    [Fact]
    public async Task EventSaysSo_OnceInAWhile_HoweverOftenItIsReached()
    {
        var limits = Limits();
        for (var i = 0; i < 15; i++)
        {
            await TakeAsync(limits, From(), Account());
        }

        (await EventsAsync()).ShouldBe([$"{_ceremony.Name} by tenant"]);
        host.Time.Advance(TimeSpan.FromMinutes(11));
        await TakeAsync(limits, From(), Account());
        (await EventsAsync()).Count.ShouldBe(2);
    }

    private static EmailAddress Account() => EmailAddress.TryParse($"p{Guid.NewGuid():N}@example.com", out var email) ? email : throw new InvalidOperationException();

    private CeremonyLimits Limits() => new(
        host.Services.GetRequiredService<RateLimits>(),
        host.Services.GetRequiredService<KnownBrowsers>(),
        host.Services.GetRequiredService<CeremonyReport>(),
        Options.Create(new CeremonyLimitOptions { PerAccountAndAddress = 3, PerTenant = 10 }));

    private Task<CeremonyVerdict> TakeAsync(CeremonyLimits limits, HttpContext from, EmailAddress account) => limits.TakeAsync(from, _ceremony, TenantId.Default, account, CancellationToken.None);

    private HttpContext From(string? address = null)
    {
        DefaultHttpContext context = new();
        context.Connection.RemoteIpAddress = IPAddress.Parse(address ?? $"203.0.113.{++_networks}");
        return context;
    }

    private HttpContext Known(HttpContext context, EmailAddress account)
    {
        host.Services.GetRequiredService<KnownBrowsers>().Remember(context, TenantId.Default, account, []);
        context.Request.Headers.Cookie = context.Response.Headers.SetCookie.ToString().Split(';')[0];
        return context;
    }

    private async Task<List<string?>> EventsAsync()
    {
        var events = await host.Services.GetRequiredService<AuditReader>().ListAsync(TenantId.Default, new AuditQuery { Kinds = [AuditEventKind.LimitReached], NewestFirst = true, Limit = AuditQuery.MaxLimit }, CancellationToken.None);
        return [.. events.Select(entry => entry.Detail).Where(detail => detail!.StartsWith(_ceremony.Name, StringComparison.Ordinal))];
    }
}
