using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Authdog.Identity.Pages;

/// <summary>Refuses pages over plain HTTP while the gateway's public URL is HTTPS: their cookies are <c>Secure</c>, and no form would ever work.</summary>
internal sealed class PlainHttpFilter(ErrorPages errors, PublicUrlOptions reach, ILogger<PlainHttpFilter> logger) : IEndpointFilter
{
    private int _said;

    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        if (!reach.IsSecure || context.Request.IsHttps)
        {
            return next(invocation);
        }

        // Once: whoever asks cannot fill the log.
        if (Interlocked.Exchange(ref _said, 1) == 0)
        {
            PagesLog.PlainHttp(logger, reach.PublicUrl.GetLeftPart(UriPartial.Authority), context.Connection.RemoteIpAddress);
        }

        return ValueTask.FromResult<object?>(errors.Page(context, ErrorKind.PlainHttp));
    }
}
