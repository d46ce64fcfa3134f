namespace Authdog.Identity.Passkeys;

/// <summary>What a statement is about: the new credential, and the ceremony that made it.</summary>
/// <param name="AuthenticatorData">Authenticator data, as it came.</param>
/// <param name="ClientDataHash">SHA-256 of the client data.</param>
/// <param name="Claims">Authenticator data, taken apart.</param>
/// <param name="Key">The credential's public key.</param>
internal sealed record AttestedCredential(ReadOnlyMemory<byte> AuthenticatorData, byte[] ClientDataHash, AuthenticatorClaims Claims, CoseKey Key)
{
    /// <summary><c>attToBeSigned</c>: authenticator data, then the hash.</summary>
    public byte[] Signed { get; } = [.. AuthenticatorData.Span, .. ClientDataHash];
}
