using Authdog.Identity.Audit;
using Authdog.Identity.Storage;
using Microsoft.EntityFrameworkCore;

namespace Authdog.Identity.Users;

/// <summary>The tenant's groups, their members and roles. Each change is one transaction with its audit event, and reaches live sessions at once (B11).</summary>
public sealed class GroupDirectory(DirectoryContext context, AuditLog audit)
{
    /// <summary>All groups by name.</summary>
    public async Task<IReadOnlyList<Group>> ListAsync(CancellationToken cancellationToken) =>
        await context.Set<Group>().AsNoTracking().OrderBy(group => group.NormalizedName).ToListAsync(cancellationToken);

    /// <summary>The group of a name; null when there is none.</summary>
    public Task<Group?> FindAsync(string name, CancellationToken cancellationToken)
    {
        var key = name.ToUpperInvariant();
        return context.Set<Group>().SingleOrDefaultAsync(group => group.NormalizedName == key, cancellationToken);
    }

    /// <summary>The group of an id; null when there is none.</summary>
    public Task<Group?> FindAsync(Guid id, CancellationToken cancellationToken) => context.Set<Group>().SingleOrDefaultAsync(group => group.Id == id, cancellationToken);

    /// <summary>Members of a group by address.</summary>
    public async Task<IReadOnlyList<User>> MembersAsync(Group group, CancellationToken cancellationToken) =>
        await context.Set<GroupMember>().AsNoTracking()
            .Where(member => member.GroupId == group.Id)
            .Join(context.Set<User>(), member => member.UserId, user => user.Id, (_, user) => user)
            .OrderBy(user => user.NormalizedEmail)
            .ToListAsync(cancellationToken);

    /// <summary>Roles of a group, ordered.</summary>
    public async Task<IReadOnlyList<string>> RolesAsync(Group group, CancellationToken cancellationToken) =>
        await context.Set<GroupRole>().AsNoTracking()
            .Where(given => given.GroupId == group.Id)
            .Join(context.Set<Role>(), given => given.RoleId, role => role.Id, (_, role) => role.Name!)
            .OrderBy(name => name)
            .ToListAsync(cancellationToken);

    /// <summary>Makes a group; null when the name is taken.</summary>
    /// <exception cref="ArgumentException">The name cannot be a group's.</exception>
    public async Task<Group?> AddAsync(string name, CancellationToken cancellationToken)
    {
        if (!Group.IsName(name))
        {
            throw new ArgumentException("A group's name has 1–128 printable characters and no comma.", nameof(name));
        }

        if (await FindAsync(name, cancellationToken) is not null)
        {
            return null;
        }

        var group = new Group { TenantId = context.Tenant, Id = Guid.CreateVersion7(), Name = name, NormalizedName = name.ToUpperInvariant() };
        context.Add(group);
        await SaveAsync($"{name}: added", cancellationToken);
        return group;
    }

    /// <summary>Deletes a group; its members lose the roles that they had by it.</summary>
    public async Task DeleteAsync(Group group, CancellationToken cancellationToken)
    {
        context.Remove(group);
        await SaveAsync($"{group.Name}: deleted", cancellationToken);
    }

    /// <summary>Puts a user into a group; false when they are in it already.</summary>
    public async Task<bool> AddMemberAsync(Group group, User user, CancellationToken cancellationToken)
    {
        if (await context.Set<GroupMember>().AnyAsync(member => member.GroupId == group.Id && member.UserId == user.Id, cancellationToken))
        {
            return false;
        }

        context.Add(new GroupMember { TenantId = context.Tenant, GroupId = group.Id, UserId = user.Id });
        await SaveAsync($"{group.Name}: member {user.UserId} added", cancellationToken);
        return true;
    }

    /// <summary>Takes a user out of a group; false when they are not in it.</summary>
    public async Task<bool> RemoveMemberAsync(Group group, User user, CancellationToken cancellationToken)
    {
        if (await context.Set<GroupMember>().SingleOrDefaultAsync(member => member.GroupId == group.Id && member.UserId == user.Id, cancellationToken) is not { } member)
        {
            return false;
        }

        context.Remove(member);
        await SaveAsync($"{group.Name}: member {user.UserId} removed", cancellationToken);
        return true;
    }

    /// <summary>Gives a role to all members of a group; false when they have it by it already, or when there is no such role.</summary>
    public async Task<bool> AddRoleAsync(Group group, string name, CancellationToken cancellationToken)
    {
        if (await RoleAsync(name, cancellationToken) is not { } role
            || await context.Set<GroupRole>().AnyAsync(given => given.GroupId == group.Id && given.RoleId == role.Id, cancellationToken))
        {
            return false;
        }

        context.Add(new GroupRole { TenantId = context.Tenant, GroupId = group.Id, RoleId = role.Id });
        await SaveAsync($"{group.Name}: role {role.Name} added", cancellationToken);
        return true;
    }

    /// <summary>Takes a role from a group; false when it does not have it.</summary>
    public async Task<bool> RemoveRoleAsync(Group group, string name, CancellationToken cancellationToken)
    {
        if (await RoleAsync(name, cancellationToken) is not { } role
            || await context.Set<GroupRole>().SingleOrDefaultAsync(given => given.GroupId == group.Id && given.RoleId == role.Id, cancellationToken) is not { } given)
        {
            return false;
        }

        context.Remove(given);
        await SaveAsync($"{group.Name}: role {role.Name} removed", cancellationToken);
        return true;
    }

    private Task<Role?> RoleAsync(string name, CancellationToken cancellationToken)
    {
        var key = name.ToUpperInvariant();
        return context.Set<Role>().SingleOrDefaultAsync(role => role.NormalizedName == key, cancellationToken);
    }

    private async Task SaveAsync(string detail, CancellationToken cancellationToken)
    {
        audit.Add(context, new AuditEvent(context.Tenant, AuditEventKind.GroupChanged, Detail: detail));
        await context.SaveChangesAsync(cancellationToken);
    }
}
