using Authdog.Identity.ApiKeys;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Authdog.Console.Api.Roles;

/// <summary>Roles of a tenant, and what they permit.</summary>
internal static class RoleEndpoints
{
    private const int MaxPermissions = 100;

    public static void MapRoles(this IEndpointRouteBuilder endpoints)
    {
        var roles = endpoints.MapGroup(ApiPaths.Tenant + "/roles").WithTags("Roles");
        roles.MapGet("", ListAsync).Reads<ApiPage<RoleResource>>("listRoles", "All roles by name.", ApiScopes.RolesRead);
        roles.MapGet("/{role}", GetAsync).Reads<RoleResource>("getRole", "A role.", ApiScopes.RolesRead);
        roles.MapPut("/{role}", SetAsync).Changes<RoleChange, RoleResource>("setRole", "Make a role, or replace what it permits. Live sessions follow at once.", ApiScopes.RolesWrite);
        roles.MapDelete("/{role}", DeleteAsync).Removes("deleteRole", "Delete a role, and take it from whoever has it.", ApiScopes.RolesWrite);
    }

    private static async Task<ApiAnswer> ListAsync(HttpContext context, string tenant)
    {
        var call = ApiCall.Of(context);
        var roles = await call.Get<RoleDirectory>().ListAsync(call.Aborted);
        return ApiAnswer.Page(new ApiPage<RoleResource>([.. roles.Select(RoleResource.Of)], Next: null));
    }

    private static async Task<ApiAnswer> GetAsync(HttpContext context, string tenant, string role)
    {
        var call = ApiCall.Of(context);
        return await call.Get<RoleDirectory>().FindAsync(role, call.Aborted) is { } found ? ApiAnswer.Ok(RoleResource.Of(found)) : ApiProblem.NotFound();
    }

    private static async Task<ApiAnswer> SetAsync(HttpContext context, string tenant, string role)
    {
        var call = ApiCall.Of(context);
        var roles = call.Get<RoleDirectory>();
        if (await roles.FindAsync(role, call.Aborted) is { } now && call.Precondition(RoleResource.Of(now)) is { } changed)
        {
            return changed;
        }

        if (call.Read<RoleChange>(out var refusal) is not { } wanted)
        {
            return refusal;
        }

        FieldErrors errors = new();
        foreach (var (index, permission) in wanted.Permissions.Index())
        {
            if (!Role.IsPermission(permission))
            {
                errors.Add($"permissions/{index}", "A permission has 1 to 64 letters, digits and - _ . : /");
            }
        }

        if (wanted.Permissions.Count > MaxPermissions)
        {
            errors.Add("permissions", $"Give at most {MaxPermissions}.");
        }

        return errors.Any ? errors.Answer()
            : !Role.IsName(role) ? ApiProblem.Parameter("role", "a role has 1 to 64 letters, digits and - _ . : /")
            : ApiAnswer.Ok(RoleResource.Of(await roles.SetAsync(role, wanted.Permissions, CancellationToken.None)));
    }

    private static async Task<ApiAnswer> DeleteAsync(HttpContext context, string tenant, string role)
    {
        var call = ApiCall.Of(context);
        var roles = call.Get<RoleDirectory>();
        if (await roles.FindAsync(role, call.Aborted) is { } now && call.Precondition(RoleResource.Of(now)) is { } changed)
        {
            return changed;
        }

        return await roles.DeleteAsync(role, CancellationToken.None) ? ApiAnswer.NoContent : ApiProblem.NotFound();
    }
}
