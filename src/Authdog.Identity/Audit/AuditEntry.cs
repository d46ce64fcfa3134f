using Authdog.Identity.Identifiers;
using Authdog.Identity.Storage;

namespace Authdog.Identity.Audit;

/// <summary>An event as it is kept. What it says is never changed; its place in the chain is noted once, and the client's address is taken away when its time is over.</summary>
public sealed class AuditEntry : ITenantOwned, IAppendOnly
{
    /// <summary>The tenant.</summary>
    public required TenantId TenantId { get; init; }

    /// <summary>UUID version 7; within one process in the order of the events.</summary>
    public required Guid Id { get; init; }

    /// <summary>When, to the microsecond: what both engines keep.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What happened.</summary>
    public required AuditEventKind Kind { get; init; }

    /// <summary>Whom it concerns.</summary>
    public Guid? UserId { get; init; }

    /// <summary>Who did it, if another user.</summary>
    public Guid? ActorId { get; init; }

    /// <summary>Why, or what.</summary>
    public string? Detail { get; init; }

    /// <summary>What caused it: <c>web</c>, <c>gateway</c>, <c>command root</c>, <c>api-key …</c>.</summary>
    public string? Source { get; init; }

    /// <summary>The session's hash.</summary>
    public string? SessionId { get; init; }

    /// <summary>Id of the access decision.</summary>
    public string? DecisionId { get; init; }

    /// <summary>The client's address; null when there was none, or when it is erased.</summary>
    public string? Address { get; init; }

    /// <summary>What the address was hashed with; erased with it, so that nobody finds the address by trying all.</summary>
    internal byte[]? Salt { get; init; }

    /// <summary>SHA-256 of salt and address: what the digest covers in the address's place.</summary>
    internal byte[]? AddressHash { get; init; }

    /// <summary>HMAC of all that the entry says; null in rows from before there was a chain.</summary>
    internal byte[]? Digest { get; set; }

    /// <summary>Place in the tenant's chain: 1, 2, 3…; null until it is sealed, which takes a moment.</summary>
    public long? Sequence { get; init; }

    /// <summary>The chain's hash up to here.</summary>
    public byte[]? Hash { get; init; }
}
