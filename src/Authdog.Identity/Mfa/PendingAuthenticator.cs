namespace Authdog.Identity.Mfa;

/// <summary>An authenticator app that is being set up: nothing of it is kept before its first code was right.</summary>
/// <param name="Seed">The shared secret.</param>
/// <param name="Sealed">The same, sealed for this user and a short while: it travels in its own page.</param>
public sealed record PendingAuthenticator(ReadOnlyMemory<byte> Seed, string Sealed)
{
    /// <summary>The secret as people type it.</summary>
    public string Key => Base32.Group(Base32.Encode(Seed.Span, Base32.Standard), ' ');

    /// <summary>The address that the QR code holds ("Key URI Format", which all apps read).</summary>
    internal string Address(string product, string account)
    {
        var issuer = Uri.EscapeDataString(product);
        return $"otpauth://totp/{issuer}:{Uri.EscapeDataString(account)}?secret={Base32.Encode(Seed.Span, Base32.Standard)}&issuer={issuer}&algorithm=SHA1&digits=6&period=30";
    }

    /// <inheritdoc/>
    public override string ToString() => nameof(PendingAuthenticator);
}
