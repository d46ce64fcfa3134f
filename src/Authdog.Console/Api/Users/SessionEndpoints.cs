using Authdog.Identity.ApiKeys;
using Authdog.Identity.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Authdog.Console.Api.Users;

/// <summary>Live sessions of a user.</summary>
internal static class SessionEndpoints
{
    public static void MapSessions(this IEndpointRouteBuilder endpoints)
    {
        var sessions = endpoints.MapGroup(ApiPaths.Tenant + "/users/{user}/sessions").WithTags("Users");
        sessions.MapGet("", ListAsync).Reads<ApiPage<SessionResource>>("listSessions", "Live sessions of a user.", ApiScopes.UsersRead);
        sessions.MapDelete("", RevokeAllAsync).Removes("revokeSessions", "End all sessions of a user, on every node.", ApiScopes.UsersWrite);
        sessions.MapDelete("/{session}", RevokeAsync).Removes("revokeSession", "End a session.", ApiScopes.UsersWrite);
    }

    private static async Task<ApiAnswer> ListAsync(HttpContext context, string tenant, string user)
    {
        var call = ApiCall.Of(context);
        if (await UserEndpoints.FindAsync(call, user) is not { } found)
        {
            return ApiProblem.NotFound();
        }

        var sessions = await call.Get<SessionStore>().ListAsync(call.Tenant.Id, found.UserId, call.Aborted);
        return ApiAnswer.Page(new ApiPage<SessionResource>([.. sessions.Select(SessionResource.Of)], Next: null));
    }

    private static async Task<ApiAnswer> RevokeAllAsync(HttpContext context, string tenant, string user)
    {
        var call = ApiCall.Of(context);
        if (await UserEndpoints.FindAsync(call, user) is not { } found)
        {
            return ApiProblem.NotFound();
        }

        await call.Get<SessionStore>().RevokeAllAsync(call.Tenant.Id, found.UserId, except: null, CancellationToken.None);
        return ApiAnswer.NoContent;
    }

    private static async Task<ApiAnswer> RevokeAsync(HttpContext context, string tenant, string user, string session)
    {
        var call = ApiCall.Of(context);
        var sessions = call.Get<SessionStore>();

        // Looked up among the user's own: the id of somebody else's session finds nothing (I10).
        if (await UserEndpoints.FindAsync(call, user) is not { } found
            || (await sessions.ListAsync(call.Tenant.Id, found.UserId, call.Aborted)).FirstOrDefault(own => own.Id.Value == session) is not { } live)
        {
            return ApiProblem.NotFound();
        }

        await sessions.RevokeAsync(live.Id, CancellationToken.None);
        return ApiAnswer.NoContent;
    }
}
