using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.Admission;

/// <summary>Whoever finds no room waits in line instead of being turned away.</summary>
/// <param name="isFull">Which exceptions mean that; told from outside, since this folder does not know what people wait for.</param>
internal sealed class AdmissionFilter(Func<Exception, bool> isFull) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var room = invocation.HttpContext.RequestServices.GetRequiredService<WaitingRoom>();
        try
        {
            return await next(invocation);
        }
        catch (Exception e) when (room.IsOpen && isFull(e))
        {
            return await room.JoinAsync(invocation.HttpContext);
        }
    }
}
