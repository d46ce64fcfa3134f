using System.Collections.Immutable;
using Microsoft.EntityFrameworkCore;

namespace Authdog.Identity.Users;

/// <summary>What a user may claim to be in the tenant; each ordered.</summary>
/// <param name="Roles">Roles: the user's own, and those of the groups.</param>
/// <param name="Groups">Groups.</param>
/// <param name="Permissions">What the roles permit.</param>
public sealed record Entitlements(ImmutableArray<string> Roles, ImmutableArray<string> Groups, ImmutableArray<string> Permissions)
{
    /// <summary>Reads those of a user of the context's tenant.</summary>
    internal static async Task<Entitlements> ReadAsync(DbContext context, Guid user, CancellationToken cancellationToken)
    {
        var groups = await (
            from member in context.Set<GroupMember>().AsNoTracking()
            where member.UserId == user
            join joined in context.Set<Group>() on member.GroupId equals joined.Id
            select joined).ToListAsync(cancellationToken);
        var own = context.Set<UserRole>().Where(given => given.UserId == user).Select(given => given.RoleId);
        var shared = context.Set<GroupMember>().Where(member => member.UserId == user)
            .Join(context.Set<GroupRole>(), member => member.GroupId, given => given.GroupId, (_, given) => given.RoleId);
        var roles = await context.Set<Role>().AsNoTracking().Where(role => own.Contains(role.Id) || shared.Contains(role.Id)).ToListAsync(cancellationToken);
        return new Entitlements(
            Ordered(roles.Select(role => role.Name!)),
            Ordered(groups.Select(joined => joined.Name)),
            Ordered(roles.SelectMany(role => role.Permissions).Distinct(StringComparer.Ordinal)));
    }

    private static ImmutableArray<string> Ordered(IEnumerable<string> names) => [.. names.Order(StringComparer.Ordinal)];
}
