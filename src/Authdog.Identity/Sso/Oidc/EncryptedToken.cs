using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Authdog.Identity.Sso.Oidc;

/// <summary>Opens compact JWEs (RFC 7516): RSA-OAEP with SHA-1 or SHA-256, and AES-CBC with HMAC or AES-GCM. The library that verifies what is inside knows neither SHA-256 here nor, on Linux, GCM.</summary>
internal static class EncryptedToken
{
    private const int GcmNonce = 12;
    private const int GcmTag = 16;
    private const int CbcBlock = 16;

    /// <summary>Whether both algorithms are known: how the key is encrypted (<c>alg</c>), and how the text is (<c>enc</c>).</summary>
    public static bool Knows(string? alg, string? enc) => Padding(alg) is not null && KeyLength(enc) > 0;

    /// <summary>The text that a token holds; null when it cannot be opened, for whatever reason.</summary>
    public static string? Open(string token, RSA key, string alg, string enc)
    {
        // RFC 7516, section 5.2. Steps 1 to 5: five parts; the header has been read by the caller, and its algorithms are known.
        if (token.Split('.') is not [var header, .. { Length: 4 } rest] || !rest.All(static part => Base64Url.IsValid(part)))
        {
            return null;
        }

        var (wrapped, iv, text, tag) = (Bytes(rest[0]), Bytes(rest[1]), Bytes(rest[2]), Bytes(rest[3]));
        if (wrapped.Length != key.KeySize / 8)
        {
            return null;
        }

        // Steps 9 to 11 and section 11.5: a key that cannot be decrypted is replaced by a random one, so that no answer and no time tells the two apart.
        var content = RandomNumberGenerator.GetBytes(KeyLength(enc));
        try
        {
            if (key.Decrypt(wrapped, Padding(alg)!) is { } opened && opened.Length == content.Length)
            {
                content = opened;
            }
        }
        catch (CryptographicException)
        {
            // The random key stays, and opens nothing.
        }

        // Steps 14 to 16: the header as it came is what is authenticated beside the text.
        var additional = Encoding.ASCII.GetBytes(header);
        var plain = enc.EndsWith("GCM", StringComparison.Ordinal) ? OpenGcm(content, iv, text, tag, additional) : OpenCbc(content, iv, text, tag, additional, enc);
        CryptographicOperations.ZeroMemory(content);
        return plain is null ? null : Encoding.UTF8.GetString(plain);
    }

    private static byte[] Bytes(string part) => Base64Url.DecodeFromChars(part);

    private static RSAEncryptionPadding? Padding(string? alg) => alg switch
    {
        "RSA-OAEP" => RSAEncryptionPadding.OaepSHA1,
        "RSA-OAEP-256" => RSAEncryptionPadding.OaepSHA256,
        _ => null,
    };

    // Bytes of the content encryption key (RFC 7518, section 5.1); 0 for what is not known.
    private static int KeyLength(string? enc) => enc switch
    {
        "A128GCM" => 16,
        "A192GCM" => 24,
        "A256GCM" or "A128CBC-HS256" => 32,
        "A192CBC-HS384" => 48,
        "A256CBC-HS512" => 64,
        _ => 0,
    };

    private static byte[]? OpenGcm(byte[] key, byte[] nonce, byte[] text, byte[] tag, byte[] additional)
    {
        // RFC 7518, section 5.3: 96 and 128 bits, no fewer.
        if (nonce.Length != GcmNonce || tag.Length != GcmTag)
        {
            return null;
        }

        var plain = new byte[text.Length];
        using var aes = new AesGcm(key, GcmTag);
        try
        {
            aes.Decrypt(nonce, text, tag, plain, additional);
            return plain;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    // RFC 7518, section 5.2.2.2: first the tag, in fixed time, then the text; nothing of the padding can be asked.
    private static byte[]? OpenCbc(byte[] key, byte[] iv, byte[] text, byte[] tag, byte[] additional, string enc)
    {
        var half = key.Length / 2;
        var bits = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(bits, additional.Length * 8L);
        byte[] input = [.. additional, .. iv, .. text, .. bits];
        var mac = key.AsSpan(0, half);
        var hash = enc switch
        {
            "A128CBC-HS256" => HMACSHA256.HashData(mac, input),
            "A192CBC-HS384" => HMACSHA384.HashData(mac, input),
            _ => HMACSHA512.HashData(mac, input),
        };
        if (iv.Length != CbcBlock || text.Length == 0 || text.Length % CbcBlock != 0 || !CryptographicOperations.FixedTimeEquals(hash.AsSpan(0, half), tag))
        {
            return null;
        }

        using var aes = Aes.Create();
        aes.Key = key[half..];
        try
        {
            return aes.DecryptCbc(text, iv);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
