using Microsoft.AspNetCore.Http;

namespace Authdog.Identity.Pages;

/// <summary>Answers 503 with <c>Retry-After</c> when what a page needs is away or busy for the moment.</summary>
/// <param name="errors">Draws the page.</param>
/// <param name="isTemporary">Which exceptions mean that; told from outside, since this folder knows no store.</param>
internal sealed class StoreFailureFilter(ErrorPages errors, Func<Exception, bool> isTemporary) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        try
        {
            return await next(invocation);
        }
        catch (Exception e) when (isTemporary(e))
        {
            return errors.Page(invocation.HttpContext, ErrorKind.Unavailable);
        }
    }
}
