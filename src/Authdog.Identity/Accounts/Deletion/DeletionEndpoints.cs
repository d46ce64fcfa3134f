using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Authdog.Identity.Accounts.Deletion;

/// <summary>Delete my account.</summary>
internal static class DeletionEndpoints
{
    public static void MapDeletion(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(AccountPaths.Deletion, Show);
        endpoints.MapPost(AccountPaths.Deletion, Post);
    }

    private static IResult Show(HttpContext context, DeletionCeremony ceremony) => ceremony.Show(context);

    private static Task<IResult> Post(HttpContext context, DeletionCeremony ceremony) => ceremony.PostAsync(context);
}
