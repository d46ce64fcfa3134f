using Authdog.Identity.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Authdog.Identity.Login.Risk;

/// <summary>What an unusual sign-in leads to.</summary>
internal static class RiskEndpoints
{
    internal const string ConfirmPath = PagePaths.Login + "/confirm";
    internal const string RefusedPath = PagePaths.Login + "/refused";

    public static void MapRisk(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(ConfirmPath, Show);
        endpoints.MapPost(ConfirmPath, Post);
        endpoints.MapGet(RefusedPath, ShowRefusal);
    }

    private static Task<IResult> Show(HttpContext context, RiskCeremony ceremony) => ceremony.ShowAsync(context);

    private static Task<IResult> Post(HttpContext context, RiskCeremony ceremony) => ceremony.PostAsync(context);

    private static IResult ShowRefusal(HttpContext context, RiskCeremony ceremony) => ceremony.ShowRefusal(context);
}
