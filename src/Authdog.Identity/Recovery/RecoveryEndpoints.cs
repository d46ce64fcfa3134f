using Authdog.Identity.Challenges;
using Authdog.Identity.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Authdog.Identity.Recovery;

/// <summary>Getting back in: a new password by mail, and a second step that is lost.</summary>
internal static class RecoveryEndpoints
{
    internal const string SecondStepPath = PagePaths.RecoverSecondStep;

    public static void MapRecovery(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(PagePaths.Recover, Show);
        endpoints.MapPost(PagePaths.Recover, Post).Challenged("recovery");
        endpoints.MapGet(SecondStepPath, ShowSecondStep);
        endpoints.MapPost(SecondStepPath, PostSecondStep);
    }

    private static Task<IResult> Show(HttpContext context, RecoveryCeremony ceremony) => ceremony.ShowAsync(context);

    private static Task<IResult> ShowSecondStep(HttpContext context, SecondStepRecovery recovery) => recovery.ShowAsync(context);

    private static Task<IResult> PostSecondStep(HttpContext context, SecondStepRecovery recovery) => recovery.PostAsync(context);

    private static Task<IResult> Post(HttpContext context, RecoveryCeremony ceremony, RecoveryRequest request) =>
        context.Request.Form.ContainsKey("token") ? ceremony.PostAsync(context) : request.PostAsync(context);
}
