using Authdog.Identity.Pages;
using Authdog.Identity.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.Admission;

/// <summary>Gives each page and form of somebody without a session its slot, until the answer is sent.</summary>
internal sealed class PageSlotFilter(ErrorPages errors) : IEndpointFilter
{
    private static readonly TimeSpan s_again = TimeSpan.FromSeconds(10);

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        if (context.Features.Get<SessionFeature>()?.Session is not null)
        {
            return await next(invocation);
        }

        if (await context.RequestServices.GetRequiredService<PageSlots>().EnterAsync(context.RequestAborted) is not { } slot)
        {
            return errors.Page(context, ErrorKind.Unavailable, retryAfter: s_again);
        }

        context.Features.Set(slot);
        context.Response.RegisterForDispose(slot);
        return await next(invocation);
    }
}
