using Authdog.Gateway.Edge;
using Authdog.Identity.Login;
using Authdog.Identity.Redis;
using Authdog.Identity.Tenants;
using Microsoft.AspNetCore.Http.Features;

namespace Authdog.Gateway.Access.Treatments;

/// <summary>Counts what a policy lets pass under the rate limit that it names. A request that is refused anyway costs no permit.</summary>
internal sealed class PolicyRateLimiter(NamedTreatments treatments, CounterStore counters)
{
    private const string Purpose = "policy-rate";

    /// <summary>Takes one permit; how long to wait when there is none left, null to go on.</summary>
    /// <exception cref="StoreUnavailableException">What cannot be counted is not let through.</exception>
    public async Task<TimeSpan?> TakeAsync(HttpContext context, AccessFeature access, string name)
    {
        // Names are judged before a set is in force; one that is gone since then limits to nothing.
        if (treatments.RateLimit(name) is not { } limit)
        {
            return TimeSpan.FromMinutes(1);
        }

        var tenant = context.Features.GetRequiredFeature<TenantFeature>().Tenant;
        var subject = limit.By is RateLimitSubject.User && access.Session is { } session
            ? $"user\n{session.User}"
            : $"client\n{LoginAttempts.Network(context.Features.GetRequiredFeature<CanonicalRequest>().RemoteAddress)}";
        var count = await counters.IncrementAsync(tenant, Purpose, $"{name}\n{subject}", limit.Window, context.RequestAborted);
        return count > limit.Permits ? limit.Window : null;
    }
}
