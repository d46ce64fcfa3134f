using MimeKit;

namespace Authdog.Identity.Mail;

/// <summary>Hands a finished message over: to a mail server, or into the outbox folder.</summary>
internal interface IMailTransport
{
    /// <summary>Returns when the message is safe elsewhere; throws when it is not.</summary>
    Task SendAsync(MimeMessage message, CancellationToken cancellationToken);
}
