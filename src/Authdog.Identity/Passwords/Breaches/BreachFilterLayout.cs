namespace Authdog.Identity.Passwords.Breaches;

/// <summary>How a filter is laid out: a Golomb-coded set in buckets.</summary>
/// <remarks>
/// The first 64 bits of a hash are a number. Its first byte chooses one of 256 shards, which fit in memory one at a time when a filter is built;
/// what follows is scaled to the shard's range, <see cref="PerBucket"/> ⋅ 2^<c>Bits</c> values a bucket. Within a bucket the sorted values are
/// kept as differences in Rice code. An index has the bit at which each bucket begins. A value that was never added is found with the
/// probability 2^-<c>Bits</c>, and a hash takes about <c>Bits</c> + 2 bits: 1.75 bytes at 12.
/// </remarks>
/// <param name="Bits">Of the Rice code: the false-positive rate is 2^-Bits.</param>
/// <param name="BucketsPerShard">Buckets in each of the 256 shards.</param>
internal sealed record BreachFilterLayout(int Bits, int BucketsPerShard)
{
    public const int Shards = 256;
    public const int PerBucket = 128;
    public const int LeastBits = 8;
    public const int MostBits = 24;
    public const int HeaderLength = 96;
    public const uint Version = 1;

    /// <summary>First bytes of the file.</summary>
    public static ReadOnlySpan<byte> Magic => "ADBREACH"u8;

    public long Buckets => (long)Shards * BucketsPerShard;

    /// <summary>Where the coded buckets begin in the file: after the header and one offset more than there are buckets.</summary>
    public long DataStart => HeaderLength + ((Buckets + 1) * sizeof(ulong));

    /// <summary>Values in a bucket's range.</summary>
    public ulong Span => (ulong)PerBucket << Bits;

    /// <summary>A layout for so many hashes.</summary>
    public static BreachFilterLayout For(long hashes, int bits) => new(bits, (int)Math.Max(1, (hashes + ((long)Shards * PerBucket) - 1) / ((long)Shards * PerBucket)));

    /// <summary>The shard of a hash's first 64 bits.</summary>
    public static int ShardOf(ulong prefix) => (int)(prefix >> 56);

    /// <summary>Bucket within the shard, and value within the bucket; both rise with the prefix.</summary>
    public (int Bucket, ulong Value) Place(ulong prefix)
    {
        var scaled = Math.BigMul(prefix << 8, Span * (ulong)BucketsPerShard, out _);
        return ((int)(scaled / Span), scaled % Span);
    }
}
