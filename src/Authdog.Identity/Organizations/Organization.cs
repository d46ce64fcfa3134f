using Authdog.Identity.Identifiers;

namespace Authdog.Identity.Organizations;

/// <summary>A tenant in which an address has an account.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="Name">Its name.</param>
/// <param name="SignIn">Where one signs in to it: on its own host where it has one, otherwise here with the tenant named.</param>
public sealed record Organization(TenantId Tenant, string Name, string SignIn);
