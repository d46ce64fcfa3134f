using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Authdog.Identity.Pages;

/// <summary>What every form post passes before its endpoint sees it: bounded, well-formed, and sent by a page of this gateway in this browser.</summary>
internal sealed class FormPostFilter(IAntiforgery antiforgery, ErrorPages errors) : IEndpointFilter
{
    private const int MaxBodyBytes = 64 * 1024;

    private static readonly FormOptions s_limits = new()
    {
        ValueCountLimit = 32,
        KeyLengthLimit = 64,

        // An attestation with its chain of certificates is the longest.
        ValueLengthLimit = 32 * 1024,
        BufferBodyLengthLimit = MaxBodyBytes,
    };

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        if (!HttpMethods.IsPost(context.Request.Method))
        {
            return await next(invocation);
        }

        if (context.Request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) is not true)
        {
            return errors.Page(context, ErrorKind.BadRequest);
        }

        if (context.Request.ContentLength > MaxBodyBytes)
        {
            return errors.Page(context, ErrorKind.TooLarge);
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } bound)
        {
            bound.MaxRequestBodySize = MaxBodyBytes;
        }

        try
        {
            await context.Request.ReadFormAsync(s_limits, context.RequestAborted);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return errors.Page(context, ErrorKind.TooLarge);
        }
        catch (Exception e) when (e is InvalidDataException or BadHttpRequestException)
        {
            return errors.Page(context, ErrorKind.BadRequest);
        }

        return await IsOursAsync(context) ? await next(invocation) : errors.Page(context, ErrorKind.PageExpired);
    }

    private async Task<bool> IsOursAsync(HttpContext context)
    {
        var user = context.User;
        context.User = new ClaimsPrincipal(new ClaimsIdentity());
        try
        {
            return await antiforgery.IsRequestValidAsync(context);
        }
        finally
        {
            context.User = user;
        }
    }
}
