using Microsoft.AspNetCore.Http;

namespace Authdog.Identity.Login;

/// <summary>303: after a post, the browser gets the next page, and going back or reloading posts nothing twice.</summary>
public sealed class SeeOther(string address) : IResult
{
    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        httpContext.Response.Headers.Location = address;
        httpContext.Response.Headers.CacheControl = "no-store";
        httpContext.Response.Headers["Referrer-Policy"] = "no-referrer";
        return Task.CompletedTask;
    }
}
