using System.Text.Json.Nodes;
using Authdog.Identity.Accounts.Deletion;
using Authdog.Identity.ApiKeys;
using Authdog.Identity.Audit;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Sessions;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Authdog.Console.Api.Users;

/// <summary>Users of a tenant.</summary>
internal static class UserEndpoints
{
    private const string List = "users";

    public static void MapUsers(this IEndpointRouteBuilder endpoints)
    {
        var users = endpoints.MapGroup(ApiPaths.Tenant + "/users").WithTags("Users");
        users.MapGet("", ListAsync).Reads<ApiPage<UserResource>>("listUsers", "Users in order of creation; with email, the one of an address.", ApiScopes.UsersRead);
        users.MapPost("", CreateAsync).Creates<UserCreation, UserResource>("createUser", "Make a user.", ApiScopes.UsersWrite);
        users.MapGet("/{user}", GetAsync).Reads<UserResource>("getUser", "A user.", ApiScopes.UsersRead);
        users.MapPatch("/{user}", ChangeAsync).Changes<UserChange, UserResource>("changeUser", "Change a user (JSON merge patch). Live sessions follow at once.", ApiScopes.UsersWrite);
        users.MapDelete("/{user}", DeleteAsync).Removes("deleteUser", "Delete a user with everything that is kept of them but the audit log. There is no way back.", ApiScopes.UsersWrite);
        users.MapPut("/{user}/roles/{role}", AddRoleAsync).Sets("addUserRole", "Give a user a role.", ApiScopes.UsersWrite);
        users.MapDelete("/{user}/roles/{role}", RemoveRoleAsync).Removes("removeUserRole", "Take a role from a user. Those that the user has by a group stay.", ApiScopes.UsersWrite);
        users.MapPost("/{user}/require-new-password", RequireNewPasswordAsync).Does<UserResource>("requireNewPassword", "End a user's password and sessions: the next one is chosen by mail.", ApiScopes.UsersWrite);
    }

    /// <summary>The user of the path; null when there is none in the tenant.</summary>
    internal static async Task<User?> FindAsync(ApiCall call, string user) =>
        UserId.TryParse(user, out var id) ? await call.Get<UserDirectory>().FindAsync(id, call.Aborted) : null;

    private static async Task<ApiAnswer> ListAsync(HttpContext context, ApiCursor cursors, string tenant)
    {
        var call = ApiCall.Of(context);
        if (call.Query("email") is { } address)
        {
            var found = EmailAddress.TryParse(address, out var email) ? await call.Get<UserDirectory>().FindByEmailAsync(email, call.Aborted) : null;
            return ApiAnswer.Page(new ApiPage<UserResource>(found is null ? [] : [await UserResource.OfAsync(call, found)], Next: null));
        }

        var list = $"{List} {tenant}";
        if (!cursors.TryRead(call, list, out var after, out var limit, out var refusal))
        {
            return refusal;
        }

        UserId? last = UserId.TryParse(after, out var id) ? id : null;
        var users = await call.Get<UserDirectory>().ListAsync(last, limit + 1, call.Aborted);
        Dictionary<UserId, UserResource> shown = [];
        foreach (var user in users.Take(limit))
        {
            shown.Add(user.UserId, await UserResource.OfAsync(call, user));
        }

        return cursors.Page(list, users, limit, static user => user.UserId.ToString(), user => shown[user.UserId]);
    }

    private static async Task<ApiAnswer> CreateAsync(HttpContext context, string tenant)
    {
        var call = ApiCall.Of(context);
        if (call.Read<UserCreation>(out var refusal) is not { } creation)
        {
            return refusal;
        }

        FieldErrors errors = new();
        var email = UserRules.Email(creation.Email, errors);
        UserRules.Name(creation.Name, errors);
        await UserRules.RolesAsync(call, creation.Roles, errors);
        await UserRules.GroupsAsync(call, creation.Groups, errors);
        var attributes = UserRules.Attributes(call, creation.Attributes, errors);
        if (errors.Any)
        {
            return errors.Answer();
        }

        if (await call.Get<Tombstones>().HasAsync(email!, call.Aborted))
        {
            return ApiProblem.Conflict("The account of this address was erased on its owner's wish. Only they can come back, by signing up.");
        }

        var users = call.Get<UserDirectory>();
        if (await users.CreateAsync(email!, creation.EmailVerified, creation.Name, passwordHash: null, CancellationToken.None) is not { } user)
        {
            return ApiProblem.Conflict("There is a user with this address.");
        }

        if (attributes.Count > 0)
        {
            await users.SetProfileAsync(user, user.Name, user.Locale, user.TimeZone, UserAttributes.With(user, attributes), CancellationToken.None);
        }

        await users.AddRolesAsync(user, creation.Roles, CancellationToken.None);
        var groups = call.Get<GroupDirectory>();
        foreach (var name in creation.Groups)
        {
            if (await groups.FindAsync(name, CancellationToken.None) is { } group)
            {
                await groups.AddMemberAsync(group, user, CancellationToken.None);
            }
        }

        return ApiAnswer.Created($"{ApiPaths.Tenants}/{tenant}/users/{user.UserId}", await UserResource.OfAsync(call, user));
    }

