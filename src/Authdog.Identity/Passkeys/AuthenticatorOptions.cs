namespace Authdog.Identity.Passkeys;

/// <summary>What is known of one model of authenticator.</summary>
public sealed class AuthenticatorOptions
{
    /// <summary>PEM file of the roots that this model is verified up to, and no other model.</summary>
    public string? RootsFile { get; set; }
}
