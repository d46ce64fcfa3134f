using Authdog.Gateway.Access;
using Authdog.Gateway.Answers;
using Authdog.Gateway.Routing;
using Authdog.Policies.Decisions;

namespace Authdog.Gateway.ForwardAuth;

/// <summary>Where a request that is only described leaves the pipeline: behind the same steps that a carried one has passed. It never comes to an endpoint.</summary>
internal sealed class ForwardAuthGrantMiddleware(RequestDelegate next, GrantedIdentity identity)
{
    public Task InvokeAsync(HttpContext context) =>
        context.Features.Get<DescribedRequestFeature>() is { } described ? GrantAsync(context, described) : next(context);

    private async Task GrantAsync(HttpContext context, DescribedRequestFeature described)
    {
        if (ProxiedRoute.Of(context) is { } route && context.Features.Get<AccessFeature>() is { Decision.Outcome: AccessOutcome.Allow })
        {
            described.Granted = await identity.OfAsync(context, route);
            return;
        }

        // No route takes it: there is no policy that could allow it (B6).
        await NotFound.AnswerAsync(context);
    }
}
