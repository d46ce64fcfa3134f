namespace Authdog.Identity.Tenants;

/// <summary>Marks a property of an options class that a tenant may set for itself, under the same section and name as in the configuration.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PerTenantAttribute : Attribute;
