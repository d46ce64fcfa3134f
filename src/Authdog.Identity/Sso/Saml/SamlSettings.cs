using Authdog.Protocols.Saml.Bindings;
using Authdog.Protocols.Saml.Parties;
using Authdog.Protocols.Saml.Responses;

namespace Authdog.Identity.Sso.Saml;

/// <summary>What a SAML connection is set to: what is known of the identity provider, this side's keys, and what is demanded. Kept as the connection's document.</summary>
internal sealed record SamlSettings
{
    /// <summary>Entity id of the identity provider; null while nothing is known of it.</summary>
    public string? EntityId { get; init; }

    /// <summary>Its signing certificates, DER in Base64; several while one takes over from another.</summary>
    public IReadOnlyList<string> Certificates { get; init; } = [];

    /// <summary>Where people sign in.</summary>
    public IReadOnlyList<SamlEndpoint> SingleSignOn { get; init; } = [];

    /// <summary>Where logout messages go; empty when it has no single logout.</summary>
    public IReadOnlyList<SamlEndpoint> SingleLogout { get; init; } = [];

    /// <summary>Whether it demands signed requests.</summary>
    public bool WantAuthnRequestsSigned { get; init; }

    /// <summary>Where its metadata is read again from time to time; null when it was given once.</summary>
    public string? MetadataUrl { get; init; }

    /// <summary>When that was done the last time.</summary>
    public DateTimeOffset? MetadataReadAt { get; init; }

    /// <summary>Until when what was read may be used; from then on it is a warning, no outage.</summary>
    public DateTimeOffset? MetadataValidUntil { get; init; }

    /// <summary>What the last reading found that nobody has agreed to, or why it failed; null when all is well.</summary>
    public string? MetadataProblem { get; init; }

    /// <summary>Host of the tenant's own that this side's addresses are on; null for the gateway's.</summary>
    public string? Host { get; init; }

    /// <summary>Keys that sign, encrypted, in Base64. The first one signs.</summary>
    public IReadOnlyList<string> SigningKeys { get; init; } = [];

    /// <summary>Keys that decrypt, encrypted, in Base64.</summary>
    public IReadOnlyList<string> DecryptionKeys { get; init; } = [];

    /// <summary>Whether requests are signed; they always are where the identity provider demands it.</summary>
    public bool SignRequests { get; init; } = true;

    /// <summary>How requests travel, where the identity provider offers both.</summary>
    public SamlBinding Binding { get; init; } = SamlBinding.HttpRedirect;

    /// <summary>What must be signed.</summary>
    public SignedPart RequiredSignature { get; init; } = SignedPart.Any;

    /// <summary>Whether a readable assertion is refused.</summary>
    public bool RequireEncryption { get; init; }

    /// <summary>Whether the identity provider may begin.</summary>
    public bool AllowIdpInitiated { get; init; }

    /// <summary>Where such a sign-in leads, whatever its <c>RelayState</c> says.</summary>
    public string IdpInitiatedPath { get; init; } = "/";

    /// <summary>How far the two clocks may differ, in seconds.</summary>
    public int ClockSkewSeconds { get; init; } = 60;

    /// <summary>Whether every sign-in is fresh at the identity provider.</summary>
    public bool ForceAuthn { get; init; }

    /// <summary>Wanted format of the name identifier; null leaves it to the identity provider.</summary>
    public string? NameIdFormat { get; init; }

    /// <summary>Whether the address that the person typed goes along as a hint.</summary>
    public bool SendSubject { get; init; }

    /// <summary>Whether signing out here signs out there.</summary>
    public bool LogOutThere { get; init; } = true;

    /// <summary>Classes of authentication that are asked for where a login needs <c>aal2</c>, and that count as two kinds of proof when one of them comes back.</summary>
    public IReadOnlyList<string> MultiFactorContexts { get; init; } = [];

    /// <summary>Attribute that names the person instead of the name identifier, for identity providers whose name identifiers are transient.</summary>
    public string? SubjectAttribute { get; init; }
}
