namespace Authdog.Policies.Decisions;

/// <summary>The passkey that somebody used.</summary>
/// <param name="Kind">Whether it can leave its authenticator.</param>
/// <param name="Aaguid">Model of the authenticator (WebAuthn Level 3, section 6.5.1); <see cref="Guid.Empty"/> when it does not say.</param>
public sealed record Passkey(PasskeyKind Kind, Guid Aaguid);
