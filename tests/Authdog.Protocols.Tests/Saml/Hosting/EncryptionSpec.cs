using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Authdog.Protocols.Saml.Keys;

namespace Authdog.Protocols.Tests.Saml.Hosting;

/// <summary>How an identity provider encrypts.</summary>
internal sealed record EncryptionSpec
{
    public const string Xenc = "http://www.w3.org/2001/04/xmlenc#";
    public const string Xenc11 = "http://www.w3.org/2009/xmlenc11#";

    public ServiceProviderKey Recipient { get; init; } = TestKeys.SpDecryption;

    public string Content { get; init; } = Xenc11 + "aes256-gcm";

    public string Transport { get; init; } = Xenc + "rsa-oaep-mgf1p";

    /// <summary>What stands inside the key's <c>EncryptionMethod</c>.</summary>
    public string TransportContent { get; init; } = "<ds:DigestMethod Algorithm=\"http://www.w3.org/2000/09/xmldsig#sha1\"/>";

    public RSAEncryptionPadding Padding { get; init; } = RSAEncryptionPadding.OaepSHA1;

    /// <summary>Whether the key stands beside the data, as some do, and not inside.</summary>
    public bool KeyBeside { get; init; }

    /// <summary>Changes the ciphertext.</summary>
    public Func<byte[], byte[]> Tamper { get; init; } = static bytes => bytes;

    /// <summary>Encrypts an element's text and wraps the result.</summary>
    public string Encrypt(string xml, string wrapper = "EncryptedAssertion")
    {
        var key = RandomNumberGenerator.GetBytes(Content.Contains("128", StringComparison.Ordinal) ? 16 : Content.Contains("192", StringComparison.Ordinal) ? 24 : 32);
        using var certificate = X509CertificateLoader.LoadCertificate(Convert.FromBase64String(Recipient.CertificateBase64));
        using var rsa = certificate.GetRSAPublicKey()!;
        var wrapped = Convert.ToBase64String(rsa.Encrypt(key, Padding));
        var data = Convert.ToBase64String(Tamper(Cipher(key, TestSigner.Utf8(xml))));
        var encryptedKey = $"""<xenc:EncryptedKey><xenc:EncryptionMethod Algorithm="{Transport}">{TransportContent}</xenc:EncryptionMethod><xenc:CipherData><xenc:CipherValue>{wrapped}</xenc:CipherValue></xenc:CipherData></xenc:EncryptedKey>""";
        return $"""<saml:{wrapper} xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" xmlns:xenc="{Xenc}" xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><xenc:EncryptedData Type="{Xenc}Element"><xenc:EncryptionMethod Algorithm="{Content}"/><ds:KeyInfo>{(KeyBeside ? "" : encryptedKey)}</ds:KeyInfo><xenc:CipherData><xenc:CipherValue>{data}</xenc:CipherValue></xenc:CipherData></xenc:EncryptedData>{(KeyBeside ? encryptedKey : "")}</saml:{wrapper}>""";
    }

    private byte[] Cipher(byte[] key, byte[] plain)
    {
        if (Content.EndsWith("gcm", StringComparison.Ordinal))
        {
            var (nonce, tag, output) = (RandomNumberGenerator.GetBytes(12), new byte[16], new byte[plain.Length]);
            using var gcm = new AesGcm(key, 16);
            gcm.Encrypt(nonce, plain, output, tag);
            return [.. nonce, .. output, .. tag];
        }

        // ISO 10126: random bytes, then their number.
        var padding = RandomNumberGenerator.GetBytes(16 - (plain.Length % 16));
        padding[^1] = (byte)padding.Length;
        using var aes = Aes.Create();
        aes.Key = key;
        byte[] padded = [.. plain, .. padding];
        return [.. aes.IV, .. aes.EncryptCbc(padded, aes.IV, PaddingMode.None)];
    }
}
