using Authdog.Identity.Identifiers;
using Authdog.Identity.Storage;
using Microsoft.EntityFrameworkCore;

namespace Authdog.Identity.Sso;

/// <summary>Reads the verified e-mail domains of tenants.</summary>
public sealed class TenantDomains(Connections connections, IDbContextFactory<DirectoryContext> contexts)
{
    /// <summary>Whether a tenant has proved to own a domain.</summary>
    public async ValueTask<bool> OwnsAsync(TenantId tenant, string domain, CancellationToken cancellationToken) =>
        (await connections.OfAsync(tenant, cancellationToken)).Owns(domain);

    /// <summary>The connection that people of a verified domain sign in by, if it is switched on; null otherwise.</summary>
    public async ValueTask<ConnectionRecord?> FindAsync(TenantId tenant, string domain, CancellationToken cancellationToken) =>
        (await connections.OfAsync(tenant, cancellationToken)).FindByDomain(domain) is { Enabled: true } found ? found : null;

    /// <summary>The tenant that has proved to own a domain, whichever it is; null when none has. Asks the directory each time.</summary>
    public async Task<TenantId?> OwnerAsync(string domain, CancellationToken cancellationToken)
    {
        await using var context = contexts.CreateDbContext();
        return await context.Set<TenantDomain>().AsNoTracking().IgnoreQueryFilters([DirectoryContext.TenantFilter])
            .Where(row => row.Domain == domain && row.VerifiedAt != null)
            .OrderBy(row => row.VerifiedAt)
            .Select(row => row.TenantId)
            .FirstOrDefaultAsync(cancellationToken);
    }
}
