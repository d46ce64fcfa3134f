using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Authdog.Identity.Sso.Identities;

/// <summary>The account's pages about identities elsewhere.</summary>
internal static class LinkedIdentityEndpoints
{
    public static void MapLinkedIdentities(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(LinkedIdentityPaths.List, List);
        endpoints.MapGet(LinkedIdentityPaths.Connect, ShowLink);
        endpoints.MapPost(LinkedIdentityPaths.Connect, Link);
        endpoints.MapGet(LinkedIdentityPaths.Leave, Leave);
        endpoints.MapGet(LinkedIdentityPaths.OneRemove, ShowRemove);
        endpoints.MapPost(LinkedIdentityPaths.OneRemove, Remove);
    }

    private static Task<IResult> List(HttpContext context, LinkedIdentityAccount account) => account.ListAsync(context);

    private static Task<IResult> ShowLink(HttpContext context, IdentityLinking linking) => linking.ShowAsync(context);

    private static Task<IResult> Link(HttpContext context, IdentityLinking linking) => linking.BeginAsync(context);

    private static Task<IResult> Leave(HttpContext context, IdentityLinking linking) => linking.LeaveAsync(context);

    private static Task<IResult> ShowRemove(HttpContext context, string id, LinkedIdentityAccount account) => account.ShowRemoveAsync(context, id);

    private static Task<IResult> Remove(HttpContext context, string id, LinkedIdentityAccount account) => account.RemoveAsync(context, id);
}
