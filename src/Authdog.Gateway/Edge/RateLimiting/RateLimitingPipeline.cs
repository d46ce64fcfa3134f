using Authdog.Gateway.Access.Treatments;
using Authdog.Identity.Redis.Rates;
using Microsoft.AspNetCore.RateLimiting;

namespace Authdog.Gateway.Edge.RateLimiting;

/// <summary>The two places of ASP.NET Core's rate limiting middleware in the pipeline. A stage that nothing is configured for is not there.</summary>
internal static class RateLimitingPipeline
{
    /// <summary>Before a route is looked for: by client, network, tenant.</summary>
    public static void UseRateLimitsBeforeRouting(this IApplicationBuilder app)
    {
        var rules = app.ApplicationServices.GetRequiredService<RateRules>();
        if (rules.BeforeRouting.Length == 0)
        {
            return;
        }

        Use(app, new RequestRateLimiter(rules.BeforeRouting, rules, treatments: null, Get<RateLimits>(app), Get<RateReport>(app)));
    }

    /// <summary>Once it is known who asks for what, and that they may: by route, policy, user, session, and what the policy says itself. What is refused anyway costs no permit.</summary>
    public static void UseRateLimitsAfterAccess(this IApplicationBuilder app)
    {
        var rules = app.ApplicationServices.GetRequiredService<RateRules>();
        var treatments = app.ApplicationServices.GetRequiredService<NamedTreatments>();
        if (rules.AfterAccess.Length > 0 || treatments.LimitsRates)
        {
            Use(app, new RequestRateLimiter(rules.AfterAccess, rules, treatments.LimitsRates ? treatments : null, Get<RateLimits>(app), Get<RateReport>(app)));
        }
    }

    // A request that no limit concerns pays for that question alone: the middleware itself takes ten times as long.
    private static void Use(IApplicationBuilder app, RequestRateLimiter limiter)
    {
        var options = Options(app, limiter);
        app.UseWhen(limiter.Concerns, concerned => concerned.UseRateLimiter(options));
    }

    private static RateLimiterOptions Options(IApplicationBuilder app, RequestRateLimiter limiter)
    {
        var refusal = Get<RateRefusal>(app);
        return new RateLimiterOptions
        {
            GlobalLimiter = limiter,
            OnRejected = async (rejected, _) => await refusal.WriteAsync(rejected.HttpContext, (SharedLease)rejected.Lease),
        };
    }

    private static T Get<T>(IApplicationBuilder app)
        where T : notnull => app.ApplicationServices.GetRequiredService<T>();
}
