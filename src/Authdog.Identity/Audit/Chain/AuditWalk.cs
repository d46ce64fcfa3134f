using System.Globalization;
using System.Security.Cryptography;

namespace Authdog.Identity.Audit.Chain;

/// <summary>Goes along a chain entry by entry, from a place whose hash is known, and holds each against its own HMAC and against the one before.</summary>
internal sealed class AuditWalk(AuditKeys keys, long sequence, byte[] hash, string? noted = null)
{
    private readonly long _base = sequence;

    // What was noted of entries that age has thrown away can be held against nothing.
    private bool _met = noted is null || Place(noted) < sequence || noted == Head(sequence, hash);

    /// <summary>Place of the last entry that was in order.</summary>
    public long Sequence { get; private set; } = sequence;

    /// <summary>The chain's hash up to there.</summary>
    public byte[] Hash { get; private set; } = hash;

    /// <summary>Takes the next entry; what is wrong with it, or null.</summary>
    public AuditVerdict.Broken? Step(AuditEntry entry)
    {
        var expected = Sequence + 1;
        if (entry.Sequence != expected)
        {
            return new AuditVerdict.Broken(expected, null, "was removed");
        }

        if (entry.Digest is null || !CryptographicOperations.FixedTimeEquals(AuditDigest.Of(keys.Entries, entry), entry.Digest))
        {
            return new AuditVerdict.Broken(expected, entry.Id, "was changed, or inserted by somebody else than the gateway");
        }

        if (entry.Address is { } address && !(entry.Salt is { } salt && entry.AddressHash is { } kept && CryptographicOperations.FixedTimeEquals(AuditDigest.OfAddress(salt, address), kept)))
        {
            return new AuditVerdict.Broken(expected, entry.Id, "has another client address than the one that was written");
        }

        var linked = AuditDigest.Link(Hash, expected, entry.Digest);
        if (entry.Hash is null || !CryptographicOperations.FixedTimeEquals(linked, entry.Hash))
        {
            return new AuditVerdict.Broken(expected, entry.Id, "does not follow from the one before: it was moved, or put in another's place");
        }

        (Sequence, Hash) = (expected, linked);
        _met |= noted == Head(Sequence, Hash);
        return null;
    }

    /// <summary>What the whole walk gave, held against the chain's end.</summary>
    public AuditVerdict End(AuditHead head) =>
        Sequence < head.Sequence ? new AuditVerdict.Broken(Sequence + 1, null, "was removed, with all that followed")
        : !CryptographicOperations.FixedTimeEquals(Hash, head.Hash) ? new AuditVerdict.Broken(Sequence, null, "is not the end that the gateway wrote")
        : !_met ? new AuditVerdict.Broken(null, null, "the chain has no entry with the place and the hash that were noted: it was cut or replaced")
        : new AuditVerdict.Intact(Sequence - _base, _base, Head(Sequence, Hash));

    private static string Head(long sequence, byte[] hash) => string.Create(CultureInfo.InvariantCulture, $"{sequence}:{Convert.ToHexStringLower(hash)}");

    private static long? Place(string head) => long.TryParse(head.Split(':')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var place) ? place : null;
}
