namespace Authdog.Identity.Passkeys;

/// <summary>Keys of what people read when an answer is refused. Most reasons read the same: they would only help who tries.</summary>
internal static class PasskeyTexts
{
    public static string SignIn(PasskeyRefusal reason) => reason switch
    {
        PasskeyRefusal.Challenge or PasskeyRefusal.Replayed => "Passkey.Expired",
        PasskeyRefusal.UnknownCredential => "Passkey.Unknown",
        PasskeyRefusal.UserNotVerified => "Passkey.NotVerified",
        _ => "Passkey.Refused",
    };

    public static string Registration(PasskeyRefusal reason) => reason switch
    {
        PasskeyRefusal.Challenge or PasskeyRefusal.Replayed => "Passkey.Expired",
        PasskeyRefusal.AlreadyRegistered => "Passkey.Already",
        PasskeyRefusal.UserNotVerified => "Passkey.NotVerified",
        PasskeyRefusal.AuthenticatorNotAllowed => "Passkey.NotAllowed",
        PasskeyRefusal.TooMany => "Passkey.TooMany",
        _ => "Passkey.NotAdded",
    };
}
