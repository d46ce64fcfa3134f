using Microsoft.Extensions.Logging;

namespace Authdog.Identity.SignUp;

/// <summary>What the log says of sign-ups: ids only.</summary>
internal static partial class SignUpLog
{
    [LoggerMessage(3000, LogLevel.Information, "User {UserId} has verified an address and has an account now", EventName = "SignUpVerified")]
    public static partial void Verified(ILogger logger, string userId);
}
