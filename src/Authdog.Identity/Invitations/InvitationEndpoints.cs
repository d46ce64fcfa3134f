using Authdog.Identity.Challenges;
using Authdog.Identity.Pages;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Authdog.Identity.Invitations;

/// <summary>Where the link of an invitation leads, and where strangers ask to join.</summary>
internal static class InvitationEndpoints
{
    public static void MapInvitations(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet(PagePaths.Invitation, Show);
        endpoints.MapPost(PagePaths.Invitation, Accept).Challenged("invitation");
        endpoints.MapGet(PagePaths.Join, ShowJoin);
        endpoints.MapPost(PagePaths.Join, AskToJoin).Challenged("join");
    }

    private static Task<IResult> Show(HttpContext context, InvitationCeremony ceremony) => ceremony.ShowAsync(context);

    private static Task<IResult> Accept(HttpContext context, InvitationCeremony ceremony) => ceremony.PostAsync(context);

    private static IResult ShowJoin(HttpContext context, JoinCeremony ceremony) => ceremony.Show(context);

    private static Task<IResult> AskToJoin(HttpContext context, JoinCeremony ceremony) => ceremony.PostAsync(context);
}
