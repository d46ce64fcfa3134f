using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Authdog.Identity.Passwords.Imported;

/// <summary>ASP.NET Core Identity: base64 of a format byte and what follows it. Version 3 says algorithm, iterations and salt; version 2 is PBKDF2 with HMAC-SHA-1 and 1,000 iterations.</summary>
internal sealed record IdentityHash : ImportedHash
{
    private const byte Version2 = 0;
    private const byte Version3 = 1;
    private readonly HashAlgorithmName _algorithm;
    private readonly int _iterations;
    private readonly byte[] _salt;
    private readonly byte[] _hash;

    private IdentityHash(HashAlgorithmName algorithm, int iterations, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> hash) =>
        (_algorithm, _iterations, _salt, _hash) = (algorithm, iterations, salt.ToArray(), hash.ToArray());

    public static IdentityHash? Parse(string text)
    {
        Span<byte> buffer = stackalloc byte[MaxLength];
        if (!Convert.TryFromBase64String(text, buffer, out var length) || length == 0)
        {
            return null;
        }

        var bytes = buffer[..length];
        return bytes[0] switch
        {
            Version2 when length == 1 + 16 + 32 => new IdentityHash(HashAlgorithmName.SHA1, 1000, bytes[1..17], bytes[17..]),
            Version3 when length >= 13 => ParseVersion3(bytes),
            _ => null,
        };
    }

    public override bool Verify(byte[] password) => CryptographicOperations.FixedTimeEquals(Rfc2898DeriveBytes.Pbkdf2(password, _salt, _iterations, _algorithm, _hash.Length), _hash);

    private static IdentityHash? ParseVersion3(ReadOnlySpan<byte> bytes)
    {
        HashAlgorithmName? algorithm = BinaryPrimitives.ReadUInt32BigEndian(bytes[1..]) switch
        {
            0 => HashAlgorithmName.SHA1,
            1 => HashAlgorithmName.SHA256,
            2 => HashAlgorithmName.SHA512,
            _ => null,
        };
        var iterations = BinaryPrimitives.ReadUInt32BigEndian(bytes[5..]);
        var saltLength = BinaryPrimitives.ReadUInt32BigEndian(bytes[9..]);
        if (algorithm is not { } known || iterations is 0 or > MaxIterations || saltLength is < 8 or > 64 || bytes.Length - 13 - (int)saltLength is < 16 or > 64)
        {
            return null;
        }

        var salt = (int)saltLength;
        return new IdentityHash(known, (int)iterations, bytes.Slice(13, salt), bytes[(13 + salt)..]);
    }
}
