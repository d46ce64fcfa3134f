using Authdog.Identity.Audit;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Redis;
using Authdog.Identity.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Authdog.Identity.Tenants;

/// <summary>Changes tenants, and tells every node. Each change is one transaction with its audit event.</summary>
public sealed class TenantChanges(
    IDbContextFactory<DirectoryContext> contexts,
    TenantSettingsCheck check,
    TenantCache cache,
    TenantAddresses addresses,
    AuditLog audit,
    InvalidationChannel invalidation,
    TimeProvider time,
    ILogger<TenantChanges> logger)
{
    private const int MaxName = 200;

    /// <summary>Replaces what a tenant has set for itself: all of it, or nothing when there is a mistake.</summary>
    public async Task<TenantChange> SetSettingsAsync(TenantId id, string json, CancellationToken cancellationToken)
    {
        var (settings, mistakes) = check.Read(json);
        return settings is null
            ? new TenantChange.Refused(mistakes)
            : await ChangeAsync(id, AuditEventKind.TenantChanged, "settings", (tenant, _) => tenant.Settings = settings.Values.Count == 0 ? null : settings.Json, cancellationToken);
    }

    /// <summary>Renames a tenant.</summary>
    public async Task<TenantChange> SetNameAsync(TenantId id, string name, CancellationToken cancellationToken) =>
        IsName(name)
            ? await ChangeAsync(id, AuditEventKind.TenantChanged, "name", (tenant, _) => tenant.Name = name, cancellationToken)
            : new TenantChange.Refused([$"AG3405 '{name}' cannot be a tenant's name. Give 1 to {MaxName} printable characters."]);

    /// <summary>Gives a tenant a host or a first path segment of its own.</summary>
    public async Task<TenantChange> AddAddressAsync(TenantId id, string text, CancellationToken cancellationToken)
    {
        if (TenantAddress.Normalize(text) is not { } address)
        {
            return new TenantChange.Refused([$"AG3406 '{text}' is no address. Give a host without a port, such as acme.example.com, or a slash and one segment, such as /acme."]);
        }

        try
        {
            return await ChangeAsync(id, AuditEventKind.TenantChanged, $"address {address}", (tenant, context) => context.Add(new TenantAddress { TenantId = tenant.Id, Address = address }), cancellationToken);
        }
        catch (DbUpdateException)
        {
            return new TenantChange.Refused([$"AG3407 '{address}' belongs to a tenant already. Remove it there first."]);
        }
    }

    /// <summary>Takes an address away.</summary>
    public async Task<TenantChange> RemoveAddressAsync(TenantId id, string text, CancellationToken cancellationToken)
    {
        var address = TenantAddress.Normalize(text) ?? text;
        await using var context = Context(id);
        if (await context.Set<TenantAddress>().SingleOrDefaultAsync(row => row.Address == address, cancellationToken) is not { } row)
        {
            return new TenantChange.Refused([$"AG3408 '{text}' is no address of this tenant. 'tenant show' lists them."]);
        }

        return await ChangeAsync(id, AuditEventKind.TenantChanged, $"address {address} removed", (_, changing) => changing.Remove(row), cancellationToken);
    }

    /// <summary>Shuts a tenant; its sessions end at once on every node.</summary>
    public Task<TenantChange> SuspendAsync(TenantId id, CancellationToken cancellationToken) =>
        MoveAsync(id, TenantState.Suspended, AuditEventKind.TenantSuspended, [TenantState.Active, TenantState.Suspended], cancellationToken);

    /// <summary>Opens a suspended tenant again, or one that is deleted and not erased yet. Its people sign in anew.</summary>
    public Task<TenantChange> ResumeAsync(TenantId id, CancellationToken cancellationToken) =>
        MoveAsync(id, TenantState.Active, AuditEventKind.TenantResumed, [TenantState.Active, TenantState.Suspended, TenantState.Deleted], cancellationToken);

    /// <summary>Shuts a tenant; it is erased when the grace is over.</summary>
    public Task<TenantChange> DeleteAsync(TenantId id, CancellationToken cancellationToken) =>
        MoveAsync(id, TenantState.Deleted, AuditEventKind.TenantDeleted, [TenantState.Active, TenantState.Suspended, TenantState.Deleted], cancellationToken);

    /// <summary>Whether a text can be a tenant's name.</summary>
    internal static bool IsName(string name) => !string.IsNullOrWhiteSpace(name) && name.Length <= MaxName && !name.Any(char.IsControl);

    /// <summary>Tells every node, this one too, that a tenant has changed.</summary>
    public async Task TellAsync(TenantId id)
    {
        cache.Forget(id);
        addresses.Doubt();

        // Written: every node must hear of it, even if the caller goes away.
        await invalidation.PublishAsync(TenantCache.Topic, id.Value, CancellationToken.None);
    }

    private async Task<TenantChange> MoveAsync(TenantId id, TenantState state, AuditEventKind kind, TenantState[] from, CancellationToken cancellationToken)
    {
        if (id == TenantId.Default && state is not TenantState.Active)
        {
            return new TenantChange.Refused(["AG3409 The default tenant cannot be shut. Suspend or delete another one."]);
        }

        return await ChangeAsync(id, kind, null, Move, cancellationToken);

        void Move(Tenant tenant, DirectoryContext context)
        {
            if (!from.Contains(tenant.State) || tenant.State == state)
            {
                return;
            }

            var now = time.GetUtcNow();
            (tenant.State, tenant.StateSince) = (state, now);
            tenant.SessionsEndedAt = now;
        }
    }

    private async Task<TenantChange> ChangeAsync(TenantId id, AuditEventKind kind, string? detail, Action<Tenant, DirectoryContext> change, CancellationToken cancellationToken)
    {
        await using var context = Context(id);
        if (await context.Set<Tenant>().SingleOrDefaultAsync(tenant => tenant.Id == id && tenant.State != TenantState.Erased, cancellationToken) is not { } tenant)
        {
            return TenantChange.Unknown.Instance;
        }

        change(tenant, context);
        if (context.ChangeTracker.HasChanges())
        {
            audit.Add(context, new AuditEvent(id, kind, Detail: detail));
            await context.SaveChangesAsync(cancellationToken);
            TenantsLog.Changed(logger, id.Value, detail ?? kind.ToString());
        }

        await TellAsync(id);
        return new TenantChange.Done(tenant);
    }

    private DirectoryContext Context(TenantId id)
    {
        var context = contexts.CreateDbContext();
        context.UseTenant(() => id);
        return context;
    }
}
