using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Storage;
using Authdog.Identity.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Authdog.Identity.Sessions;

/// <summary>Carries each change of a user, their roles or what features say of them, whoever makes it, into their live sessions (B11): new profile, or the end for who is shut out or deleted.</summary>
/// <remarks>The store is asked before the directory is written: while it is away nobody's access can be changed halfway.</remarks>
internal sealed class SessionDirectoryInterceptor(SessionStore sessions, SessionClaims claims) : SaveChangesInterceptor
{
    private static readonly string[] s_profile = [nameof(User.Email), nameof(User.EmailConfirmed), nameof(User.Name), nameof(User.Disabled), nameof(User.Attributes)];
    private readonly ConditionalWeakTable<DbContext, ConcurrentDictionary<(TenantId Tenant, Guid User), byte>> _changed = [];

    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result) =>
        Affected(eventData.Context).Any() ? throw new InvalidOperationException("Users and their roles are saved asynchronously: their sessions change too.") : result;

    public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is not { } context)
        {
            return result;
        }

        var affected = Affected(context).Concat(await HoldersAsync(context, cancellationToken)).ToHashSet();
        if (affected.Count > 0)
        {
            await sessions.CheckAsync(cancellationToken);
            var changed = _changed.GetOrCreateValue(context);
            foreach (var user in affected)
            {
                changed.TryAdd(user, 0);
            }
        }

        return result;
    }

    public override async ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is { } context && _changed.TryGetValue(context, out var changed))
        {
            _changed.Remove(context);
            foreach (var (tenant, user) in changed.Keys)
            {
                // The directory is written: who cancels now must not leave the old sessions behind.
                await ApplyAsync(context, tenant, user, CancellationToken.None);
            }
        }

        return result;
    }

    public override Task SaveChangesFailedAsync(DbContextErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is { } context)
        {
            _changed.Remove(context);
        }

        return Task.CompletedTask;
    }

    private async Task ApplyAsync(DbContext context, TenantId tenant, Guid id, CancellationToken cancellationToken)
    {
        var user = await context.Set<User>().AsNoTracking().SingleOrDefaultAsync(u => u.Id == id, cancellationToken);
        if (user is null || user.Disabled)
        {
            await sessions.RevokeAllAsync(tenant, new UserId(id), except: null, cancellationToken);
            return;
        }

        var entitlements = await Entitlements.ReadAsync(context, id, cancellationToken);
        await sessions.UpdateProfileAsync(tenant, user.UserId, SessionProfile.Of(user, entitlements, await claims.ReadAsync(context, user, cancellationToken)), cancellationToken);
    }

    private IEnumerable<(TenantId Tenant, Guid User)> Affected(DbContext? context)
    {
        // Who is being made has no session yet: an import of thousands asks the store nothing.
        var fresh = context?.ChangeTracker.Entries<User>().Where(entry => entry.State is EntityState.Added).Select(entry => entry.Entity.Id).ToHashSet() ?? [];
        foreach (var entry in context?.ChangeTracker.Entries() ?? [])
        {
            switch (entry.Entity)
            {
                case User user when entry.State is EntityState.Deleted || IsProfileChanged(entry):
                    yield return (user.TenantId, user.Id);
                    break;
                case UserRole given when entry.State is (EntityState.Added or EntityState.Deleted) && !fresh.Contains(given.UserId):
                    yield return (given.TenantId, given.UserId);
                    break;
                case GroupMember member when entry.State is (EntityState.Added or EntityState.Deleted) && !fresh.Contains(member.UserId):
                    yield return (member.TenantId, member.UserId);
                    break;
                case ITenantOwned row when entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted && claims.OwnerOf(row) is { } owner:
                    yield return (row.TenantId, owner.Value);
                    break;
            }
        }
    }

    private static bool IsProfileChanged(EntityEntry entry) =>
        entry.State is EntityState.Modified && s_profile.Any(name => entry.Property(name).IsModified);

    /// <summary>Users who have a role that changes, themselves or by a group, or who are in a group that changes.</summary>
    private static async Task<IEnumerable<(TenantId Tenant, Guid User)>> HoldersAsync(DbContext context, CancellationToken cancellationToken)
    {
        var roles = Changed<Role>(context).Select(role => role.Id).ToList();
        var groups = Changed<Group>(context).Select(group => group.Id)
            .Concat(context.ChangeTracker.Entries<GroupRole>().Where(e => e.State is EntityState.Added or EntityState.Deleted).Select(e => e.Entity.GroupId))
            .ToList();
        if (roles.Count == 0 && groups.Count == 0)
        {
            return [];
        }

        var holders = await context.Set<UserRole>().AsNoTracking().Where(given => roles.Contains(given.RoleId)).ToListAsync(cancellationToken);
        var sharing = context.Set<GroupRole>().Where(given => roles.Contains(given.RoleId)).Select(given => given.GroupId);
        var members = await context.Set<GroupMember>().AsNoTracking().Where(member => groups.Contains(member.GroupId) || sharing.Contains(member.GroupId)).ToListAsync(cancellationToken);
        return holders.Select(given => (given.TenantId, given.UserId)).Concat(members.Select(member => (member.TenantId, member.UserId)));
    }

    private static IEnumerable<T> Changed<T>(DbContext context)
        where T : class =>
        context.ChangeTracker.Entries<T>().Where(e => e.State is EntityState.Modified or EntityState.Deleted).Select(e => e.Entity);
}