    private static async Task<ApiAnswer> GetAsync(HttpContext context, string tenant, string user)
    {
        var call = ApiCall.Of(context);
        return await FindAsync(call, user) is { } found ? ApiAnswer.Ok(await UserResource.OfAsync(call, found)) : ApiProblem.NotFound();
    }

    private static async Task<ApiAnswer> ChangeAsync(HttpContext context, string tenant, string user)
    {
        var call = ApiCall.Of(context);
        if (await FindAsync(call, user) is not { } found)
        {
            return ApiProblem.NotFound();
        }

        var now = UserChange.Of(found, call.Get<UserAttributes>());
        if (call.Precondition(await UserResource.OfAsync(call, found)) is { } changed)
        {
            return changed;
        }

        if (call.Patch(now, out var refusal) is not { } wanted)
        {
            return refusal;
        }

        FieldErrors errors = new();
        var email = UserRules.Email(wanted.Email, errors);
        UserRules.Name(wanted.Name, errors);
        UserRules.Locale(wanted.Locale, errors);
        UserRules.TimeZone(wanted.TimeZone, errors);

        // Only what changes is judged: a value that the schema has outgrown is nobody's mistake here.
        var attributes = UserRules.Attributes(call, new JsonObject(wanted.Attributes.Where(one => !JsonNode.DeepEquals(one.Value, now.Attributes[one.Key]) || one.Value is null).Select(one => KeyValuePair.Create(one.Key, one.Value?.DeepClone()))), errors);
        if (errors.Any)
        {
            return errors.Answer();
        }

        var users = call.Get<UserDirectory>();
        if (email!.Value != now.Email && !await users.SetEmailAsync(found, email, CancellationToken.None))
        {
            return ApiProblem.Conflict("There is another user with this address.");
        }

        if ((wanted.Name, wanted.Locale, wanted.TimeZone) != (now.Name, now.Locale, now.TimeZone) || attributes.Count > 0)
        {
            await users.SetProfileAsync(found, wanted.Name, wanted.Locale, wanted.TimeZone, UserAttributes.With(found, attributes), CancellationToken.None);
        }

        if (wanted.Disabled != now.Disabled)
        {
            await users.SetDisabledAsync(found, wanted.Disabled, CancellationToken.None);
        }

        return ApiAnswer.Ok(await UserResource.OfAsync(call, found));
    }

    private static async Task<ApiAnswer> DeleteAsync(HttpContext context, string tenant, string user)
    {
        var call = ApiCall.Of(context);
        if (await FindAsync(call, user) is not { } found)
        {
            return ApiProblem.NotFound();
        }

        if (call.Precondition(await UserResource.OfAsync(call, found)) is { } changed)
        {
            return changed;
        }

        await call.Get<UserRemoval>().RemoveAsync(found, CancellationToken.None);
        await call.Get<AuditLog>().WriteAsync(new AuditEvent(call.Tenant.Id, AuditEventKind.UserDeleted, found.UserId), CancellationToken.None);
        return ApiAnswer.NoContent;
    }

    private static async Task<ApiAnswer> AddRoleAsync(HttpContext context, string tenant, string user, string role)
    {
        var call = ApiCall.Of(context);
        if (await FindAsync(call, user) is not { } found || await call.Get<RoleDirectory>().FindAsync(role, call.Aborted) is not { Name: { } name })
        {
            return ApiProblem.NotFound();
        }

        await call.Get<UserDirectory>().AddRolesAsync(found, [name], CancellationToken.None);
        return ApiAnswer.NoContent;
    }

    private static async Task<ApiAnswer> RemoveRoleAsync(HttpContext context, string tenant, string user, string role)
    {
        var call = ApiCall.Of(context);
        return await FindAsync(call, user) is { } found && (await call.Get<UserDirectory>().RemoveRolesAsync(found, [role], CancellationToken.None)).Count > 0
            ? ApiAnswer.NoContent
            : ApiProblem.NotFound();
    }

    private static async Task<ApiAnswer> RequireNewPasswordAsync(HttpContext context, string tenant, string user)
    {
        var call = ApiCall.Of(context);
        if (await FindAsync(call, user) is not { } found)
        {
            return ApiProblem.NotFound();
        }

        await call.Get<UserDirectory>().SetCompromisedAsync(found, CancellationToken.None);
        await call.Get<SessionStore>().RevokeAllAsync(call.Tenant.Id, found.UserId, except: null, CancellationToken.None);
        return ApiAnswer.Ok(await UserResource.OfAsync(call, found));
    }
}
