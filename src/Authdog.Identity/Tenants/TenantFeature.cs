using Authdog.Identity.Identifiers;

namespace Authdog.Identity.Tenants;

/// <summary>The request's tenant, set on <c>HttpContext.Features</c> at the edge; every query and every key is scoped by it.</summary>
/// <param name="Tenant">The tenant.</param>
public sealed record TenantFeature(TenantId Tenant);
