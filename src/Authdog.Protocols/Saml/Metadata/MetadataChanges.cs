using Authdog.Protocols.Saml.Parties;

namespace Authdog.Protocols.Saml.Metadata;

/// <summary>The differences between two states of an identity provider, to show before they are taken over and to know a certificate rollover by.</summary>
public sealed record MetadataChanges(IReadOnlyList<MetadataChange> All)
{
    /// <summary>Whether nothing changed.</summary>
    public bool IsEmpty => All.Count == 0;

    /// <summary>Whether only certificates came or went, and at least one of the old ones is still there to vouch for the new: what may be taken over without asking.</summary>
    public bool IsCertificateRollover { get; private init; }

    /// <summary>Compares.</summary>
    public static MetadataChanges Between(SamlIdentityProvider before, SamlIdentityProvider after)
    {
        List<MetadataChange> changes = [];
        if (before.EntityId != after.EntityId)
        {
            changes.Add(new(MetadataChangeKind.EntityId, before.EntityId, after.EntityId));
        }

        string[] old = [.. before.SigningCertificates.Select(certificate => certificate.Fingerprint)];
        string[] current = [.. after.SigningCertificates.Select(certificate => certificate.Fingerprint)];
        changes.AddRange(current.Except(old).Select(fingerprint => new MetadataChange(MetadataChangeKind.CertificateAdded, null, fingerprint)));
        changes.AddRange(old.Except(current).Select(fingerprint => new MetadataChange(MetadataChangeKind.CertificateRemoved, fingerprint, null)));
        Compare(MetadataChangeKind.SingleSignOn, before.SingleSignOn, after.SingleSignOn, changes);
        Compare(MetadataChangeKind.SingleLogout, before.SingleLogout, after.SingleLogout, changes);
        if (before.WantAuthnRequestsSigned != after.WantAuthnRequestsSigned)
        {
            changes.Add(new(MetadataChangeKind.WantAuthnRequestsSigned, Word(before.WantAuthnRequestsSigned), Word(after.WantAuthnRequestsSigned)));
        }

        return new(changes)
        {
            IsCertificateRollover = changes.Count > 0
                && changes.TrueForAll(change => change.Kind is MetadataChangeKind.CertificateAdded or MetadataChangeKind.CertificateRemoved)
                && old.Intersect(current).Any(),
        };
    }

    private static void Compare(MetadataChangeKind kind, IReadOnlyList<SamlEndpoint> before, IReadOnlyList<SamlEndpoint> after, List<MetadataChange> changes)
    {
        changes.AddRange(before.Except(after).Select(endpoint => new MetadataChange(kind, Word(endpoint), null)));
        changes.AddRange(after.Except(before).Select(endpoint => new MetadataChange(kind, null, Word(endpoint))));
    }

    private static string Word(SamlEndpoint endpoint) => $"{endpoint.Binding} {endpoint.Location}{(endpoint.ResponseLocation is null ? "" : $" ({endpoint.ResponseLocation})")}";

    private static string Word(bool value) => value ? "true" : "false";
}
