using Authdog.Console.Api;
using Authdog.Console.Api.Audit;
using Authdog.Console.Api.Connections;
using Authdog.Console.Api.Domains;
using Authdog.Console.Api.Groups;
using Authdog.Console.Api.Invitations;
using Authdog.Console.Api.OpenApi;
using Authdog.Console.Api.Roles;
using Authdog.Console.Api.SetupLinks;
using Authdog.Console.Api.Tenants;
using Authdog.Console.Api.Users;
using Microsoft.AspNetCore.Routing;

namespace Authdog.Console;

/// <summary>The management API under <c>/.authdog/api</c>.</summary>
public static class ConsoleEndpoints
{
    /// <summary>Maps every operation and the OpenAPI document. Each operation judges its bearer key itself; sessions count for nothing here.</summary>
    public static IEndpointRouteBuilder MapAuthdogConsole(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapManagementApi();
        api.MapTenants();
        api.MapUsers();
        api.MapSessions();
        api.MapRoles();
        api.MapGroups();
        api.MapInvitations();
        api.MapJoinRequests();
        api.MapDomains();
        api.MapConnections();
        api.MapSetupLinks();
        api.MapAudit();
        endpoints.MapManagementDocument();
        return endpoints;
    }
}
