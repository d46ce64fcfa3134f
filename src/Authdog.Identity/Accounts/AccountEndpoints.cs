using Authdog.Identity.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Authdog.Identity.Accounts;

/// <summary>Self-service: what belongs to no other feature.</summary>
internal static class AccountEndpoints
{
    public static void MapAccounts(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(AccountPaths.Overview, Overview);
        endpoints.MapGet(AccountPaths.Security, Security);
        endpoints.MapPost(AccountPaths.Reviewed, Reviewed);
        endpoints.MapGet(AccountPaths.Password, ShowPassword);
        endpoints.MapPost(AccountPaths.Password, ChangePassword);
        endpoints.MapGet(PagePaths.Account + "/{**rest}", Redirect);
    }

    private static Task<IResult> Overview(HttpContext context, AccountCeremony ceremony) => ceremony.OverviewAsync(context);

    private static Task<IResult> Security(HttpContext context, AccountCeremony ceremony) => ceremony.SecurityAsync(context);

    private static Task<IResult> Reviewed(HttpContext context, AccountCeremony ceremony) => ceremony.ReviewedAsync(context);

    private static Task<IResult> ShowPassword(HttpContext context, PasswordChange change) => change.ShowAsync(context);

    private static Task<IResult> ChangePassword(HttpContext context, PasswordChange change) => change.PostAsync(context);

    // Somebody reloads the answer to a post, comes back to it from the login page, or wants it in another language: the page with the form is one level up.
    private static RedirectHttpResult Redirect(HttpContext context)
    {
        var path = context.Request.Path.Value!.TrimEnd('/');
        return TypedResults.Redirect(new PathString(path[..path.LastIndexOf('/')]).ToUriComponent() + context.Request.QueryString);
    }
}
