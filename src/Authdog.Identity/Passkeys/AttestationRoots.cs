using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Passkeys;

/// <summary>The manufacturers' roots that attestation is verified up to; none when attestation is not asked for.</summary>
internal sealed class AttestationRoots
{
    public AttestationRoots(IOptions<PasskeyOptions> options) =>
        Certificates = options.Value.AttestationRootsFile is { } file && TryRead(file, out var read) ? read : [];

    internal AttestationRoots(X509Certificate2Collection certificates) => Certificates = certificates;

    public X509Certificate2Collection Certificates { get; }

    /// <summary>Whether attestation is asked for and verified.</summary>
    public bool Any => Certificates.Count > 0;

    /// <summary>Reads a PEM file; false when it has no certificate.</summary>
    public static bool TryRead(string file, [NotNullWhen(true)] out X509Certificate2Collection? certificates)
    {
        certificates = [];
        try
        {
            certificates.ImportFromPemFile(file);
        }
        catch (CryptographicException)
        {
            certificates = null;
            return false;
        }

        return certificates.Count > 0;
    }
}
