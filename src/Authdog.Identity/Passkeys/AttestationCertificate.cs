using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Authdog.Identity.Passkeys;

/// <summary>What attestation certificates of all formats have in common.</summary>
internal static class AttestationCertificate
{
    private const string ModelExtension = "1.3.6.1.4.1.45724.1.1.4";
    private const int MostModulus = 4096;

    /// <summary>Whether the certificate's key signed the data. Keys are bounded: they are of a client's choice.</summary>
    public static bool Signed(X509Certificate2 certificate, long algorithm, byte[] data, byte[] signature)
    {
        if (!Enum.IsDefined((CoseAlgorithm)algorithm))
        {
            return false;
        }

        if ((CoseAlgorithm)algorithm is CoseAlgorithm.RS256)
        {
            using var rsa = certificate.GetRSAPublicKey();
            return rsa is { KeySize: <= MostModulus } && rsa.VerifyData(data, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }

        using var ecdsa = certificate.GetECDsaPublicKey();
        return ecdsa is not null && IsNamed(ecdsa) && ecdsa.VerifyData(data, signature, CoseKey.Hash((CoseAlgorithm)algorithm), DSASignatureFormat.Rfc3279DerSequence);
    }

    /// <summary>Whether the certificate is for that very key.</summary>
    public static bool IsFor(X509Certificate2 certificate, CoseKey key)
    {
        using AsymmetricAlgorithm? own = (AsymmetricAlgorithm?)certificate.GetECDsaPublicKey() ?? certificate.GetRSAPublicKey();
        return own is not null && key.Is(own);
    }

    /// <summary>Whether the certificate's key is on P-256.</summary>
    public static bool IsOnP256(X509Certificate2 certificate)
    {
        using var ecdsa = certificate.GetECDsaPublicKey();
        return ecdsa is { KeySize: 256 } && IsNamed(ecdsa) && ecdsa.ExportParameters(includePrivateParameters: false).Curve.Oid.Value == ECCurve.NamedCurves.nistP256.Oid.Value;
    }

    /// <summary>Whether it is of version 3 and no authority's.</summary>
    public static bool IsLeaf(X509Certificate2 certificate) =>
        certificate.Version == 3 && certificate.Extensions.OfType<X509BasicConstraintsExtension>().FirstOrDefault() is { CertificateAuthority: false };

    /// <summary>Whether the extension <c>id-fido-gen-ce-aaguid</c> names the model; null when it is not there.</summary>
    public static bool? Names(X509Certificate2 certificate, Guid aaguid)
    {
        if (certificate.Extensions[ModelExtension] is not { } model)
        {
            return null;
        }

        // An OCTET STRING of 16 bytes within the extension's own.
        ReadOnlySpan<byte> value = model.RawData;
        return !model.Critical && value is [0x04, 0x10, ..] && value.Length == 18 && new Guid(value[2..], bigEndian: true) == aaguid;
    }

    // Curves that a certificate spells out by itself could be any.
    private static bool IsNamed(ECDsa key) => key.ExportParameters(includePrivateParameters: false).Curve.IsNamed;
}
