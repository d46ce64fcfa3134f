using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Authdog.Identity.Tests.Sso;

/// <summary>Encrypts compact JWEs (RFC 7516, RFC 7518) by the framework's cryptography alone, so that the library under test meets what it has not made itself.</summary>
internal static class TestJwe
{
    /// <summary>The token, encrypted; with <paramref name="encryptAs"/>, by other algorithms than the header says.</summary>
    public static string Encrypt(string inner, RSA key, string alg, string enc, (string Alg, string Enc)? encryptAs = null)
    {
        var (realAlg, realEnc) = encryptAs ?? (alg, enc);
        var header = Base64Url.EncodeToString(Encoding.ASCII.GetBytes($$"""{"alg":"{{alg}}","enc":"{{enc}}","cty":"JWT"}"""));
        var content = RandomNumberGenerator.GetBytes(KeyLength(realEnc));
        var wrapped = key.Encrypt(content, realAlg is "RSA-OAEP-256" ? RSAEncryptionPadding.OaepSHA256 : RSAEncryptionPadding.OaepSHA1);
        var (iv, text, tag) = realEnc.EndsWith("GCM", StringComparison.Ordinal) ? Gcm(content, inner, header) : Cbc(content, inner, header, realEnc);
        return string.Join('.', header, Base64Url.EncodeToString(wrapped), Base64Url.EncodeToString(iv), Base64Url.EncodeToString(text), Base64Url.EncodeToString(tag));
    }

    /// <summary>The token with one bit of a part turned over.</summary>
    public static string Tamper(string token, int part)
    {
        var parts = token.Split('.');
        var bytes = Base64Url.DecodeFromChars(parts[part]);
        bytes[^1] ^= 1;
        parts[part] = Base64Url.EncodeToString(bytes);
        return string.Join('.', parts);
    }

    private static int KeyLength(string enc) => enc switch
    {
        "A128GCM" => 16,
        "A192GCM" => 24,
        "A256GCM" or "A128CBC-HS256" => 32,
        "A192CBC-HS384" => 48,
        _ => 64,
    };

    private static (byte[] Iv, byte[] Text, byte[] Tag) Gcm(byte[] key, string inner, string header)
    {
        var (iv, plain) = (RandomNumberGenerator.GetBytes(12), Encoding.UTF8.GetBytes(inner));
        var (text, tag) = (new byte[plain.Length], new byte[16]);
        using var aes = new AesGcm(key, tag.Length);
        aes.Encrypt(iv, plain, text, tag, Encoding.ASCII.GetBytes(header));
        return (iv, text, tag);
    }

    // RFC 7518, section 5.2.2: the first half of the key authenticates, the second encrypts.
    private static (byte[] Iv, byte[] Text, byte[] Tag) Cbc(byte[] key, string inner, string header, string enc)
    {
        using var aes = Aes.Create();
        aes.Key = key[(key.Length / 2)..];
        var (iv, additional) = (RandomNumberGenerator.GetBytes(16), Encoding.ASCII.GetBytes(header));
        var text = aes.EncryptCbc(Encoding.UTF8.GetBytes(inner), iv);
        var bits = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bits, additional.Length * 8L);
        byte[] input = [.. additional, .. iv, .. text, .. bits];
        var mac = key[..(key.Length / 2)];
        var hash = enc switch
        {
            "A128CBC-HS256" => HMACSHA256.HashData(mac, input),
            "A192CBC-HS384" => HMACSHA384.HashData(mac, input),
            _ => HMACSHA512.HashData(mac, input),
        };
        return (iv, text, hash[..(hash.Length / 2)]);
    }
}
