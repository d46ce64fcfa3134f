using Authdog.Identity.Audit;
using Authdog.Identity.Storage;
using Microsoft.EntityFrameworkCore;

namespace Authdog.Identity.Users;

/// <summary>The tenant's roles and what they permit. Each change is one transaction with its audit event, and reaches live sessions at once (B11).</summary>
public sealed class RoleDirectory(DirectoryContext context, AuditLog audit)
{
    /// <summary>Most permissions of one role.</summary>
    internal const int MaxPermissions = 100;

    /// <summary>All roles by name.</summary>
    public async Task<IReadOnlyList<Role>> ListAsync(CancellationToken cancellationToken) =>
        await context.Set<Role>().AsNoTracking().OrderBy(role => role.NormalizedName).ToListAsync(cancellationToken);

    /// <summary>The role of a name; null when there is none.</summary>
    public Task<Role?> FindAsync(string name, CancellationToken cancellationToken)
    {
        var key = name.ToUpperInvariant();
        return context.Set<Role>().AsNoTracking().SingleOrDefaultAsync(role => role.NormalizedName == key, cancellationToken);
    }

    /// <summary>Makes a role, or replaces what an existing one permits.</summary>
    /// <exception cref="ArgumentException">A name cannot be a role's or a permission's, or there are too many.</exception>
    public async Task<Role> SetAsync(string name, IEnumerable<string> permissions, CancellationToken cancellationToken)
    {
        string[] ordered = [.. permissions.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (!Role.IsName(name) || ordered.Length > MaxPermissions || ordered.FirstOrDefault(permission => !Role.IsPermission(permission)) is not null)
        {
            throw new ArgumentException($"A role has a name and at most {MaxPermissions} permissions, each of 1–64 letters, digits and - _ . : /", nameof(name));
        }

        var key = name.ToUpperInvariant();
        var role = await context.Set<Role>().SingleOrDefaultAsync(role => role.NormalizedName == key, cancellationToken);
        if (role is null)
        {
            role = new Role { TenantId = context.Tenant, Id = Guid.CreateVersion7(), Name = name, NormalizedName = key, ConcurrencyStamp = Guid.NewGuid().ToString() };
            context.Add(role);
        }

        role.Permissions = ordered;
        audit.Add(context, new AuditEvent(context.Tenant, AuditEventKind.RoleChanged, Detail: $"{role.Name}: {string.Join(' ', ordered)}"));
        await context.SaveChangesAsync(cancellationToken);
        return role;
    }

    /// <summary>Deletes a role, and takes it from whoever has it; false when there is none.</summary>
    public async Task<bool> DeleteAsync(string name, CancellationToken cancellationToken)
    {
        var key = name.ToUpperInvariant();
        if (await context.Set<Role>().SingleOrDefaultAsync(role => role.NormalizedName == key, cancellationToken) is not { } role)
        {
            return false;
        }

        context.Remove(role);
        audit.Add(context, new AuditEvent(context.Tenant, AuditEventKind.RoleDeleted, Detail: role.Name));
        await context.SaveChangesAsync(cancellationToken);
        return true;
    }
}
