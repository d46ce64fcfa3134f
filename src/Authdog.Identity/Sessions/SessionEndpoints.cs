using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Authdog.Identity.Sessions;

/// <summary>What a page's script may ask about its own session.</summary>
public static class SessionEndpoints
{
    /// <summary>Maps <c>GET /.authdog/session</c>.</summary>
    public static IEndpointRouteBuilder MapSessionEndpoints(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/.authdog/session", WhoAmI);
        return endpoints;
    }

    private static IResult WhoAmI(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = "no-store";
        headers.Vary = "Cookie, Sec-Fetch-Site";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";

        // Without CORS headers another origin could not read the answer anyway; it need not learn the status either.
        if (context.Request.Headers["Sec-Fetch-Site"].ToString() is not ("" or "same-origin" or "none"))
        {
            return TypedResults.Problem(statusCode: StatusCodes.Status403Forbidden, title: "Only pages of this origin may ask.");
        }

        switch (context.Features.Get<SessionFeature>()?.Lookup)
        {
            case SessionLookup.Found { Session: var session }:
                return TypedResults.Ok(new SessionResponse(
                    session.User.ToString(),
                    session.Email,
                    session.EmailVerified,
                    session.Name,
                    session.Tenant.Value,
                    session.Roles,
                    session.Amr,
                    session.Acr,
                    session.AuthenticatedAt.ToUnixTimeSeconds(),
                    session.AbsoluteExpiresAt.ToUnixTimeSeconds()));
            case SessionLookup.StoreUnavailable:
                headers.RetryAfter = "5";
                return TypedResults.Problem(statusCode: StatusCodes.Status503ServiceUnavailable, title: "The session store cannot be reached.");
            default:
                headers.WWWAuthenticate = "Bearer realm=\"authdog\"";
                return TypedResults.Problem(statusCode: StatusCodes.Status401Unauthorized, title: "Nobody is signed in.");
        }
    }
}
