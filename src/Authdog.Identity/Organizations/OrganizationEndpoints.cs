using Authdog.Identity.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Authdog.Identity.Organizations;

/// <summary>Where people find the tenants that they have an account in.</summary>
internal static class OrganizationEndpoints
{
    public static void MapOrganizations(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(PagePaths.Organizations, Show);
        endpoints.MapPost(PagePaths.Organizations, Post);
        endpoints.MapGet(OrganizationAccount.ChoosePath, Choose);
        endpoints.MapGet(OrganizationAccount.AccountPath, ShowAccount);
    }

    private static Task<IResult> Show(HttpContext context, OrganizationCeremony ceremony) => ceremony.ShowAsync(context);

    private static Task<IResult> Post(HttpContext context, OrganizationCeremony ceremony) => ceremony.PostAsync(context);

    private static Task<IResult> Choose(HttpContext context, OrganizationAccount account) => account.ChooseAsync(context);

    private static Task<IResult> ShowAccount(HttpContext context, OrganizationAccount account) => account.ShowAsync(context);
}
