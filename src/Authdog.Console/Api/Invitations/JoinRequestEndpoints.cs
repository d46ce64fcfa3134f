using Authdog.Identity.ApiKeys;
using Authdog.Identity.Invitations;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Authdog.Console.Api.Invitations;

/// <summary>Requests to join a tenant.</summary>
internal static class JoinRequestEndpoints
{
    public static void MapJoinRequests(this IEndpointRouteBuilder endpoints)
    {
        var requests = endpoints.MapGroup(ApiPaths.Tenant + "/join-requests").WithTags("Invitations");
        requests.MapGet("", ListAsync).Reads<ApiPage<JoinRequestResource>>("listJoinRequests", "Undecided requests to join, in order of creation.", ApiScopes.InvitationsRead);
        requests.MapPost("/{request}/approve", ApproveAsync).Creates<Membership, InvitationResource>("approveJoinRequest", "Say yes: the address is invited.", ApiScopes.InvitationsWrite);
        requests.MapDelete("/{request}", DenyAsync).Removes("denyJoinRequest", "Say no; nobody is told.", ApiScopes.InvitationsWrite);
    }

    private static async Task<ApiAnswer> ListAsync(HttpContext context, ApiCursor cursors, string tenant)
    {
        var call = ApiCall.Of(context);
        var list = $"join-requests {tenant}";
        if (!cursors.TryRead(call, list, out var after, out var limit, out var refusal))
        {
            return refusal;
        }

        Guid? last = after is not null && ApiOperations.TryId(after, out var id) ? id : null;
        var rows = await call.Get<JoinRequests>().ListAsync(last, limit + 1, call.Aborted);
        return cursors.Page(list, rows, limit, static row => row.Id.ToString(), JoinRequestResource.Of);
    }

    private static async Task<ApiAnswer> ApproveAsync(HttpContext context, string tenant, string request)
    {
        var call = ApiCall.Of(context);
        if (await FindAsync(call, request) is not { } found)
        {
            return ApiProblem.NotFound();
        }

        return call.Read<Membership>(out var refusal) is { } given
            ? InvitationAnswers.Of(call, await call.Get<JoinRequests>().ApproveAsync(found, given.Roles, given.Groups, CancellationToken.None), isNew: true)
            : refusal;
    }

    private static async Task<ApiAnswer> DenyAsync(HttpContext context, string tenant, string request)
    {
        var call = ApiCall.Of(context);
        if (await FindAsync(call, request) is not { } found)
        {
            return ApiProblem.NotFound();
        }

        await call.Get<JoinRequests>().DenyAsync(found, CancellationToken.None);
        return ApiAnswer.NoContent;
    }

    private static async Task<JoinRequest?> FindAsync(ApiCall call, string request) =>
        ApiOperations.TryId(request, out var id) ? await call.Get<JoinRequests>().FindAsync(id, call.Aborted) : null;
}
