using Authdog.Identity.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Authdog.Identity.Recovery;

/// <summary>Password recovery by mail.</summary>
internal static class RecoveryEndpoints
{
    public static void MapRecovery(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(PagePaths.Recover, Show);
        endpoints.MapPost(PagePaths.Recover, Post);
    }

    private static Task<IResult> Show(HttpContext context, RecoveryCeremony ceremony) => ceremony.ShowAsync(context);

    private static Task<IResult> Post(HttpContext context, RecoveryCeremony ceremony, RecoveryRequest request) =>
        context.Request.Form.ContainsKey("token") ? ceremony.PostAsync(context) : request.PostAsync(context);
}
