using Authdog.Gateway.Access;
using Authdog.Gateway.Answers;
using Authdog.Policies.Decisions;
using Yarp.ReverseProxy.Forwarder;

namespace Authdog.Gateway.Forwarding;

/// <summary>The last step before an upstream: nothing is forwarded without a decision that allows it (B6), and a failed forward gets an answer.</summary>
internal sealed class ForwardingGuardMiddleware(RequestDelegate next, ILogger<ForwardingGuardMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.Features.Get<AccessFeature>() is not { Decision.Outcome: AccessOutcome.Allow })
        {
            throw new InvalidOperationException("A request came to be forwarded that no policy has allowed.");
        }

        await next(context);

        if (context.Features.Get<IForwarderErrorFeature>() is not { } failure || context.Response.HasStarted || context.RequestAborted.IsCancellationRequested)
        {
            return;
        }

        var id = AnswerId.New();
        var route = context.GetReverseProxyFeature().Route.Config.RouteId;
        logger.ForwardingFailed(failure.Exception, failure.Error, route, id);
        await AnswerWriter.WriteAsync(context, Describe(context.Response.StatusCode, id));
    }

    private static Answer Describe(int status, string id) => status switch
    {
        504 => new Answer(504, "upstream-timeout", "The application did not answer in time", "Please try again later.", id),
        503 => new Answer(503, "upstream-unavailable", "The application is not available", "Please try again later.", id),
        408 => new Answer(408, "request-timeout", "Request timeout", "The request did not arrive in time.", id),
        413 => new Answer(413, "too-large", "Too large", "The request is larger than this address takes.", id),
        >= 400 and < 500 => new Answer(status, "bad-request", "Bad request", "The request could not be read.", id),
        _ => new Answer(502, "upstream-failed", "The application could not be reached", "Please try again later.", id),
    };
}
