namespace Authdog.Identity.Passkeys;

/// <summary>What a challenge is for.</summary>
internal enum PasskeyPurpose
{
    /// <summary>To sign in, as any factor.</summary>
    SignIn,

    /// <summary>To register a passkey that somebody asked for.</summary>
    Register,

    /// <summary>To register one that the browser makes by itself (conditional create): without a gesture of the person.</summary>
    RegisterSilently,
}
