namespace Authdog.Identity.Tenants;

/// <summary>A feature's options as they are for the tenant of this scope: the gateway's, overlaid with what the tenant has set for itself.</summary>
/// <typeparam name="TOptions">An options class registered with <c>AddTenantOptions</c>.</typeparam>
public sealed class TenantOptions<TOptions>(OptionsOverlay<TOptions> overlay, CurrentTenant tenant)
    where TOptions : class, new()
{
    /// <summary>The options; the same instance until the tenant's settings change.</summary>
    public TOptions Value => overlay.For(tenant.Record);
}
