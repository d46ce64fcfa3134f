using Authdog.Identity.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Authdog.Identity.Notices.NotMe;

/// <summary>"This wasn't me".</summary>
internal static class NotMeEndpoints
{
    public static void MapNotMe(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(PagePaths.NotMe, Show);
        endpoints.MapPost(PagePaths.NotMe, Post);
    }

    private static Task<IResult> Show(HttpContext context, NotMeCeremony ceremony) => ceremony.ShowAsync(context);

    private static Task<IResult> Post(HttpContext context, NotMeCeremony ceremony) => ceremony.PostAsync(context);
}
