using Authdog.Identity.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Authdog.Identity.Accounts;

/// <summary>Self-service.</summary>
internal static class AccountEndpoints
{
    internal const string PasswordPath = PagePaths.Account + "/password";
    internal const string SignOutEverywherePath = PagePaths.Account + "/sign-out-everywhere";
    internal const string RevokePath = PagePaths.Account + "/sessions/revoke";

    public static void MapAccounts(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(PagePaths.Account, Show);
        endpoints.MapGet(PagePaths.Account + "/{**rest}", Redirect);
        endpoints.MapPost(PasswordPath, ChangePassword);
        endpoints.MapPost(SignOutEverywherePath, SignOutEverywhere);
        endpoints.MapPost(RevokePath, Revoke);
    }

    private static Task<IResult> Show(HttpContext context, AccountCeremony ceremony) => ceremony.ShowAsync(context);

    // Somebody reloads the answer to a post, or comes back to it from the login page.
    private static RedirectHttpResult Redirect() => TypedResults.Redirect(PagePaths.Account);

    private static Task<IResult> ChangePassword(HttpContext context, PasswordChange change) => change.PostAsync(context);

    private static Task<IResult> SignOutEverywhere(HttpContext context, AccountCeremony ceremony) => ceremony.SignOutEverywhereAsync(context);

    private static Task<IResult> Revoke(HttpContext context, AccountCeremony ceremony) => ceremony.RevokeAsync(context);
}
