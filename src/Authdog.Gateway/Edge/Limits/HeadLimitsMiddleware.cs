using Authdog.Gateway.Answers;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace Authdog.Gateway.Edge.Limits;

/// <summary>Bounds target and cookies of a request (B18), with answers that a person whose browser has collected too many cookies can act on.</summary>
internal sealed class HeadLimitsMiddleware(RequestDelegate next, IOptions<GatewayOptions> options, EdgeMetrics metrics, ILogger<HeadLimitsMiddleware> logger)
{
    private readonly LimitsOptions _limits = options.Value.Limits;

    public Task InvokeAsync(HttpContext context)
    {
        if (context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Length > _limits.MaxTargetBytes)
        {
            return RefuseAsync(context, 414, nameof(LimitsOptions.MaxTargetBytes), "target-too-long", "Address too long", "The address of this request is longer than is accepted here.");
        }

        var cookies = context.Request.Headers.Cookie;
        return cookies.Count > 0 && AreTooMany(cookies)
            ? RefuseAsync(context, 431, nameof(LimitsOptions.MaxCookies), "cookies-too-large", "Too many cookies", "Your browser sent more or larger cookies than are accepted here. Delete the cookies of this site and try again.")
            : next(context);
    }

    private bool AreTooMany(Microsoft.Extensions.Primitives.StringValues cookies)
    {
        int count = 0, bytes = 0;
        foreach (var line in cookies)
        {
            count += line.AsSpan().Count(';') + 1;
            bytes += line?.Length ?? 0;
        }

        return count > _limits.MaxCookies || bytes > _limits.MaxCookieBytes;
    }

    private Task RefuseAsync(HttpContext context, int status, string limit, string code, string title, string detail)
    {
        var id = AnswerId.New();
        metrics.Refused(code);
        logger.LimitExceeded(limit, context.Connection.RemoteIpAddress, id);
        return AnswerWriter.WriteAsync(context, new Answer(status, code, title, detail, id));
    }
}
