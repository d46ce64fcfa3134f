using Authdog.Identity.Identifiers;

namespace Authdog.Identity.Audit;

/// <summary>A security event. No personal data but the ids: a deleted user leaves only a number behind. The client's address is added by itself, apart, so that it can be erased.</summary>
/// <param name="Tenant">Tenant in which it happened; <c>default</c> for the gateway's own.</param>
/// <param name="Kind">What happened.</param>
/// <param name="User">Whom it concerns; null when nobody known.</param>
/// <param name="Actor">Who did it, if another user.</param>
/// <param name="Detail">Why or what: role names, a kid, a reason code. Never an address, a name or what somebody typed. At most 400 characters.</param>
public sealed record AuditEvent(TenantId Tenant, AuditEventKind Kind, UserId? User = null, UserId? Actor = null, string? Detail = null)
{
    /// <summary>What caused it when that is neither the web nor this process, such as <c>api-key 7f3a</c>; at most 80 characters.</summary>
    public string? By { get; init; }

    /// <summary>The session, by the hash that logs and assertions call <c>sid</c>.</summary>
    public string? Session { get; init; }

    /// <summary>The id that the answer, the log and <c>policy explain --decision</c> have.</summary>
    public string? Decision { get; init; }
}
