using Authdog.Identity.Identifiers;
using Authdog.Identity.Storage;

namespace Authdog.Identity.Audit;

/// <summary>An event as it is kept.</summary>
internal sealed class AuditEntry : ITenantOwned, IAppendOnly
{
    public required TenantId TenantId { get; init; }

    /// <summary>UUID version 7: ordered by time.</summary>
    public required Guid Id { get; init; }

    public required DateTimeOffset At { get; init; }

    public required AuditEventKind Kind { get; init; }

    public Guid? UserId { get; init; }

    public Guid? ActorId { get; init; }

    public string? Detail { get; init; }

    public static AuditEntry Of(AuditEvent happened, DateTimeOffset at) => new()
    {
        TenantId = happened.Tenant,
        Id = Guid.CreateVersion7(at),
        At = at,
        Kind = happened.Kind,
        UserId = happened.User?.Value,
        ActorId = happened.Actor?.Value,
        Detail = happened.Detail is { Length: > 400 } detail ? detail[..400] : happened.Detail,
    };
}
