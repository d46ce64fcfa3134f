using Microsoft.Extensions.Logging;

namespace Authdog.Identity.Mail;

/// <summary>What the log says of mail: never to whom, nor what was in it. A mail server's answer repeats the address, so only the kind of a failure is named.</summary>
internal static partial class MailLog
{
    [LoggerMessage(2400, LogLevel.Debug, "Sent a message from template {Template}", EventName = "MailSent")]
    public static partial void Sent(ILogger logger, string template);

    [LoggerMessage(2401, LogLevel.Warning, "A message from template {Template} could not be sent ({Failure}); next try in {Seconds} s", EventName = "MailPostponed")]
    public static partial void Postponed(ILogger logger, string template, double seconds, string failure);

    [LoggerMessage(2402, LogLevel.Error, "A message from template {Template} could not be sent ({Failure}) and is kept in {File}", EventName = "MailUndelivered")]
    public static partial void Undelivered(ILogger logger, string template, string file, string failure);

    [LoggerMessage(2403, LogLevel.Error, "A message from template {Template} is lost: it could neither be sent nor kept", EventName = "MailLost")]
    public static partial void Lost(ILogger logger, string template, Exception exception);

    [LoggerMessage(2404, LogLevel.Error, "A message from template {Template} is lost: too many wait for the mail server already", EventName = "MailQueueFull")]
    public static partial void QueueFull(ILogger logger, string template);

    [LoggerMessage(2405, LogLevel.Warning, "A message from template {Template} was not sent: too many by {Reason} in tenant {Tenant}", EventName = "MailWithheld")]
    public static partial void Withheld(ILogger logger, string template, string reason, string tenant);
}
