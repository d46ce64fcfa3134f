using Authdog.Identity.Identifiers;

namespace Authdog.Identity.Tenants;

/// <summary>The request's tenant, set on <c>HttpContext.Features</c> at the edge; every query and every key is scoped by it.</summary>
/// <param name="Record">The tenant with its settings.</param>
/// <param name="Source">What named it.</param>
public sealed record TenantFeature(TenantRecord Record, TenantSource Source = TenantSource.Default)
{
    /// <summary>The tenant.</summary>
    public TenantId Tenant => Record.Id;
}
