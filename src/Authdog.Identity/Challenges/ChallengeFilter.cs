using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.Challenges;

/// <summary>Puts the challenge before every form that carries <see cref="ChallengedForm"/>. Runs after the form was read within its bounds and found to be of this browser.</summary>
internal sealed class ChallengeFilter : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (!HttpMethods.IsPost(http.Request.Method) || http.GetEndpoint()?.Metadata.GetMetadata<ChallengedForm>() is not { } challenged)
        {
            return await next(context);
        }

        return await http.RequestServices.GetRequiredService<ChallengeCeremony>().AdmitAsync(http, challenged) is { } page ? page : await next(context);
    }
}
