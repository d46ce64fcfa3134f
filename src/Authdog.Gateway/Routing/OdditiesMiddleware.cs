using Authdog.Gateway.Edge;
using Microsoft.AspNetCore.Http.Features;

namespace Authdog.Gateway.Routing;

/// <summary>Refuses what the edge found odd and the route does not permit, before any policy is asked.</summary>
internal sealed class OdditiesMiddleware(RequestDelegate next, NamedSegments named, ILogger<OdditiesMiddleware> logger)
{
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Features.GetRequiredFeature<CanonicalRequest>();
        return request is { Oddities: PathOddities.None, HasOddHeaderNames: false } || Judge(context, request) is var ambiguity && ambiguity == Ambiguity.None
            ? next(context)
            : Refusal.WriteAsync(context, ambiguity, logger);
    }

    private Ambiguity Judge(HttpContext context, CanonicalRequest request)
    {
        var route = ProxiedRoute.Of(context);
        var optIns = route is null ? UnsafeOptIns.None : UnsafeSettings.Of(route.Config);
        var oddities = request.Oddities;
        if (request.HasOddHeaderNames && !optIns.HasFlag(UnsafeOptIns.HeaderNames))
        {
            return Ambiguity.HeaderName;
        }

        if (oddities.HasFlag(PathOddities.EncodedSlash) && !optIns.HasFlag(UnsafeOptIns.EncodedSlash))
        {
            return Ambiguity.EncodedSlash;
        }

        if (oddities.HasFlag(PathOddities.EmptySegment) && !optIns.HasFlag(UnsafeOptIns.EmptySegments))
        {
            return Ambiguity.EmptySegment;
        }

        if (route is null || oddities == PathOddities.None)
        {
            return Ambiguity.None;
        }

        if (oddities.HasFlag(PathOddities.Parameters) && !optIns.HasFlag(UnsafeOptIns.PathParameters) && named.PathDecides(route))
        {
            return Ambiguity.PathParameter;
        }

        return named.MayHide(request, route) ? Ambiguity.LookAlike : Ambiguity.None;
    }
}
