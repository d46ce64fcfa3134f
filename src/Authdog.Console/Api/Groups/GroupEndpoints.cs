using Authdog.Console.Api.Users;
using Authdog.Identity.ApiKeys;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Authdog.Console.Api.Groups;

/// <summary>Groups of a tenant, their members and roles.</summary>
internal static class GroupEndpoints
{
    public static void MapGroups(this IEndpointRouteBuilder endpoints)
    {
        var groups = endpoints.MapGroup(ApiPaths.Tenant + "/groups").WithTags("Groups");
        groups.MapGet("", ListAsync).Reads<ApiPage<GroupResource>>("listGroups", "All groups by name.", ApiScopes.GroupsRead);
        groups.MapPost("", CreateAsync).Creates<GroupCreation, GroupResource>("createGroup", "Make a group.", ApiScopes.GroupsWrite);
        groups.MapGet("/{group}", GetAsync).Reads<GroupResource>("getGroup", "A group.", ApiScopes.GroupsRead);
        groups.MapDelete("/{group}", DeleteAsync).Removes("deleteGroup", "Delete a group; its members lose the roles that they had by it.", ApiScopes.GroupsWrite);
        groups.MapGet("/{group}/members", ListMembersAsync).Reads<ApiPage<MemberResource>>("listGroupMembers", "Members of a group by address.", ApiScopes.GroupsRead);
        groups.MapPut("/{group}/members/{user}", AddMemberAsync).Sets("addGroupMember", "Put a user into a group.", ApiScopes.GroupsWrite);
        groups.MapDelete("/{group}/members/{user}", RemoveMemberAsync).Removes("removeGroupMember", "Take a user out of a group.", ApiScopes.GroupsWrite);
        groups.MapPut("/{group}/roles/{role}", AddRoleAsync).Sets("addGroupRole", "Give a role to all members of a group.", ApiScopes.GroupsWrite);
        groups.MapDelete("/{group}/roles/{role}", RemoveRoleAsync).Removes("removeGroupRole", "Take a role from a group.", ApiScopes.GroupsWrite);
    }

    private static async Task<ApiAnswer> ListAsync(HttpContext context, string tenant)
    {
        var call = ApiCall.Of(context);
        List<GroupResource> shown = [];
        foreach (var group in await call.Get<GroupDirectory>().ListAsync(call.Aborted))
        {
            shown.Add(await GroupResource.OfAsync(call, group));
        }

        return ApiAnswer.Page(new ApiPage<GroupResource>(shown, Next: null));
    }

    private static async Task<ApiAnswer> CreateAsync(HttpContext context, string tenant)
    {
        var call = ApiCall.Of(context);
        if (call.Read<GroupCreation>(out var refusal) is not { } creation)
        {
            return refusal;
        }

        if (!Group.IsName(creation.Name))
        {
            FieldErrors errors = new();
            errors.Add("name", "A group's name has 1 to 128 printable characters, no comma, and no blank at either end.");
            return errors.Answer();
        }

        return await call.Get<GroupDirectory>().AddAsync(creation.Name, CancellationToken.None) is { } group
            ? ApiAnswer.Created($"{ApiPaths.Tenants}/{tenant}/groups/{group.Id}", await GroupResource.OfAsync(call, group))
            : ApiProblem.Conflict("There is a group of this name.");
    }

    private static async Task<ApiAnswer> GetAsync(HttpContext context, string tenant, string group)
    {
        var call = ApiCall.Of(context);
        return await FindAsync(call, group) is { } found ? ApiAnswer.Ok(await GroupResource.OfAsync(call, found)) : ApiProblem.NotFound();
    }

    private static async Task<ApiAnswer> DeleteAsync(HttpContext context, string tenant, string group)
    {
        var call = ApiCall.Of(context);
        if (await FindAsync(call, group) is not { } found)
        {
            return ApiProblem.NotFound();
        }

        if (call.Precondition(await GroupResource.OfAsync(call, found)) is { } changed)
        {
            return changed;
        }

        await call.Get<GroupDirectory>().DeleteAsync(found, CancellationToken.None);
        return ApiAnswer.NoContent;
    }

    private static async Task<ApiAnswer> ListMembersAsync(HttpContext context, string tenant, string group)
    {
        var call = ApiCall.Of(context);
        if (await FindAsync(call, group) is not { } found)
        {
            return ApiProblem.NotFound();
        }

        var members = await call.Get<GroupDirectory>().MembersAsync(found, call.Aborted);
        return ApiAnswer.Page(new ApiPage<MemberResource>([.. members.Select(member => new MemberResource { Id = member.UserId.ToString(), Email = member.Email ?? string.Empty })], Next: null));
    }

    private static async Task<ApiAnswer> AddMemberAsync(HttpContext context, string tenant, string group, string user)
    {
        var call = ApiCall.Of(context);
        if (await FindAsync(call, group) is not { } found || await UserEndpoints.FindAsync(call, user) is not { } member)
        {
            return ApiProblem.NotFound();
        }

        await call.Get<GroupDirectory>().AddMemberAsync(found, member, CancellationToken.None);
        return ApiAnswer.NoContent;
    }

    private static async Task<ApiAnswer> RemoveMemberAsync(HttpContext context, string tenant, string group, string user)
    {
        var call = ApiCall.Of(context);
        return await FindAsync(call, group) is { } found
            && await UserEndpoints.FindAsync(call, user) is { } member
            && await call.Get<GroupDirectory>().RemoveMemberAsync(found, member, CancellationToken.None)
                ? ApiAnswer.NoContent
                : ApiProblem.NotFound();
    }

    private static async Task<ApiAnswer> AddRoleAsync(HttpContext context, string tenant, string group, string role)
    {
        var call = ApiCall.Of(context);
        if (await FindAsync(call, group) is not { } found || await call.Get<RoleDirectory>().FindAsync(role, call.Aborted) is null)
        {
            return ApiProblem.NotFound();
        }

        await call.Get<GroupDirectory>().AddRoleAsync(found, role, CancellationToken.None);
        return ApiAnswer.NoContent;
    }

    private static async Task<ApiAnswer> RemoveRoleAsync(HttpContext context, string tenant, string group, string role)
    {
        var call = ApiCall.Of(context);
        return await FindAsync(call, group) is { } found && await call.Get<GroupDirectory>().RemoveRoleAsync(found, role, CancellationToken.None) ? ApiAnswer.NoContent : ApiProblem.NotFound();
    }

    private static async Task<Group?> FindAsync(ApiCall call, string group) =>
        ApiOperations.TryId(group, out var id) ? await call.Get<GroupDirectory>().FindAsync(id, call.Aborted) : null;
}
