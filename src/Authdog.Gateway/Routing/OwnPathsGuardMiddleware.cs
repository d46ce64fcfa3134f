using Authdog.Gateway.Answers;
using Authdog.Gateway.Edge;
using Microsoft.AspNetCore.Http.Features;

namespace Authdog.Gateway.Routing;

/// <summary>No upstream route takes a request for the gateway's own paths, whatever its pattern and order.</summary>
internal sealed class OwnPathsGuardMiddleware(RequestDelegate next, OwnMethods methods)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (!context.Features.GetRequiredFeature<CanonicalRequest>().IsOwn || (context.GetEndpoint() is RouteEndpoint && ProxiedRoute.Of(context) is null))
        {
            return next(context);
        }

        var allowed = methods.At(context.Request.Path);
        return allowed.Count == 0 ? NotFound.AnswerAsync(context) : MethodNotAllowed.AnswerAsync(context, allowed);
    }
}
