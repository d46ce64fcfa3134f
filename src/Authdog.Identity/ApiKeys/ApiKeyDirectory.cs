using Authdog.Identity.Audit;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Storage;
using Microsoft.EntityFrameworkCore;

namespace Authdog.Identity.ApiKeys;

/// <summary>Makes, lists and revokes the keys of the management API. A key is shown once; who lost it makes another.</summary>
public sealed class ApiKeyDirectory(IDbContextFactory<DirectoryContext> contexts, AuditLog audit, TimeProvider time)
{
    /// <summary>Longest life of a key.</summary>
    public static readonly TimeSpan MaxLifetime = TimeSpan.FromDays(366);

    /// <summary>Longest name of a key.</summary>
    public const int MaxName = 100;

    /// <summary>Makes a key for a tenant, or for all when it is null.</summary>
    /// <exception cref="ArgumentException">A scope that there is not, no scope, or a name or lifetime out of bounds.</exception>
    public async Task<(ApiKey Key, ApiKeyText Text)> AddAsync(TenantId? tenant, string name, IReadOnlyCollection<string> scopes, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        if (scopes.Count == 0 || scopes.Any(scope => !ApiScopes.All.Contains(scope)))
        {
            throw new ArgumentException($"Scopes are {string.Join(", ", ApiScopes.All)}.", nameof(scopes));
        }

        if (!DisplayName.IsAcceptable(name) || name.Length is 0 or > MaxName || lifetime <= TimeSpan.Zero || lifetime > MaxLifetime)
        {
            throw new ArgumentException($"A key has a name of 1 to {MaxName} characters and lives at most {MaxLifetime.TotalDays} days.", nameof(name));
        }

        var now = time.GetUtcNow();
        var text = ApiKeyText.New();
        var key = new ApiKey
        {
            TenantId = tenant ?? TenantId.Default,
            Id = text.Id,
            SecretHash = text.Hash(),
            Name = name,
            IsGlobal = tenant is null,
            Scopes = [.. scopes.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            CreatedAt = now,
            ExpiresAt = now + lifetime,
        };
        await using var context = Context(key.TenantId);
        context.Add(key);
        audit.Add(context, new AuditEvent(key.TenantId, AuditEventKind.ApiKeyCreated, Detail: $"{key.Id} {(key.IsGlobal ? "global" : "tenant")} {string.Join(' ', key.Scopes)}"));
        await context.SaveChangesAsync(cancellationToken);
        return (key, text);
    }

    /// <summary>Keys of a tenant, or all when it is null, in order of creation; those that were revoked or are too old, too.</summary>
    public async Task<IReadOnlyList<ApiKey>> ListAsync(TenantId? tenant, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var all = context.Set<ApiKey>().AsNoTracking().IgnoreQueryFilters([DirectoryContext.TenantFilter]);
        return await (tenant is null ? all : all.Where(key => key.TenantId == tenant && !key.IsGlobal)).OrderBy(key => key.CreatedAt).ToListAsync(cancellationToken);
    }

    /// <summary>Revokes a key by its id; false when there is none, or it is revoked already. It counts from the next request on.</summary>
    public async Task<bool> RevokeAsync(string id, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, cancellationToken) is not { RevokedAt: null } found)
        {
            return false;
        }

        await using var context = Context(found.TenantId);
        context.Attach(found).Entity.RevokedAt = time.GetUtcNow();
        audit.Add(context, new AuditEvent(found.TenantId, AuditEventKind.ApiKeyRevoked, Detail: found.Id));
        await context.SaveChangesAsync(cancellationToken);
        return true;
    }

    /// <summary>The key of an id, of whatever tenant; null when there is none.</summary>
    internal async Task<ApiKey?> FindAsync(string id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Set<ApiKey>().AsNoTracking().IgnoreQueryFilters([DirectoryContext.TenantFilter]).SingleOrDefaultAsync(key => key.Id == id, cancellationToken);
    }

    /// <summary>Notes that a key is in use.</summary>
    internal async Task TouchAsync(ApiKey key, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var context = Context(key.TenantId);
        await context.Set<ApiKey>().Where(row => row.Id == key.Id).ExecuteUpdateAsync(set => set.SetProperty(row => row.LastUsedAt, now), cancellationToken);
    }

    private DirectoryContext Context(TenantId tenant)
    {
        var context = contexts.CreateDbContext();
        context.UseTenant(() => tenant);
        return context;
    }
}
