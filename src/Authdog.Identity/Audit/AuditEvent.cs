using Authdog.Identity.Identifiers;

namespace Authdog.Identity.Audit;

/// <summary>A security event. No personal data but the ids: a deleted user leaves only a number behind.</summary>
/// <param name="Tenant">Tenant in which it happened; <c>default</c> for the gateway's own.</param>
/// <param name="Kind">What happened.</param>
/// <param name="User">Whom it concerns; null when nobody known.</param>
/// <param name="Actor">Who did it, if another user.</param>
/// <param name="Detail">Role names, a kid, a reason code: never an address, a name or what somebody typed. At most 400 characters.</param>
public sealed record AuditEvent(TenantId Tenant, AuditEventKind Kind, UserId? User = null, UserId? Actor = null, string? Detail = null);
