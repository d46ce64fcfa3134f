using Authdog.Identity.ApiKeys;
using Authdog.Identity.Sso;
using Authdog.Identity.Sso.Setup;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Authdog.Console.Api.SetupLinks;

/// <summary>Links with which a tenant's IT administrator connects their identity provider, without an account here.</summary>
internal static class SetupLinkEndpoints
{
    private const int MaxHours = 720;

    public static void MapSetupLinks(this IEndpointRouteBuilder endpoints)
    {
        var links = endpoints.MapGroup(ApiPaths.Tenant + "/setup-links").WithTags("Connections");
        links.MapGet("", ListAsync).Reads<ApiPage<SetupLinkResource>>("listSetupLinks", "Open set-up links by connection; the links themselves are shown to nobody again.", ApiScopes.ConnectionsRead);
        links.MapPost("", CreateAsync).Creates<SetupLinkCreation, SetupLinkResource>("createSetupLink", "Make a set-up link. The one before for the same connection is over.", ApiScopes.ConnectionsWrite);
        links.MapDelete("/{connection}", RevokeAsync).Removes("revokeSetupLink", "End the set-up link of a connection at once.", ApiScopes.ConnectionsWrite);
    }

    private static async Task<ApiAnswer> ListAsync(HttpContext context, string tenant)
    {
        var call = ApiCall.Of(context);
        var open = await call.Get<Identity.Sso.Setup.SetupLinks>().ListAsync(call.Tenant.Id, call.Aborted);
        return ApiAnswer.Page(new ApiPage<SetupLinkResource>([.. open.Select(SetupLinkResource.Of)], Next: null));
    }

    private static async Task<ApiAnswer> CreateAsync(HttpContext context, string tenant)
    {
        var call = ApiCall.Of(context);
        if (call.Read<SetupLinkCreation>(out var refusal) is not { } creation)
        {
            return refusal;
        }

        FieldErrors errors = new();
        if (creation.Kind is not ("oidc" or "saml"))
        {
            errors.Add("kind", "Give oidc or saml.");
        }

        if (creation.LifetimeHours is < 1 or > MaxHours)
        {
            errors.Add("lifetimeHours", $"Give 1 to {MaxHours}.");
        }

        if (errors.Any)
        {
            return errors.Answer();
        }

        var links = call.Get<Identity.Sso.Setup.SetupLinks>();
        var kind = creation.Kind is "oidc" ? ConnectionKind.Oidc : ConnectionKind.Saml;
        var (link, mistakes) = await links.InviteAsync(call.Tenant.Id, creation.Connection, kind, TimeSpan.FromHours(creation.LifetimeHours), CancellationToken.None);
        foreach (var mistake in mistakes)
        {
            errors.Add("connection", mistake);
        }

        if (link is null || (await links.ListAsync(call.Tenant.Id, CancellationToken.None)).FirstOrDefault(open => open.Connection == creation.Connection) is not { } made)
        {
            return errors.Answer();
        }

        // Who has the link has the set-up: it is in this answer, and kept nowhere.
        return ApiAnswer.Created($"{ApiPaths.Tenants}/{call.Tenant.Id}/setup-links/{made.Connection}", SetupLinkResource.Of(made) with { Link = link }) with { IsSecret = true };
    }

    private static async Task<ApiAnswer> RevokeAsync(HttpContext context, string tenant, string connection)
    {
        var call = ApiCall.Of(context);
        return Connection.IsSlug(connection) && await call.Get<Identity.Sso.Setup.SetupLinks>().RevokeAsync(call.Tenant.Id, connection, CancellationToken.None)
            ? ApiAnswer.NoContent
            : ApiProblem.NotFound();
    }
}
