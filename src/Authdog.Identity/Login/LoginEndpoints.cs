using Authdog.Identity.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Authdog.Identity.Login;

/// <summary>Login and logout.</summary>
internal static class LoginEndpoints
{
    public static void MapLogin(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(PagePaths.Login, ShowLogin);
        endpoints.MapPost(PagePaths.Login, PostLogin);
        endpoints.MapGet(PagePaths.Logout, ShowLogout);
        endpoints.MapPost(PagePaths.Logout, PostLogout);
    }

    private static Task<IResult> ShowLogin(HttpContext context, LoginCeremony ceremony) => ceremony.ShowAsync(context);

    private static Task<IResult> PostLogin(HttpContext context, LoginCeremony ceremony) => ceremony.PostAsync(context);

    private static IResult ShowLogout(HttpContext context, LogoutCeremony ceremony) => ceremony.Show(context);

    private static Task<IResult> PostLogout(HttpContext context, LogoutCeremony ceremony) => ceremony.PostAsync(context);
}
