using Authdog.Identity.Audit;
using Authdog.Identity.Storage;
using Microsoft.EntityFrameworkCore;

namespace Authdog.Identity.Users;

/// <summary>Which roles a user has. Each change is one transaction with its audit event.</summary>
public sealed class RoleAssignments(DirectoryContext context, AuditLog audit)
{
    private const int Tries = 5;

    internal async Task<IReadOnlyList<string>> AddAsync(User user, IEnumerable<string> names, CancellationToken cancellationToken)
    {
        var wanted = Distinct(names);
        for (var attempt = 1; ; attempt++)
        {
            var had = await Of(user).Select(r => r.Role.NormalizedName).ToListAsync(cancellationToken);
            var fresh = wanted.Where(w => !had.Contains(w.Key)).ToDictionary(StringComparer.Ordinal);
            if (fresh.Count == 0)
            {
                return [];
            }

            var rows = await RowsToAddAsync(user, fresh, cancellationToken);
            context.AddRange(rows);
            try
            {
                await context.SaveChangesAsync(cancellationToken);
                return Ordered(fresh.Values);
            }
            catch (DbUpdateException) when (attempt < Tries)
            {
                // Another made the role or gave it at the same moment: look again.
                rows.ForEach(row => context.Entry(row).State = EntityState.Detached);
            }
        }
    }

    internal async Task<IReadOnlyList<string>> RemoveAsync(User user, IEnumerable<string> names, CancellationToken cancellationToken)
    {
        var unwanted = Distinct(names).Keys.ToList();
        var assignments = await Of(user).Where(r => unwanted.Contains(r.Role.NormalizedName!)).ToListAsync(cancellationToken);
        if (assignments.Count == 0)
        {
            return [];
        }

        var removed = Ordered(assignments.Select(a => a.Role.Name!));
        context.RemoveRange(assignments.Select(a => a.Assignment));
        audit.Add(context, new AuditEvent(user.TenantId, AuditEventKind.RolesRemoved, user.UserId, Detail: string.Join(' ', removed)));
        await context.SaveChangesAsync(cancellationToken);
        return removed;
    }

    private async Task<List<object>> RowsToAddAsync(User user, Dictionary<string, string> fresh, CancellationToken cancellationToken)
    {
        var keys = fresh.Keys.ToList();
        var existing = await context.Set<Role>().AsNoTracking().Where(r => keys.Contains(r.NormalizedName!)).ToDictionaryAsync(r => r.NormalizedName!, r => r.Id, cancellationToken);
        List<object> rows = [];
        foreach (var (key, name) in fresh)
        {
            if (!existing.TryGetValue(key, out var id))
            {
                var role = new Role { TenantId = user.TenantId, Id = Guid.CreateVersion7(), Name = name, NormalizedName = key, ConcurrencyStamp = Guid.NewGuid().ToString() };
                rows.Add(role);
                id = role.Id;
            }

            rows.Add(new UserRole { TenantId = user.TenantId, UserId = user.Id, RoleId = id });
        }

        rows.Add(audit.Add(context, new AuditEvent(user.TenantId, AuditEventKind.RolesAdded, user.UserId, Detail: string.Join(' ', Ordered(fresh.Values)))));
        return rows;
    }

    private IQueryable<Held> Of(User user) =>
        from assignment in context.Set<UserRole>()
        where assignment.UserId == user.Id
        join role in context.Set<Role>() on assignment.RoleId equals role.Id
        select new Held { Assignment = assignment, Role = role };

    private static Dictionary<string, string> Distinct(IEnumerable<string> names)
    {
        var distinct = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            distinct[Role.IsName(name) ? name.ToUpperInvariant() : throw new ArgumentException($"'{name}' cannot be a role's name: use 1–64 letters, digits and - _ . : /", nameof(names))] = name;
        }

        return distinct;
    }

    private static List<string> Ordered(IEnumerable<string> names) => [.. names.Order(StringComparer.Ordinal)];

    private sealed class Held
    {
        public required UserRole Assignment { get; init; }

        public required Role Role { get; init; }
    }
}
