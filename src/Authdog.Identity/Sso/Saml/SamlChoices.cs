namespace Authdog.Identity.Sso.Saml;

/// <summary>What somebody sets of a SAML connection; what is null stays as it is.</summary>
public sealed record SamlChoices
{
    /// <summary>Metadata of the identity provider, as text.</summary>
    public string? MetadataText { get; init; }

    /// <summary>The same as the bytes of a file.</summary>
    public ReadOnlyMemory<byte>? MetadataFile { get; init; }

    /// <summary>The same at an address, which is read again from time to time.</summary>
    public string? MetadataUrl { get; init; }

    /// <summary>Entity id of the identity provider: which one of the metadata, or without metadata who it is.</summary>
    public string? EntityId { get; init; }

    /// <summary>Where people sign in, for identity providers without metadata.</summary>
    public string? SignOnUrl { get; init; }

    /// <summary>Where logout messages go, for identity providers without metadata.</summary>
    public string? LogoutUrl { get; init; }

    /// <summary>Signing certificates in PEM or Base64, for identity providers without metadata; they replace those that are known.</summary>
    public IReadOnlyList<string> Certificates { get; init; } = [];

    /// <summary>Whether requests are signed.</summary>
    public bool? SignRequests { get; init; }

    /// <summary><c>redirect</c> or <c>post</c>.</summary>
    public string? Binding { get; init; }

    /// <summary><c>any</c>, <c>response</c>, <c>assertion</c> or <c>both</c>.</summary>
    public string? RequiredSignature { get; init; }

    /// <summary>Whether a readable assertion is refused.</summary>
    public bool? RequireEncryption { get; init; }

    /// <summary>Whether the identity provider may begin.</summary>
    public bool? AllowIdpInitiated { get; init; }

    /// <summary>Where such a sign-in leads: a local path.</summary>
    public string? IdpInitiatedPath { get; init; }

    /// <summary>How far the two clocks may differ: 0 to 120 seconds.</summary>
    public int? ClockSkewSeconds { get; init; }

    /// <summary>Whether every sign-in is fresh at the identity provider.</summary>
    public bool? ForceAuthn { get; init; }

    /// <summary><c>persistent</c>, <c>email</c>, <c>unspecified</c> or <c>transient</c>; empty leaves it to the identity provider.</summary>
    public string? NameIdFormat { get; init; }

    /// <summary>Whether the address that the person typed goes along as a hint.</summary>
    public bool? SendSubject { get; init; }

    /// <summary>Whether signing out here signs out there.</summary>
    public bool? LogOutThere { get; init; }

    /// <summary>Classes of authentication that are asked for where <c>aal2</c> is needed, and believed to be two kinds of proof.</summary>
    public IReadOnlyList<string>? MultiFactorContexts { get; init; }

    /// <summary>Attribute that names the person instead of the name identifier; empty for none.</summary>
    public string? SubjectAttribute { get; init; }
}
