namespace Authdog.Protocols.Saml.Metadata;

/// <summary>What may change in an identity provider's metadata.</summary>
public enum MetadataChangeKind
{
    /// <summary>The entity id: another identity provider, never taken over without a person's word.</summary>
    EntityId,

    /// <summary>A certificate came, named by fingerprint.</summary>
    CertificateAdded,

    /// <summary>A certificate went, named by fingerprint.</summary>
    CertificateRemoved,

    /// <summary>An address for signing in.</summary>
    SingleSignOn,

    /// <summary>An address for logout.</summary>
    SingleLogout,

    /// <summary>Whether requests must be signed.</summary>
    WantAuthnRequestsSigned,
}
