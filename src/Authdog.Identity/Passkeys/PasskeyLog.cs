using Microsoft.Extensions.Logging;

namespace Authdog.Identity.Passkeys;

/// <summary>What the log says of passkeys: ids and reasons, never a key, a challenge or a signature.</summary>
internal static partial class PasskeyLog
{
    [LoggerMessage(3600, LogLevel.Information, "User {UserId} registered passkey {PasskeyId}", EventName = "PasskeyRegistered")]
    public static partial void Registered(ILogger logger, string userId, string passkeyId);

    [LoggerMessage(3601, LogLevel.Information, "User {UserId} removed passkey {PasskeyId}", EventName = "PasskeyRemoved")]
    public static partial void Removed(ILogger logger, string userId, string passkeyId);

    [LoggerMessage(3602, LogLevel.Information, "A sign-in by passkey of user {UserId} was refused: {Reason}", EventName = "PasskeySignInRefused")]
    public static partial void SignInRefused(ILogger logger, PasskeyRefusal reason, string userId);

    [LoggerMessage(3603, LogLevel.Information, "A passkey of user {UserId} was not registered: {Reason}", EventName = "PasskeyRegistrationRefused")]
    public static partial void RegistrationRefused(ILogger logger, PasskeyRefusal reason, string userId);

    [LoggerMessage(3604, LogLevel.Warning, "The signature counter of passkey {PasskeyId} of user {UserId} did not rise: the authenticator may have been copied", EventName = "PasskeyCounterRegressed")]
    public static partial void CounterRegressed(ILogger logger, string userId, string passkeyId);
}
