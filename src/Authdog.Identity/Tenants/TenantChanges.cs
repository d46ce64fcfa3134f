using Authdog.Identity.Identifiers;
using Authdog.Identity.Redis;
using Authdog.Identity.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Authdog.Identity.Tenants;

/// <summary>Changes tenants, and tells every node.</summary>
public sealed class TenantChanges(
    IDbContextFactory<DirectoryContext> contexts,
    TenantSettingsCheck check,
    TenantCache cache,
    InvalidationChannel invalidation,
    ILogger<TenantChanges> logger)
{
    /// <summary>Replaces what a tenant has set for itself: all of it, or nothing when there is a mistake.</summary>
    public async Task<TenantChange> SetSettingsAsync(TenantId id, string json, CancellationToken cancellationToken)
    {
        var (settings, mistakes) = check.Read(json);
        return settings is null
            ? new TenantChange.Refused(mistakes)
            : await ChangeAsync(id, "settings", tenant => tenant.Settings = settings.Values.Count == 0 ? null : settings.Json, cancellationToken);
    }

    private async Task<TenantChange> ChangeAsync(TenantId id, string what, Action<Tenant> change, CancellationToken cancellationToken)
    {
        await using var context = contexts.CreateDbContext();
        if (await context.Set<Tenant>().SingleOrDefaultAsync(tenant => tenant.Id == id, cancellationToken) is not { } tenant)
        {
            return TenantChange.Unknown.Instance;
        }

        change(tenant);
        await context.SaveChangesAsync(cancellationToken);
        TenantsLog.Changed(logger, id.Value, what);

        // Written: from here on every node must hear of it, even if the caller goes away.
        cache.Forget(id);
        await invalidation.PublishAsync(TenantCache.Topic, id.Value, CancellationToken.None);
        return new TenantChange.Done(tenant);
    }
}
