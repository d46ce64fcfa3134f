using Authdog.Protocols.Saml.Errors;

namespace Authdog.Protocols.Saml.Metadata;

/// <summary>What became of a metadata document.</summary>
public abstract record IdentityProviderMetadataResult
{
    private IdentityProviderMetadataResult()
    {
    }

    /// <summary>It describes an identity provider that can be used.</summary>
    public sealed record Read(IdentityProviderMetadata Metadata) : IdentityProviderMetadataResult;

    /// <summary>It cannot be used; every reason.</summary>
    public sealed record Refused(IReadOnlyList<SamlError> Errors) : IdentityProviderMetadataResult;
}
