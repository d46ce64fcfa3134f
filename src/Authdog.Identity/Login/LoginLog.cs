using Microsoft.Extensions.Logging;

namespace Authdog.Identity.Login;

/// <summary>What the log says of logins: ids, never what somebody typed.</summary>
internal static partial class LoginLog
{
    [LoggerMessage(2800, LogLevel.Information, "User {UserId} signed in", EventName = "SignedIn")]
    public static partial void SignedIn(ILogger logger, string userId);

    [LoggerMessage(2801, LogLevel.Information, "User {UserId} signed out", EventName = "SignedOut")]
    public static partial void SignedOut(ILogger logger, string userId);

    [LoggerMessage(2802, LogLevel.Information, "User {UserId} was shut out or got a new password while signing in, and is not signed in", EventName = "SignInTakenBack")]
    public static partial void TakenBack(ILogger logger, string userId);

    [LoggerMessage(2803, LogLevel.Warning, "Ceremony {Ceremony} reached its limit by {Scope} in tenant {Tenant}; further ones are counted as metric authdog.ceremony.limited", EventName = "CeremonyLimited")]
    public static partial void Limited(ILogger logger, string ceremony, string scope, string tenant);
}
