using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.Extensions.Options;
using MimeKit;

namespace Authdog.Identity.Mail;

/// <summary>Sends by SMTP, a connection a message.</summary>
internal sealed class SmtpTransport(IOptions<MailOptions> options) : IMailTransport
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(30);

    public async Task SendAsync(MimeMessage message, CancellationToken cancellationToken)
    {
        var smtp = options.Value.Smtp;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(s_timeout);
        using var client = new SmtpClient();
        await client.ConnectAsync(smtp.Host!, smtp.Port, Security(smtp.Tls), limit.Token);
        if (smtp is { User: { } user, Password: { } password })
        {
            await client.AuthenticateAsync(user, password, limit.Token);
        }

        await client.SendAsync(message, limit.Token);
        await client.DisconnectAsync(quit: true, limit.Token);
    }

    private static SecureSocketOptions Security(SmtpTls tls) => tls switch
    {
        SmtpTls.Implicit => SecureSocketOptions.SslOnConnect,
        SmtpTls.None => SecureSocketOptions.None,
        _ => SecureSocketOptions.StartTls,
    };
}
