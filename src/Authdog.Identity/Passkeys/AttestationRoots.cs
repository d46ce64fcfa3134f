using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Passkeys;

/// <summary>The manufacturers' roots that attestation is verified up to; none when attestation is not asked for.</summary>
internal sealed class AttestationRoots
{
    private readonly FrozenDictionary<Guid, X509Certificate2Collection> _models;

    public AttestationRoots(IOptions<PasskeyOptions> options)
        : this(
            options.Value.AttestationRootsFile is { } file && TryRead(file, out var read) ? read : [],
            options.Value.Authenticators.ToDictionary(static pair => Guid.Parse(pair.Key), static pair => TryRead(pair.Value.RootsFile!, out var own) ? own : []))
    {
    }

    internal AttestationRoots(X509Certificate2Collection certificates, IReadOnlyDictionary<Guid, X509Certificate2Collection>? models = null) =>
        (Certificates, _models) = (certificates, models?.ToFrozenDictionary() ?? FrozenDictionary<Guid, X509Certificate2Collection>.Empty);

    /// <summary>Those of all models that have none of their own.</summary>
    public X509Certificate2Collection Certificates { get; }

    /// <summary>Whether attestation is asked for and verified.</summary>
    public bool Any => Certificates.Count > 0 || _models.Count > 0;

    /// <summary>The roots of a model alone; null when it has none of its own.</summary>
    public X509Certificate2Collection? Of(Guid aaguid) => _models.GetValueOrDefault(aaguid);

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
