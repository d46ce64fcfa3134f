using Authdog.Identity.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Authdog.Identity.EmailCodes;

/// <summary>The link in the mail: GET shows, POST consumes (I5).</summary>
internal static class EmailCodeEndpoints
{
    internal const string LinkPath = PagePaths.Login + "/email";

    public static void MapEmailCodes(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(LinkPath, Show);
        endpoints.MapPost(LinkPath, Post);
    }

    private static Task<IResult> Show(HttpContext context, EmailLinkCeremony ceremony) => ceremony.ShowAsync(context);

    private static Task<IResult> Post(HttpContext context, EmailLinkCeremony ceremony) => ceremony.PostAsync(context);
}
