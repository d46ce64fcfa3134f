using Authdog.Identity.Sso.Saml;

namespace Authdog.Console.Api.Connections;

/// <summary>What a SAML connection needs; what is absent or null stays as it is.</summary>
internal sealed record SamlConnectionSettings
{
    /// <summary>Address of the identity provider's metadata; read again twice a day.</summary>
    public string? MetadataUrl { get; init; }

    /// <summary>The metadata itself.</summary>
    public string? Metadata { get; init; }

    /// <summary>Which one of the metadata, or without metadata who it is.</summary>
    public string? EntityId { get; init; }

    /// <summary>Where people sign in, without metadata.</summary>
    public string? SignOnUrl { get; init; }

    /// <summary>Where logout messages go, without metadata; empty for nowhere.</summary>
    public string? LogoutUrl { get; init; }

    /// <summary>Signing certificates (PEM), without metadata.</summary>
    public IReadOnlyList<string>? Certificates { get; init; }

    public bool? SignRequests { get; init; }

    /// <summary><c>redirect</c> or <c>post</c>.</summary>
    public string? Binding { get; init; }

    /// <summary><c>any</c>, <c>response</c>, <c>assertion</c> or <c>both</c>.</summary>
    public string? RequiredSignature { get; init; }

    public bool? RequireEncryption { get; init; }

    /// <summary>Whether the identity provider may begin a sign-in.</summary>
    public bool? IdpInitiated { get; init; }

    /// <summary>Where such a sign-in leads: a local path.</summary>
    public string? IdpInitiatedPath { get; init; }

    public int? ClockSkewSeconds { get; init; }

    public bool? ForceAuthn { get; init; }

    /// <summary><c>persistent</c>, <c>email</c>, <c>unspecified</c> or <c>transient</c>; empty leaves it to the identity provider.</summary>
    public string? NameIdFormat { get; init; }

    /// <summary>Attribute that names the person instead of the name identifier; empty for none.</summary>
    public string? SubjectAttribute { get; init; }

    /// <summary>Whether the typed address goes along as a hint.</summary>
    public bool? SendSubject { get; init; }

    public bool? LogOutThere { get; init; }

    /// <summary>Classes of authentication that are believed to be two kinds of proof.</summary>
    public IReadOnlyList<string>? MultiFactorContexts { get; init; }

    public SamlChoices ToChoices() => new()
    {
        MetadataUrl = MetadataUrl,
        MetadataText = Metadata,
        EntityId = EntityId,
        SignOnUrl = SignOnUrl,
        LogoutUrl = LogoutUrl,
        Certificates = Certificates ?? [],
        SignRequests = SignRequests,
        Binding = Binding,
        RequiredSignature = RequiredSignature,
        RequireEncryption = RequireEncryption,
        AllowIdpInitiated = IdpInitiated,
        IdpInitiatedPath = IdpInitiatedPath,
        ClockSkewSeconds = ClockSkewSeconds,
        ForceAuthn = ForceAuthn,
        NameIdFormat = NameIdFormat,
        SubjectAttribute = SubjectAttribute,
        SendSubject = SendSubject,
        LogOutThere = LogOutThere,
        MultiFactorContexts = MultiFactorContexts,
    };
}
