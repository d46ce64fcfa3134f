using Microsoft.Extensions.Logging;

namespace Authdog.Identity.Invitations;

/// <summary>What the log says of invitations: ids only.</summary>
internal static partial class InvitationsLog
{
    [LoggerMessage(6100, LogLevel.Information, "User {UserId} joined by invitation {Invitation}", EventName = "InvitationAccepted")]
    public static partial void Accepted(ILogger logger, string userId, string invitation);
}
