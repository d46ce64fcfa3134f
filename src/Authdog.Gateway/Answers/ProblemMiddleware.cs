using Authdog.Identity.Passwords;
using Authdog.Identity.Redis;
using Microsoft.AspNetCore.Antiforgery;

namespace Authdog.Gateway.Answers;

/// <summary>The outermost layer: whatever escapes denies (B6), with an id that the log has too.</summary>
internal sealed class ProblemMiddleware(RequestDelegate next, ILogger<ProblemMiddleware> logger)
{
    private static readonly TimeSpan s_retryAfter = TimeSpan.FromSeconds(5);

    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            if (context.RequestAborted.IsCancellationRequested && exception is OperationCanceledException or IOException)
            {
                // Nobody is left to read an answer; the status is for the access log alone.
                context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
                return;
            }

            await AnswerWriter.WriteAsync(context, Translate(exception, AnswerId.New()));
        }
    }

    private Answer Translate(Exception exception, string id)
    {
        switch (exception)
        {
            case StoreUnavailableException or HashingBusyException:
                logger.RequestUnavailable(exception.Message, id);
                return new Answer(503, "unavailable", "Temporarily unavailable", "Please try again in a few seconds.", id) { RetryAfter = s_retryAfter };
            case BadHttpRequestException bad:
                logger.BadRequest(bad.StatusCode, bad.Message, id);
                return bad.StatusCode switch
                {
                    408 => new Answer(408, "request-timeout", "Request timeout", "The request did not arrive in time.", id),
                    413 => new Answer(413, "too-large", "Too large", "The request is larger than this address takes.", id),
                    _ => new Answer(bad.StatusCode, "bad-request", "Bad request", "The request could not be read.", id),
                };
            case AntiforgeryValidationException:
                logger.BadRequest(StatusCodes.Status400BadRequest, "antiforgery", id);
                return new Answer(400, "antiforgery", "This form is no longer valid", "Please go back, reload the page and try again.", id);
            default:
                logger.RequestFailed(exception, id);
                return new Answer(500, "internal", "Something went wrong", "The request was not carried out. Please give this number to whoever runs this site.", id);
        }
    }
}
