using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Authdog.Identity.Pages;

/// <summary>What every form post passes before its endpoint sees it: bounded, well-formed, and sent by a page of this gateway in this browser.</summary>
internal sealed class FormPostFilter(IAntiforgery antiforgery, ErrorPages errors) : IEndpointFilter
{
    private const int MaxBodyBytes = 64 * 1024;

    // An attestation with its chain of certificates is the longest.
    private const int MaxValueLength = 32 * 1024;

    private static readonly FormOptions s_limits = Limits(MaxBodyBytes, MaxValueLength);

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        if (!HttpMethods.IsPost(context.Request.Method))
        {
            return await next(invocation);
        }

        var upload = context.GetEndpoint()?.Metadata.GetMetadata<UploadForm>();
        var foreign = context.GetEndpoint()?.Metadata.GetMetadata<ForeignForm>();
        var type = upload is null ? "application/x-www-form-urlencoded" : "multipart/form-data";
        if (context.Request.ContentType?.StartsWith(type, StringComparison.OrdinalIgnoreCase) is not true)
        {
            return errors.Page(context, ErrorKind.BadRequest);
        }

        var max = upload?.MaxBytes ?? foreign?.MaxBytes ?? MaxBodyBytes;
        if (context.Request.ContentLength > max)
        {
            return errors.Page(context, ErrorKind.TooLarge);
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } bound)
        {
            bound.MaxRequestBodySize = max;
        }

        try
        {
            await context.Request.ReadFormAsync(max == MaxBodyBytes ? s_limits : Limits(max, foreign is null ? MaxValueLength : max), context.RequestAborted);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return errors.Page(context, ErrorKind.TooLarge);
        }
        catch (Exception e) when (e is InvalidDataException or BadHttpRequestException)
        {
            return errors.Page(context, ErrorKind.BadRequest);
        }

        return foreign is not null || await IsOursAsync(context) ? await next(invocation) : errors.Page(context, ErrorKind.PageExpired);
    }

    // A file within the limit stays in memory: nothing that somebody sent is written to a disk before it was judged.
    private static FormOptions Limits(int max, int maxValue) => new()
    {
        ValueCountLimit = 64,
        KeyLengthLimit = 64,
        ValueLengthLimit = maxValue,
        BufferBodyLengthLimit = max,
        MultipartBodyLengthLimit = max,
        MultipartHeadersCountLimit = 8,
        MultipartHeadersLengthLimit = 2048,
        MemoryBufferThreshold = max,
    };

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
