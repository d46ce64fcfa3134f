using Microsoft.AspNetCore.Http;

namespace Authdog.Identity.Pages;

/// <summary>Pages that say what went wrong, in the reader's language, with the id that the log has too.</summary>
public sealed class ErrorPages(PageRenderer renderer)
{
    private const int RetryAfterSeconds = 5;
    private const int RetryLaterSeconds = 15 * 60;

    /// <summary>The page as a result.</summary>
    /// <param name="context">The request.</param>
    /// <param name="kind">What went wrong.</param>
    /// <param name="reference">Id that log or audit have too (a decision's, a trace's); the request's own when absent.</param>
    /// <param name="message">What the operator says to the person besides; plain text.</param>
    /// <param name="link">Where the operator sends the person: a local path or an <c>https</c> address.</param>
    /// <param name="retryAfter">When to come back, where that is known.</param>
    /// <param name="signInAt">Where the person can sign in anew, where that helps.</param>
    public IResult Page(HttpContext context, ErrorKind kind, string? reference = null, string? message = null, string? link = null, TimeSpan? retryAfter = null, string? signInAt = null)
    {
        if (kind is ErrorKind.Unavailable or ErrorKind.TooManyRequests)
        {
            var usual = kind is ErrorKind.Unavailable ? RetryAfterSeconds : RetryLaterSeconds;
            context.Response.Headers.RetryAfter = $"{(retryAfter is { } wait ? (int)Math.Ceiling(wait.TotalSeconds) : usual)}";
        }

        // Whose form was too old, or another browser's, goes on where they were; what cannot be read is not asked for again.
        var retry = kind switch
        {
            ErrorKind.PageExpired => context.Request.Path + PageThread.Of(context.Request).ToString(),
            ErrorKind.BadRequest or ErrorKind.TooLarge => context.Request.Path.Value,
            _ => null,
        };
        return renderer.Page<ErrorPage>(context, Status(kind), ("Kind", kind), ("Reference", reference ?? context.TraceIdentifier), ("TryAgainAt", retry), ("Message", message), ("Link", link), ("SignInAt", signInAt));
    }

    /// <summary>Writes the page as the response, for middleware.</summary>
    public Task WriteAsync(HttpContext context, ErrorKind kind, string? reference = null, string? message = null, string? link = null, string? signInAt = null) =>
        Page(context, kind, reference, message, link, signInAt: signInAt).ExecuteAsync(context);

    private static int Status(ErrorKind kind) => kind switch
    {
        ErrorKind.BadRequest or ErrorKind.PageExpired or ErrorKind.PlainHttp => StatusCodes.Status400BadRequest,
        ErrorKind.Forbidden or ErrorKind.StrongerSignInUnavailable => StatusCodes.Status403Forbidden,
        ErrorKind.NotFound => StatusCodes.Status404NotFound,
        ErrorKind.TooLarge => StatusCodes.Status413PayloadTooLarge,
        ErrorKind.TooManyRequests => StatusCodes.Status429TooManyRequests,
        ErrorKind.BadGateway => StatusCodes.Status502BadGateway,
        ErrorKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
        ErrorKind.GatewayTimeout => StatusCodes.Status504GatewayTimeout,
        _ => StatusCodes.Status500InternalServerError,
    };
}
