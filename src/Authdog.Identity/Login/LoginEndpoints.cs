using Authdog.Identity.Challenges;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Pages;
using Authdog.Identity.Tenants;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Authdog.Identity.Login;

/// <summary>Login and logout.</summary>
internal static class LoginEndpoints
{
    public static void MapLogin(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(PagePaths.Login, ShowLogin);
        endpoints.MapPost(PagePaths.Login, PostLogin).Challenged("login", AccountAsync);
        endpoints.MapGet(PagePaths.Logout, ShowLogout);
        endpoints.MapPost(PagePaths.Logout, PostLogout);
    }

    // The address that is typed, or the one that was typed before: what the next try is at.
    private static async ValueTask<string?> AccountAsync(HttpContext context)
    {
        var form = context.Request.Form;
        var services = context.RequestServices;
        var address = form["method"].ToString().Length == 0
            ? form["email"].ToString()
            : (await services.GetRequiredService<LoginTransactions>().LookAheadAsync(context, services.GetRequiredService<CurrentTenant>().Id, form["flow"], context.RequestAborted))?.Transaction.Email;
        return EmailAddress.TryParse(address, out var email) ? email.Normalized : null;
    }

    private static Task<IResult> ShowLogin(HttpContext context, LoginCeremony ceremony) => ceremony.ShowAsync(context);

    private static Task<IResult> PostLogin(HttpContext context, LoginCeremony ceremony) => ceremony.PostAsync(context);

    private static IResult ShowLogout(HttpContext context, LogoutCeremony ceremony) => ceremony.Show(context);

    private static Task<IResult> PostLogout(HttpContext context, LogoutCeremony ceremony) => ceremony.PostAsync(context);
}
