using Authdog.Identity.Identifiers;

namespace Authdog.Gateway.Edge.RateLimiting;

/// <summary>A request feature: the verified key that a call of the management API came with.</summary>
/// <param name="Id">Public part of the key.</param>
/// <param name="Tenant">Its tenant; of a global key the default one.</param>
internal sealed record UsedApiKey(string Id, TenantId Tenant);
