using Authdog.Identity.Identifiers;
using Authdog.Identity.Storage;

namespace Authdog.Identity.Audit.Delivery;

/// <summary>How far a stream has come in a tenant's chain.</summary>
internal sealed class AuditDelivery : ITenantOwned
{
    public required TenantId TenantId { get; init; }

    /// <summary>Name of the stream.</summary>
    public required string Stream { get; init; }

    /// <summary>The last event that it has.</summary>
    public required long Sequence { get; init; }

    /// <summary>Failed tries at the batch that is next.</summary>
    public int Failures { get; init; }

    /// <summary>When it is tried again; until then also: a node is at it.</summary>
    public required DateTimeOffset NotBefore { get; init; }
}
