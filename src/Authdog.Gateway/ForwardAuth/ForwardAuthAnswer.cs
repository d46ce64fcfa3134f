using Authdog.Gateway.Access;
using Authdog.Gateway.Edge;
using Authdog.Gateway.Forwarding;
using Authdog.Policies.Decisions;
using Microsoft.Net.Http.Headers;

namespace Authdog.Gateway.ForwardAuth;

/// <summary>Tells the proxy what was decided: 200 with the identity, 401 with <c>Location</c>, 403, or 503. Nothing but a grant is 2xx, so that no kind of answer can be mistaken for one (B6).</summary>
internal static class ForwardAuthAnswer
{
    /// <summary><c>redirect</c> on a 401 whose client is a browser that can be sent to <c>Location</c>, absent for programs, which are never redirected; <c>limited</c> where the client came too often.</summary>
    public const string Kind = "X-Authdog-Answer";

    public static Task WriteAsync(HttpContext context, JudgedRequest judged, ForwardAuthOptions options)
    {
        context.Response.Headers.CacheControl = "no-store";
        return judged.Granted is { } identity
            ? Grant(context.Response, identity, context.Request.Headers.Cookie)
            : RefuseAsync(context, judged, options);
    }

    private static Task Grant(HttpResponse response, IReadOnlyDictionary<string, string> identity, IEnumerable<string?> cookies)
    {
        foreach (var (name, value) in identity)
        {
            response.Headers[name] = value;
        }

        // The client's cookies without the gateway's, for the proxy to pass on in their place (B16).
        response.Headers.Cookie = string.Join("; ", cookies.Select(cookie => OwnCookies.RemoveFrom(cookie ?? string.Empty)).Where(cookie => !string.IsNullOrEmpty(cookie)));
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentLength = 0;
        return Task.CompletedTask;
    }

    private static Task RefuseAsync(HttpContext context, JudgedRequest judged, ForwardAuthOptions options)
    {
        var response = context.Response;
        var would = judged.Context.Response;
        foreach (var (name, values) in would.Headers)
        {
            response.Headers[name] = values;
        }

        var redirects = would.StatusCode == StatusCodes.Status302Found && judged.Context.Features.Get<AccessFeature>()?.Decision.Outcome == AccessOutcome.Challenge;
        response.StatusCode = Status(would.StatusCode, redirects, options);
        response.Headers.Remove(HeaderNames.Location);
        if (response.StatusCode is StatusCodes.Status401Unauthorized or StatusCodes.Status302Found && Location(judged, options) is { } location)
        {
            response.Headers.Location = location;
        }

        if (redirects)
        {
            response.Headers[Kind] = "redirect";
        }
        else if (would.StatusCode == StatusCodes.Status429TooManyRequests)
        {
            // nginx can be told 403 alone, and may say 429 by this.
            response.Headers[Kind] = "limited";
        }

        response.ContentLength = judged.Body.Length;
        return response.Body.WriteAsync(judged.Body, context.RequestAborted).AsTask();
    }

    private static int Status(int would, bool redirects, ForwardAuthOptions options) => would switch
    {
        StatusCodes.Status302Found when redirects => options.SignInStatus,
        StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden => would,
        StatusCodes.Status404NotFound => StatusCodes.Status403Forbidden,

        // To nginx all but 2xx, 401 and 403 is a failure of the gateway.
        >= 400 and < 500 when options.Proxy == ForwardAuthProxy.Nginx => StatusCodes.Status403Forbidden,
        >= 400 => would,

        // Said to the client itself (gRPC says "no" under 200), or to be done by the proxy itself (a redirect to https).
        _ => StatusCodes.Status403Forbidden,
    };

    // Local, because the session's cookie is of the app's own host. Traefik resolves it against the address of the question, so it is told the whole.
    private static string? Location(JudgedRequest judged, ForwardAuthOptions options)
    {
        var location = judged.Context.Response.Headers.Location.ToString();
        if (location.Length == 0)
        {
            var challenged = judged.Context.Features.Get<AccessFeature>()?.Decision is { Outcome: AccessOutcome.Challenge, Reason: AccessReason.SignInRequired };
            if (!challenged || judged.Context.Features.Get<CanonicalRequest>() is not { } canonical)
            {
                return null;
            }

            location = LoginRedirect.Location(LoginRedirect.Return(canonical));
        }

        var request = judged.Context.Request;
        return options.Proxy == ForwardAuthProxy.Traefik ? $"{request.Scheme}://{request.Host.Value}{location}" : location;
    }
}
