using System.Threading.RateLimiting;
using Authdog.Gateway.Answers;
using Authdog.Identity.ApiKeys;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Redis.Rates;
using Microsoft.AspNetCore.Http.Features;

namespace Authdog.Gateway.Edge.RateLimiting;

/// <summary>The third stage: rules by API key, asked by the management API between the key and the call.</summary>
internal sealed class ApiKeyLimits(RateRules rules, RateLimits limits, RateReport report, ILogger<ApiKeyLimits> logger) : IDisposable
{
    private readonly RequestRateLimiter _limiter = new(rules.ByApiKey, rules, treatments: null, limits, report);

    /// <summary>Takes a permit; how long to wait when there is none, null to go on. The answer's fields say what is left either way.</summary>
    public async Task<TimeSpan?> TakeAsync(HttpContext context, ApiKey key)
    {
        if (rules.ByApiKey.Length == 0)
        {
            return null;
        }

        context.Features.Set(new UsedApiKey(key.Id, key.TenantId));
        using var lease = (SharedLease)await _limiter.AcquireAsync(context, 1, context.RequestAborted);
        foreach (var (name, value) in RateLimitFields.Of(lease.Limits))
        {
            context.Response.Headers[name] = value;
        }

        if (lease.IsAcquired || !lease.TryGetMetadata(MetadataName.RetryAfter, out var wait))
        {
            return null;
        }

        var refused = lease.RefusedBy.MaxBy(limit => limit.State.RetryAfter);
        logger.RateLimited(refused.Name, ClientNetwork.Of(context.Features.GetRequiredFeature<CanonicalRequest>().RemoteAddress), route: null, session: null, AnswerId.New());
        return wait;
    }

    public void Dispose() => _limiter.Dispose();
}
