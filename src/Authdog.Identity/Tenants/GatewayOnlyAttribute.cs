namespace Authdog.Identity.Tenants;

/// <summary>Marks a property within a per-tenant setting that only the operator may set, such as the name of a file on the gateway's machine; or a validator that judges the
/// gateway's own options and none of a tenant's.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Class)]
public sealed class GatewayOnlyAttribute : Attribute;
