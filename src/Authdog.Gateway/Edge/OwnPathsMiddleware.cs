using Authdog.Gateway.Answers;
using Microsoft.AspNetCore.Http.Features;

namespace Authdog.Gateway.Edge;

/// <summary>Gives the gateway's own paths their headers, a bound on bodies (B18), and HEAD wherever there is GET.</summary>
internal sealed class OwnPathsMiddleware(RequestDelegate next)
{
    // Forms of a few fields. An endpoint that takes more says so in its metadata.
    private const long MaxBodySize = 256 * 1024;

    public Task InvokeAsync(HttpContext context)
    {
        if (context.Features.GetRequiredFeature<CanonicalRequest>().IsOwn)
        {
            SecurityHeaders.Set(context.Response.Headers);
            if (HttpMethods.IsHead(context.Request.Method))
            {
                // What GET says, without its body: the server, which knows better, leaves that out.
                context.Request.Method = HttpMethods.Get;
            }

            if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            {
                limit.MaxRequestBodySize = MaxBodySize;
            }
        }

        return next(context);
    }
}
