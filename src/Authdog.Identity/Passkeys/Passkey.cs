using Authdog.Identity.Identifiers;
using Authdog.Identity.Storage;

namespace Authdog.Identity.Passkeys;

/// <summary>A credential record (WebAuthn Level 3, section 4). Key: tenant and id; the credential id is unique in the tenant.</summary>
public sealed class Passkey : ITenantOwned
{
    /// <summary>Longest credential id in bytes (section 7.1, step 25).</summary>
    public const int MaxCredentialId = 1023;

    /// <summary>Longest name.</summary>
    public const int MaxName = 60;

    public required TenantId TenantId { get; init; }

    /// <summary>Names the record in addresses; UUID version 7.</summary>
    public required Guid Id { get; init; }

    public required Guid UserId { get; init; }

    public required byte[] CredentialId { get; init; }

    /// <summary>The domain that it belongs to: with another RP ID it is never asked for.</summary>
    public required string RelyingPartyId { get; init; }

    /// <summary>COSE key.</summary>
    public required byte[] PublicKey { get; init; }

    /// <summary>Highest signature counter seen; 0 when the authenticator has none.</summary>
    public required long SignCount { get; set; }

    /// <summary>How the authenticator is reached, as the browser said: words separated by blanks.</summary>
    public required string Transports { get; init; }

    /// <summary>Whether it has verified its user at registration or beside another factor; until then its user verification does not count.</summary>
    public required bool UserVerificationInitialized { get; set; }

    /// <summary>Whether it can be synced (BE); never changes.</summary>
    public required bool IsBackupEligible { get; init; }

    /// <summary>Whether it is synced now (BS).</summary>
    public required bool IsBackedUp { get; set; }

    /// <summary>Model that the authenticator claims to be; zeros when it does not say.</summary>
    public required Guid Aaguid { get; init; }

    /// <summary>Format of the attestation statement that was verified up to a manufacturer's root; null when nothing proves the model.</summary>
    public string? AttestationFormat { get; init; }

    /// <summary>Name that its owner reads.</summary>
    public required string Name { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? LastUsedAt { get; set; }
}
