namespace Authdog.Identity.Passkeys;

/// <summary>What keeps a passkey, as far as people care.</summary>
internal enum AuthenticatorKind
{
    /// <summary>A password manager or platform account, which syncs it.</summary>
    Manager,

    /// <summary>A computer or phone.</summary>
    Device,

    /// <summary>A security key.</summary>
    Key,
}
