using System.Buffers.Binary;

namespace Authdog.Identity.Passkeys;

/// <summary>The parts of authenticator data that Identity's handler does not hand out (WebAuthn Level 3, section 6.1). Reading verifies nothing.</summary>
/// <param name="Flags">What the authenticator says of this ceremony.</param>
/// <param name="SignCount">Its signature counter.</param>
/// <param name="Aaguid">Its model; zeros without a new credential.</param>
/// <param name="CredentialId">The new credential's id; empty without one.</param>
/// <param name="PublicKey">The new credential's COSE key and whatever follows it; empty without one.</param>
internal sealed record AuthenticatorClaims(AuthenticatorFlags Flags, uint SignCount, Guid Aaguid, ReadOnlyMemory<byte> CredentialId, ReadOnlyMemory<byte> PublicKey)
{
    private const int FlagsAt = 32;
    private const int SignCountAt = 33;
    private const int AaguidAt = 37;
    private const int CredentialLengthAt = 53;
    private const int CredentialAt = 55;

    public static AuthenticatorClaims? Parse(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length < AaguidAt)
        {
            return null;
        }

        var span = bytes.Span;
        var flags = (AuthenticatorFlags)span[FlagsAt];
        var count = BinaryPrimitives.ReadUInt32BigEndian(span[SignCountAt..]);
        if (!flags.HasFlag(AuthenticatorFlags.AttestedCredential))
        {
            return new AuthenticatorClaims(flags, count, Guid.Empty, default, default);
        }

        if (bytes.Length < CredentialAt || CredentialAt + BinaryPrimitives.ReadUInt16BigEndian(span[CredentialLengthAt..]) is var keyAt && keyAt > bytes.Length)
        {
            return null;
        }

        return new AuthenticatorClaims(flags, count, new Guid(span[AaguidAt..CredentialLengthAt], bigEndian: true), bytes[CredentialAt..keyAt], bytes[keyAt..]);
    }

    /// <summary>Where the flags are, for who must write them.</summary>
    internal static int FlagsOffset => FlagsAt;
}
