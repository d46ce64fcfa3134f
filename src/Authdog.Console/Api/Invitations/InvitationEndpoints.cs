using Authdog.Console.Api.Users;
using Authdog.Identity.ApiKeys;
using Authdog.Identity.Invitations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Authdog.Console.Api.Invitations;

/// <summary>Invitations of a tenant.</summary>
internal static class InvitationEndpoints
{
    public static void MapInvitations(this IEndpointRouteBuilder endpoints)
    {
        var invitations = endpoints.MapGroup(ApiPaths.Tenant + "/invitations").WithTags("Invitations");
        invitations.MapGet("", ListAsync).Reads<ApiPage<InvitationResource>>("listInvitations", "Invitations in order of creation.", ApiScopes.InvitationsRead);
        invitations.MapPost("", CreateAsync).Creates<InvitationCreation, InvitationResource>("createInvitation", "Invite an address; the link is mailed there and shown to nobody else.", ApiScopes.InvitationsWrite);
        invitations.MapGet("/{invitation}", GetAsync).Reads<InvitationResource>("getInvitation", "An invitation.", ApiScopes.InvitationsRead);
        invitations.MapPost("/{invitation}/resend", ResendAsync).Does<InvitationResource>("resendInvitation", "Mail a new link; the one before works no more.", ApiScopes.InvitationsWrite);
        invitations.MapDelete("/{invitation}", RevokeAsync).Removes("revokeInvitation", "Take an invitation back.", ApiScopes.InvitationsWrite);
    }

    private static async Task<ApiAnswer> ListAsync(HttpContext context, ApiCursor cursors, string tenant)
    {
        var call = ApiCall.Of(context);
        var list = $"invitations {tenant}";
        if (!cursors.TryRead(call, list, out var after, out var limit, out var refusal))
        {
            return refusal;
        }

        Guid? last = after is not null && ApiOperations.TryId(after, out var id) ? id : null;
        var rows = await call.Get<InvitationDirectory>().ListAsync(last, limit + 1, call.Aborted);
        return cursors.Page(list, rows, limit, static row => row.Id.ToString(), InvitationResource.Of);
    }

    private static async Task<ApiAnswer> CreateAsync(HttpContext context, string tenant)
    {
        var call = ApiCall.Of(context);
        if (call.Read<InvitationCreation>(out var refusal) is not { } creation)
        {
            return refusal;
        }

        FieldErrors errors = new();
        if (UserRules.Email(creation.Email, errors) is not { } email)
        {
            return errors.Answer();
        }

        var request = new InvitationRequest(email)
        {
            Roles = creation.Roles,
            Groups = creation.Groups,
            Language = creation.Language,
            Lifetime = creation.LifetimeHours is { } hours ? TimeSpan.FromHours(Math.Clamp(hours, 0, 100_000)) : null,
        };
        return InvitationAnswers.Of(call, await call.Get<InvitationDirectory>().SendAsync(request, CancellationToken.None), isNew: true);
    }

    private static async Task<ApiAnswer> GetAsync(HttpContext context, string tenant, string invitation)
    {
        var call = ApiCall.Of(context);
        return await FindAsync(call, invitation) is { } found ? ApiAnswer.Ok(InvitationResource.Of(found)) : ApiProblem.NotFound();
    }

    private static async Task<ApiAnswer> ResendAsync(HttpContext context, string tenant, string invitation)
    {
        var call = ApiCall.Of(context);
        return await FindAsync(call, invitation) is { } found
            ? InvitationAnswers.Of(call, await call.Get<InvitationDirectory>().ResendAsync(found, CancellationToken.None), isNew: false)
            : ApiProblem.NotFound();
    }

    private static async Task<ApiAnswer> RevokeAsync(HttpContext context, string tenant, string invitation)
    {
        var call = ApiCall.Of(context);
        if (await FindAsync(call, invitation) is not { } found)
        {
            return ApiProblem.NotFound();
        }

        return call.Precondition(InvitationResource.Of(found)) is { } changed ? changed
            : await call.Get<InvitationDirectory>().RevokeAsync(found, CancellationToken.None) ? ApiAnswer.NoContent
            : ApiProblem.Conflict("This invitation is over: it was accepted or taken back.");
    }

    private static async Task<Invitation?> FindAsync(ApiCall call, string invitation) =>
        ApiOperations.TryId(invitation, out var id) ? await call.Get<InvitationDirectory>().FindAsync(id, call.Aborted) : null;
}
