using Authdog.Protocols.Saml.Keys;

namespace Authdog.Protocols.Saml.Metadata;

/// <summary>How metadata of an identity provider is read.</summary>
public sealed record IdentityProviderMetadataOptions
{
    /// <summary>Which entity, when the document describes several.</summary>
    public string? EntityId { get; init; }

    /// <summary>Whether addresses may be plain HTTP: for tests on one machine only.</summary>
    public bool AllowHttp { get; init; }

    /// <summary>Certificates of which one must have signed the document; none when its source is believed as it is.</summary>
    public IReadOnlyList<PinnedCertificate> Pins { get; init; } = [];
}
