using Authdog.Identity.ApiKeys;
using Authdog.Identity.Sso;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Authdog.Console.Api.Connections;

/// <summary>Single sign-on connections of a tenant.</summary>
internal static class ConnectionEndpoints
{
    public static void MapConnections(this IEndpointRouteBuilder endpoints)
    {
        var connections = endpoints.MapGroup(ApiPaths.Tenant + "/connections").WithTags("Connections");
        connections.MapGet("", ListAsync).Reads<ApiPage<ConnectionResource>>("listConnections", "All connections by name.", ApiScopes.ConnectionsRead);
        connections.MapGet("/{connection}", GetAsync).Reads<ConnectionResource>("getConnection", "A connection.", ApiScopes.ConnectionsRead);
        connections.MapPatch("/{connection}", ChangeAsync).Changes<ConnectionUpdate, ConnectionResource>("changeConnection", "Change a connection (JSON merge patch). Every node follows at once.", ApiScopes.ConnectionsWrite);
        connections.MapDelete("/{connection}", DeleteAsync).Removes("deleteConnection", "Delete a connection; who came by it is known no more by it.", ApiScopes.ConnectionsWrite);
        connections.MapPut("/{connection}/domains/{domain}", BindAsync).Sets("bindDomain", "Lead the people of a domain to a connection.", ApiScopes.ConnectionsWrite);
        connections.MapDelete("/{connection}/domains/{domain}", UnbindAsync).Removes("unbindDomain", "Lead the people of a domain to no connection.", ApiScopes.ConnectionsWrite);
    }

    private static async Task<ApiAnswer> ListAsync(HttpContext context, string tenant)
    {
        var call = ApiCall.Of(context);
        var set = await call.Get<Identity.Sso.Connections>().OfAsync(call.Tenant.Id, call.Aborted);
        return ApiAnswer.Page(new ApiPage<ConnectionResource>([.. set.All.OrderBy(connection => connection.Slug, StringComparer.Ordinal).Select(ConnectionResource.Of)], Next: null));
    }

    private static async Task<ApiAnswer> GetAsync(HttpContext context, string tenant, string connection)
    {
        var call = ApiCall.Of(context);
        return await FindAsync(call, connection) is { } found ? ApiAnswer.Ok(ConnectionResource.Of(found)) : ApiProblem.NotFound();
    }

    private static async Task<ApiAnswer> ChangeAsync(HttpContext context, string tenant, string connection)
    {
        var call = ApiCall.Of(context);
        if (await FindAsync(call, connection) is not { } found)
        {
            return ApiProblem.NotFound();
        }

        if (call.Precondition(ConnectionResource.Of(found)) is { } changed)
        {
            return changed;
        }

        return call.Patch(ConnectionUpdate.Of(found), out var refusal) is { } wanted
            ? await AnswerAsync(call, connection, await call.Get<ConnectionChanges>().SetAsync(call.Tenant.Id, connection, Set, CancellationToken.None))
            : refusal;

        void Set(Connection row) => (row.Name, row.Enabled, row.Enforced, row.JustInTime, row.HasButton) = (wanted.Name, wanted.Enabled, wanted.Enforced, wanted.JustInTime, wanted.HasButton);
    }

    private static async Task<ApiAnswer> DeleteAsync(HttpContext context, string tenant, string connection)
    {
        var call = ApiCall.Of(context);
        if (await FindAsync(call, connection) is not { } found)
        {
            return ApiProblem.NotFound();
        }

        if (call.Precondition(ConnectionResource.Of(found)) is { } changed)
        {
            return changed;
        }

        return await call.Get<ConnectionChanges>().DeleteAsync(call.Tenant.Id, connection, CancellationToken.None) is ConnectionChange.Done ? ApiAnswer.NoContent : ApiProblem.NotFound();
    }

    private static Task<ApiAnswer> BindAsync(HttpContext context, string tenant, string connection, string domain) => LeadAsync(context, connection, domain, connection);

    private static async Task<ApiAnswer> UnbindAsync(HttpContext context, string tenant, string connection, string domain)
    {
        var call = ApiCall.Of(context);
        return await FindAsync(call, connection) is { } found && found.Domains.Contains(domain) ? await LeadAsync(context, connection, domain, slug: null) : ApiProblem.NotFound();
    }

    private static async Task<ApiAnswer> LeadAsync(HttpContext context, string connection, string domain, string? slug)
    {
        var call = ApiCall.Of(context);
        if (await FindAsync(call, connection) is null)
        {
            return ApiProblem.NotFound();
        }

        return await call.Get<ConnectionChanges>().BindAsync(call.Tenant.Id, domain, slug, CancellationToken.None) switch
        {
            ConnectionChange.Done => ApiAnswer.NoContent,
            _ => ApiProblem.NotFound(),
        };
    }

    private static async Task<ApiAnswer> AnswerAsync(ApiCall call, string connection, ConnectionChange change)
    {
        switch (change)
        {
            case ConnectionChange.Done:
                return await FindAsync(call, connection) is { } now ? ApiAnswer.Ok(ConnectionResource.Of(now)) : ApiProblem.NotFound();
            case ConnectionChange.Refused { Mistakes: var mistakes }:
                FieldErrors errors = new();
                foreach (var mistake in mistakes)
                {
                    errors.Add("name", mistake);
                }

                return errors.Answer();
            default:
                return ApiProblem.NotFound();
        }
    }

    private static async Task<ConnectionRecord?> FindAsync(ApiCall call, string connection) =>
        Connection.IsSlug(connection) ? (await call.Get<Identity.Sso.Connections>().OfAsync(call.Tenant.Id, call.Aborted)).Find(connection) : null;
}
