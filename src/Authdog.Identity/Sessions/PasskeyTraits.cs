namespace Authdog.Identity.Sessions;

/// <summary>What policies may know of the passkey that proved a factor.</summary>
/// <param name="IsSynced">Whether it is backed up by a provider and may live on several devices (WebAuthn's flag BS).</param>
/// <param name="Aaguid">Model of the authenticator; all zeros when it does not say.</param>
public sealed record PasskeyTraits(bool IsSynced, Guid Aaguid);
