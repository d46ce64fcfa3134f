using System.Text.Json;
using System.Text.Json.Nodes;
using Authdog.Identity.ApiKeys;
using Authdog.Identity.Sso;
using Authdog.Identity.Sso.Oidc;
using Authdog.Identity.Sso.Saml;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Authdog.Console.Api.Connections;

/// <summary>Single sign-on connections of a tenant, judged by what judges commands.</summary>
internal static class ConnectionEndpoints
{
    public static void MapConnections(this IEndpointRouteBuilder endpoints)
    {
        var connections = endpoints.MapGroup(ApiPaths.Tenant + "/connections").WithTags("Connections");
        connections.MapGet("", ListAsync).Reads<ApiPage<ConnectionResource>>("listConnections", "All connections by name.", ApiScopes.ConnectionsRead);
        connections.MapPost("", CreateAsync).Creates<ConnectionCreation, ConnectionResource>("createConnection", "Connect an OpenID Provider or a SAML identity provider.", ApiScopes.ConnectionsWrite);
        connections.MapGet("/{connection}", GetAsync).Reads<ConnectionResource>("getConnection", "A connection, with the addresses to type in at the provider.", ApiScopes.ConnectionsRead);
        connections.MapPatch("/{connection}", ChangeAsync).Changes<ConnectionUpdate, ConnectionResource>("changeConnection", "Change a connection (JSON merge patch). Every node follows at once.", ApiScopes.ConnectionsWrite);
        connections.MapDelete("/{connection}", DeleteAsync).Removes("deleteConnection", "Delete a connection; who came by it is known no more by it.", ApiScopes.ConnectionsWrite);
        connections.MapPut("/{connection}/domains/{domain}", BindAsync).Sets<ConnectionResource>("bindDomain", "Lead the people of a domain to a connection.", ApiScopes.ConnectionsWrite);
        connections.MapDelete("/{connection}/domains/{domain}", UnbindAsync).Removes("unbindDomain", "Lead the people of a domain to no connection.", ApiScopes.ConnectionsWrite);
    }

    private static async Task<ApiAnswer> ListAsync(HttpContext context, string tenant)
    {
        var call = ApiCall.Of(context);
        var set = await call.Get<Identity.Sso.Connections>().OfAsync(call.Tenant.Id, call.Aborted);
        return ApiAnswer.Page(new ApiPage<ConnectionResource>([.. set.All.OrderBy(connection => connection.Slug, StringComparer.Ordinal).Select(connection => ConnectionResource.Of(call, connection))], Next: null));
    }

    private static async Task<ApiAnswer> CreateAsync(HttpContext context, string tenant)
    {
        var call = ApiCall.Of(context);
        if (call.Read<ConnectionCreation>(out var refusal) is not { } creation)
        {
            return refusal;
        }

        FieldErrors errors = new();
        var mapping = Mapping(creation.Mapping, errors);
        var isSaml = creation.Kind is "saml";
        if (!isSaml && creation.Kind is not "oidc")
        {
            errors.Add("kind", "Give oidc or saml.");
        }
        else if ((isSaml ? creation.Oidc : (object?)creation.Saml) is not null)
        {
            errors.Add(isSaml ? "oidc" : "saml", $"A connection of kind {creation.Kind} has no such settings. Leave them out.");
        }

        if (errors.Any)
        {
            return errors.Answer();
        }

        var now = call.Get<TimeProvider>().GetUtcNow();
        Connection connection = new()
        {
            TenantId = call.Tenant.Id,
            Id = Guid.CreateVersion7(now),
            Slug = creation.Id,
            Kind = isSaml ? ConnectionKind.Saml : ConnectionKind.Oidc,
            Name = creation.Name ?? creation.Id,
            Enabled = creation.Enabled,
            Enforced = creation.Enforced,
            JustInTime = creation.JustInTime,
            HasButton = creation.HasButton,
            Settings = "{}",
            Mapping = mapping,
            CreatedAt = now,
            UpdatedAt = now,
        };
        var change = isSaml
            ? await call.Get<SamlSetup>().AddAsync(connection, (creation.Saml ?? new SamlConnectionSettings()).ToChoices(), CancellationToken.None)
            : await call.Get<OidcSetup>().AddAsync(connection, (creation.Oidc ?? new OidcConnectionSettings()).ToChoices(), CancellationToken.None);
        return await ConnectionAnswers.OfAsync(call, creation.Id, change, isNew: true);
    }

