using Authdog.Gateway.Answers;
using Authdog.Gateway.Edge;
using Microsoft.AspNetCore.Http.Features;

namespace Authdog.Gateway.Routing;

/// <summary>No upstream route takes a request for the gateway's own paths, whatever its pattern and order.</summary>
internal sealed class OwnPathsGuardMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context) =>
        context.Features.GetRequiredFeature<CanonicalRequest>().IsOwn && ProxiedRoute.Of(context) is not null
            ? NotFound.AnswerAsync(context)
            : next(context);
}
