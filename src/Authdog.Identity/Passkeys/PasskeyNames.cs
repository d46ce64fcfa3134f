using Authdog.Identity.Pages;

namespace Authdog.Identity.Passkeys;

/// <summary>Names new passkeys: by the model that they claim, otherwise by what keeps them.</summary>
internal static class PasskeyNames
{
    /// <summary>Makes names in a language, of model and transports.</summary>
    public static Func<Guid, IReadOnlyList<string>, string> For(PageTexts texts) => (aaguid, transports) =>
        KnownAuthenticators.Find(aaguid)?.Name ?? texts[Transport.IsRoaming(transports) ? "Passkeys.UnnamedKey" : "Passkeys.Unnamed"];

    /// <summary>What a person typed as a name; null when it is none.</summary>
    public static string? Parse(string? text) =>
        text?.Trim() is { Length: > 0 and <= Passkey.MaxName } name && !name.Any(char.IsControl) ? name : null;

    /// <summary>The icon's file.</summary>
    public static string Icon(Passkey passkey) => (KnownAuthenticators.Find(passkey.Aaguid)?.Kind, passkey.IsBackupEligible) switch
    {
        (AuthenticatorKind.Key, _) => "passkey-key.svg",
        (AuthenticatorKind.Device, _) => "passkey-device.svg",
        (AuthenticatorKind.Manager, _) or (null, true) => "passkey-manager.svg",
        _ => Transport.IsRoaming(passkey.Transports.Split(' ', StringSplitOptions.RemoveEmptyEntries)) ? "passkey-key.svg" : "passkey-device.svg",
    };
}
