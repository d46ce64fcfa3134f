using Authdog.Identity.Identifiers;
using Authdog.Identity.Tenants;

namespace Authdog.Identity.Sessions;

/// <summary>Knows each tenant's <see cref="SessionTerms"/>; null for a tenant that does not exist.</summary>
internal sealed class TenantTerms(Func<TenantId, SessionTerms?> known, Func<TenantId, CancellationToken, Task<SessionTerms?>> find)
{
    /// <summary>The terms that tenants have set for themselves, over the gateway's own.</summary>
    public static TenantTerms Of(Lazy<TenantCache> tenants, OptionsOverlay<SessionOptions> overlay)
    {
        return new(
            id => tenants.Value.TryFind(id, out var tenant) ? Derive(tenant) : null,
            async (id, cancellationToken) => Derive(await tenants.Value.FindAsync(id, cancellationToken)));

        SessionTerms? Derive(TenantRecord? tenant) => tenant?.Once(overlay, static (overlay, tenant) => SessionTerms.Of(overlay.For(tenant)) with { IsOpen = tenant.State is TenantState.Active, EndedAt = tenant.SessionsEndedAt });
    }

    /// <summary>The terms of a tenant that this node knows; null when it has to be read.</summary>
    public SessionTerms? Find(TenantId tenant) => known(tenant);

    /// <summary>The terms of a tenant.</summary>
    public Task<SessionTerms?> FindAsync(TenantId tenant, CancellationToken cancellationToken) => find(tenant, cancellationToken);
}
