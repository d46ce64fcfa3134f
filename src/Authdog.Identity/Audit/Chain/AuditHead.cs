using Authdog.Identity.Identifiers;
using Authdog.Identity.Storage;

namespace Authdog.Identity.Audit.Chain;

/// <summary>Where a tenant's chain begins and ends. Whoever seals moves the end by compare-and-set; retention moves the beginning.</summary>
internal sealed class AuditHead : ITenantOwned
{
    public required TenantId TenantId { get; init; }

    /// <summary>The last entry that retention has taken away; 0 when none was.</summary>
    public required long BaseSequence { get; init; }

    /// <summary>The chain's hash up to there.</summary>
    public required byte[] BaseHash { get; init; }

    /// <summary>The last entry of the chain.</summary>
    public required long Sequence { get; init; }

    /// <summary>The chain's hash up to there.</summary>
    public required byte[] Hash { get; init; }

    public required DateTimeOffset SealedAt { get; init; }

    /// <summary>HMAC of all this: whoever has the database alone can neither cut the chain nor make another.</summary>
    public required byte[] Mac { get; init; }

    /// <summary>A head with its HMAC.</summary>
    public static AuditHead Of(AuditKeys keys, TenantId tenant, long baseSequence, byte[] baseHash, long sequence, byte[] hash, DateTimeOffset sealedAt) => new()
    {
        TenantId = tenant,
        BaseSequence = baseSequence,
        BaseHash = baseHash,
        Sequence = sequence,
        Hash = hash,
        SealedAt = sealedAt,
        Mac = AuditDigest.OfHead(keys.Heads, tenant, baseSequence, baseHash, sequence, hash),
    };
}
