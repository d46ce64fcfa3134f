namespace Authdog.Protocols.Saml.Bindings;

/// <summary>Identifiers of the bindings in metadata and requests.</summary>
internal static class SamlBindingUris
{
    public const string Redirect = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect";
    public const string Post = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST";

    /// <summary>The binding of an identifier; <see langword="null"/> for artifact, SOAP and others, which are not supported.</summary>
    public static SamlBinding? Find(string? uri) => uri switch
    {
        Redirect => SamlBinding.HttpRedirect,
        Post => SamlBinding.HttpPost,
        _ => null,
    };

    /// <summary>Identifier of a binding.</summary>
    public static string Of(SamlBinding binding) => binding is SamlBinding.HttpRedirect ? Redirect : Post;
}
