using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Authdog.Identity.Identifiers;

namespace Authdog.Identity.Audit;

/// <summary>The hashes of the audit log, each over parts with their lengths, so that no two lists of parts are one text (B10).</summary>
internal static class AuditDigest
{
    public const int Length = 32;
    public const int SaltLength = 16;

    /// <summary>HMAC of all that an entry says, the address by its hash.</summary>
    public static byte[] Of(ReadOnlySpan<byte> key, AuditEntry entry)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        Add(hash, "entry 1");
        Add(hash, entry.TenantId.Value);
        Add(hash, entry.Id.ToByteArray(bigEndian: true));
        Add(hash, entry.At.UtcTicks / TimeSpan.TicksPerMicrosecond);
        Add(hash, entry.Kind.ToString());
        Add(hash, entry.UserId?.ToByteArray(bigEndian: true));
        Add(hash, entry.ActorId?.ToByteArray(bigEndian: true));
        Add(hash, entry.Detail);
        Add(hash, entry.Source);
        Add(hash, entry.SessionId);
        Add(hash, entry.DecisionId);
        Add(hash, entry.AddressHash);
        return hash.GetHashAndReset();
    }

    /// <summary>What stands for an address that may be erased.</summary>
    public static byte[] OfAddress(ReadOnlySpan<byte> salt, string address)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, salt);
        Add(hash, address);
        return hash.GetHashAndReset();
    }

    /// <summary>The chain's hash before its first entry.</summary>
    public static byte[] Beginning(TenantId tenant)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, "beginning 1");
        Add(hash, tenant.Value);
        return hash.GetHashAndReset();
    }

    /// <summary>The chain's hash with one more entry.</summary>
    public static byte[] Link(ReadOnlySpan<byte> previous, long sequence, ReadOnlySpan<byte> digest)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, previous);
        Add(hash, sequence);
        Add(hash, digest);
        return hash.GetHashAndReset();
    }

    /// <summary>HMAC of where a chain begins and ends.</summary>
    public static byte[] OfHead(ReadOnlySpan<byte> key, TenantId tenant, long baseSequence, ReadOnlySpan<byte> baseHash, long sequence, ReadOnlySpan<byte> lastHash)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        Add(hash, "head 1");
        Add(hash, tenant.Value);
        Add(hash, baseSequence);
        Add(hash, baseHash);
        Add(hash, sequence);
        Add(hash, lastHash);
        return hash.GetHashAndReset();
    }

    private static void Add(IncrementalHash hash, string? text) => Add(hash, text is null ? null : Encoding.UTF8.GetBytes(text));

    private static void Add(IncrementalHash hash, long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        Add(hash, (ReadOnlySpan<byte>)bytes);
    }

    // Nothing and an empty text are two things.
    private static void Add(IncrementalHash hash, byte[]? part)
    {
        if (part is null)
        {
            AddLength(hash, -1);
            return;
        }

        Add(hash, (ReadOnlySpan<byte>)part);
    }

    private static void Add(IncrementalHash hash, ReadOnlySpan<byte> part)
    {
        AddLength(hash, part.Length);
        hash.AppendData(part);
    }

    private static void AddLength(IncrementalHash hash, int length)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, length);
        hash.AppendData(bytes);
    }
}
