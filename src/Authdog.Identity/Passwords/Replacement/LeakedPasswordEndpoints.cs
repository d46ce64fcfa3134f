using Authdog.Identity.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Authdog.Identity.Passwords.Replacement;

/// <summary>A new password in place of a leaked one, within a login.</summary>
internal static class LeakedPasswordEndpoints
{
    internal const string Path = PagePaths.Login + "/new-password";

    public static void MapLeakedPassword(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(Path, Show);
        endpoints.MapPost(Path, Post);
    }

    private static Task<IResult> Show(HttpContext context, LeakedPasswordCeremony ceremony) => ceremony.ShowAsync(context);

    private static Task<IResult> Post(HttpContext context, LeakedPasswordCeremony ceremony) => ceremony.PostAsync(context);
}