    private static async Task<ApiAnswer> GetAsync(HttpContext context, string tenant, string connection)
    {
        var call = ApiCall.Of(context);
        return await ConnectionAnswers.FindAsync(call, connection) is { } found ? ApiAnswer.Ok(ConnectionResource.Of(call, found)) : ApiProblem.NotFound();
    }

    private static async Task<ApiAnswer> ChangeAsync(HttpContext context, string tenant, string connection)
    {
        var call = ApiCall.Of(context);
        if (await ConnectionAnswers.FindAsync(call, connection) is not { } found)
        {
            return ApiProblem.NotFound();
        }

        if (call.Precondition(ConnectionResource.Of(call, found)) is { } changed)
        {
            return changed;
        }

        if (call.Patch(ConnectionUpdate.Of(found), out var refusal) is not { } wanted)
        {
            return refusal;
        }

        FieldErrors errors = new();
        var mapping = Mapping(wanted.Mapping, errors);
        var isSaml = found.Kind is ConnectionKind.Saml;
        if ((isSaml ? wanted.Oidc : (object?)wanted.Saml) is not null)
        {
            errors.Add(isSaml ? "oidc" : "saml", "This connection has no such settings. Leave them out.");
        }

        if (errors.Any)
        {
            return errors.Answer();
        }

        var change = isSaml
            ? await call.Get<SamlSetup>().SetAsync(call.Tenant.Id, connection, (wanted.Saml ?? new SamlConnectionSettings()).ToChoices(), Set, CancellationToken.None)
            : await call.Get<OidcSetup>().SetAsync(call.Tenant.Id, connection, (wanted.Oidc ?? new OidcConnectionSettings()).ToChoices(), Set, CancellationToken.None);
        return await ConnectionAnswers.OfAsync(call, connection, change);

        void Set(Connection row) => (row.Name, row.Enabled, row.Enforced, row.JustInTime, row.HasButton, row.Mapping) = (wanted.Name, wanted.Enabled, wanted.Enforced, wanted.JustInTime, wanted.HasButton, mapping);
    }

    private static async Task<ApiAnswer> DeleteAsync(HttpContext context, string tenant, string connection)
    {
        var call = ApiCall.Of(context);
        if (await ConnectionAnswers.FindAsync(call, connection) is not { } found)
        {
            return ApiProblem.NotFound();
        }

        if (call.Precondition(ConnectionResource.Of(call, found)) is { } changed)
        {
            return changed;
        }

        return await call.Get<ConnectionChanges>().DeleteAsync(call.Tenant.Id, connection, CancellationToken.None) is ConnectionChange.Done ? ApiAnswer.NoContent : ApiProblem.NotFound();
    }

    private static async Task<ApiAnswer> BindAsync(HttpContext context, string tenant, string connection, string domain)
    {
        var call = ApiCall.Of(context);
        return await ConnectionAnswers.FindAsync(call, connection) is { } found
            && await call.Get<ConnectionChanges>().BindAsync(call.Tenant.Id, domain, found.Slug, CancellationToken.None) is ConnectionChange.Done done
                ? await ConnectionAnswers.OfAsync(call, connection, done)
                : ApiProblem.NotFound();
    }

    private static async Task<ApiAnswer> UnbindAsync(HttpContext context, string tenant, string connection, string domain)
    {
        var call = ApiCall.Of(context);
        return await ConnectionAnswers.FindAsync(call, connection) is { } found
            && found.Domains.Contains(domain)
            && await call.Get<ConnectionChanges>().BindAsync(call.Tenant.Id, domain, slug: null, CancellationToken.None) is ConnectionChange.Done
                ? ApiAnswer.NoContent
                : ApiProblem.NotFound();
    }

    private static string Mapping(JsonObject? given, FieldErrors errors)
    {
        try
        {
            return given is null ? "{}" : ConnectionMapping.Parse(given.ToJsonString()).ToJson();
        }
        catch (JsonException)
        {
            errors.Add("mapping", "AG5330 this is no mapping. Give an object with email, name, groups, roles, defaultRoles and attributes.");
            return "{}";
        }
    }
}
