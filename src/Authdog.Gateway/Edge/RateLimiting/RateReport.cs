using Authdog.Gateway.Routing;
using Authdog.Identity.Identifiers;

namespace Authdog.Gateway.Edge.RateLimiting;

/// <summary>Says what limits did to a request that passed: to the client what is left, to the operator what a dry run would have refused.</summary>
internal sealed class RateReport(RateRules rules, RateLimitMetrics metrics, ILogger<RateReport> logger)
{
    public void Tell(HttpContext context, CanonicalRequest request, bool passes, CountedLimit[] limits, bool isLocal)
    {
        metrics.Counted(limits, isLocal);
        foreach (var limit in limits)
        {
            if (limit is { State.IsExceeded: true, DryRun: true })
            {
                logger.WouldLimit(limit.Name, ClientNetwork.Of(request.RemoteAddress), ProxiedRoute.Of(context)?.Config.RouteId);
            }
        }

        if (passes && rules.Announces && !request.IsOwn)
        {
            context.Response.OnStarting(() =>
            {
                // Lists: what another stage or the app says stands beside it.
                foreach (var (name, value) in RateLimitFields.Of(limits))
                {
                    context.Response.Headers.Append(name, value);
                }

                return Task.CompletedTask;
            });
        }
    }
}
