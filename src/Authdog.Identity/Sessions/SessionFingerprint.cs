using System.Buffers.Binary;
using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace Authdog.Identity.Sessions;

/// <summary>A <see cref="SessionId"/> as 32 bytes: key of the in-process copies, made from a cookie without allocating.</summary>
internal readonly record struct SessionFingerprint(ulong A, ulong B, ulong C, ulong D)
{
    private const int TokenLength = 43;

    /// <summary>As <see cref="SessionId.IsStandby"/>.</summary>
    public bool IsStandby => A >> 52 == 0xfff;

    /// <summary>Which of <paramref name="count"/> stripes it belongs to.</summary>
    public int Stripe(int count) => (int)(A % (ulong)count);

    /// <summary>From a cookie; false when it cannot be a token (B6; B18: length first).</summary>
    public static bool TryFromCookie([NotNullWhen(true)] string? cookie, out SessionFingerprint fingerprint)
    {
        fingerprint = default;
        if (cookie is not { Length: TokenLength } || !Base64Url.IsValid(cookie))
        {
            return false;
        }

        Span<byte> token = stackalloc byte[TokenLength];
        if (System.Text.Ascii.FromUtf16(cookie, token, out var written) != System.Buffers.OperationStatus.Done || written != TokenLength)
        {
            return false;
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(token, hash);
        fingerprint = Read(hash);
        return true;
    }

    /// <summary>From an id; false when the text is none.</summary>
    public static bool TryFromId(SessionId id, out SessionFingerprint fingerprint)
    {
        fingerprint = default;
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        if (id.Value is not { Length: 64 } text || Convert.FromHexString(text, hash, out _, out _) != System.Buffers.OperationStatus.Done)
        {
            return false;
        }

        fingerprint = Read(hash);
        return true;
    }

    public SessionId ToId()
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        BinaryPrimitives.WriteUInt64BigEndian(hash, A);
        BinaryPrimitives.WriteUInt64BigEndian(hash[8..], B);
        BinaryPrimitives.WriteUInt64BigEndian(hash[16..], C);
        BinaryPrimitives.WriteUInt64BigEndian(hash[24..], D);
        return new SessionId(Convert.ToHexStringLower(hash));
    }

    private static SessionFingerprint Read(ReadOnlySpan<byte> hash) => new(
        BinaryPrimitives.ReadUInt64BigEndian(hash),
        BinaryPrimitives.ReadUInt64BigEndian(hash[8..]),
        BinaryPrimitives.ReadUInt64BigEndian(hash[16..]),
        BinaryPrimitives.ReadUInt64BigEndian(hash[24..]));
}
