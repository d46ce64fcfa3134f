using Authdog.Identity.Identifiers;
using Authdog.Identity.Redis.Rates;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Login;

/// <summary>Counts ceremonies by client network, by account and network together, and by tenant, in one step and before anything is judged. An address without an account is counted like any other (I1).</summary>
public sealed class CeremonyLimits(RateLimits rates, KnownBrowsers browsers, CeremonyReport report, IOptions<CeremonyLimitOptions> options)
{
    /// <summary>Counts one.</summary>
    /// <param name="context">The request.</param>
    /// <param name="ceremony">The ceremony.</param>
    /// <param name="tenant">Its tenant.</param>
    /// <param name="account">Address of the account that it is about; null when none is named.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<CeremonyVerdict> TakeAsync(HttpContext context, Ceremony ceremony, TenantId tenant, EmailAddress? account, CancellationToken cancellationToken)
    {
        var network = ClientNetwork.Of(context.Connection.RemoteIpAddress);
        List<(string Scope, RateAsk Ask)> asks = [("network", OfNetwork(ceremony, network))];
        if (account is null || browsers.Find(context, tenant, account) is null)
        {
            asks.Add(("tenant", OfTenant(tenant, ceremony.Name)));
            if (account is not null)
            {
                asks.Add(("account and network", OfPair(tenant, ceremony.Name, account, network)));
            }
        }

        if (account is not null && ceremony.Mails is { } mails)
        {
            asks.Add(("mail", new RateAsk(tenant, $"{ceremony.Name}-mail", account.Normalized, mails) { IsWatched = true }));
        }

        var verdict = await rates.TakeAsync([.. asks.Select(entry => entry.Ask)], cancellationToken);
        for (var i = 0; i < asks.Count; i++)
        {
            if (verdict.States[i].IsExceeded)
            {
                await report.LimitedAsync(tenant, ceremony.Name, asks[i].Scope, cancellationToken);
            }
        }

        var mayMail = verdict.Allowed && !asks.Where((entry, i) => entry.Ask.IsWatched && verdict.States[i].IsExceeded).Any();
        return new CeremonyVerdict(verdict.Allowed ? null : verdict.RetryAfter, mayMail);
    }

    /// <summary>It came to a good end: strangers at the tenant have their try back, and so has the client network, where a whole company may sit.</summary>
    public Task SucceededAsync(HttpContext context, Ceremony ceremony, TenantId tenant, CancellationToken cancellationToken) => rates.GiveBackAsync(
        [OfNetwork(ceremony, ClientNetwork.Of(context.Connection.RemoteIpAddress)), OfTenant(tenant, ceremony.Name)],
        cancellationToken);

    // A client network belongs to no tenant: whoever may choose the tenant would else have as many tries as there are tenants.
    private static RateAsk OfNetwork(Ceremony ceremony, string network) => new(TenantId.Default, $"{ceremony.Name}-network", network, ceremony.PerNetwork);

    internal RateAsk OfTenant(TenantId tenant, string ceremony) => new(tenant, $"{ceremony}-tenant", string.Empty, new Rate(options.Value.PerTenant, options.Value.Window));

    internal RateAsk OfPair(TenantId tenant, string ceremony, EmailAddress account, string network) =>
        new(tenant, $"{ceremony}-pair", $"{account.Normalized}\n{network}", new Rate(options.Value.PerAccountAndAddress, options.Value.Window));
}
