namespace Authdog.Identity.Tenants;

/// <summary>Marks a property within a per-tenant setting that only the operator may set, such as the name of a file on the gateway's machine.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class GatewayOnlyAttribute : Attribute;
