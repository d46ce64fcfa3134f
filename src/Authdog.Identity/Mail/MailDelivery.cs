using MailKit.Net.Smtp;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MimeKit;

namespace Authdog.Identity.Mail;

/// <summary>Delivers queued messages, again after a pause when that fails, and keeps as a file what nobody took.</summary>
internal sealed class MailDelivery(MailQueue queue, MailLimits limits, MailTemplates templates, IMailTransport transport, Outbox outbox, TimeProvider time, ILogger<MailDelivery> logger)
    : BackgroundService
{
    // One address that the server keeps putting off must not hold up the others.
    private const int AtOnce = 8;
    private static readonly TimeSpan[] s_pauses = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30)];
    private volatile bool _serverAway;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // Nothing new from here on; what waits is still delivered, or kept as a file once the pauses are cut short.
        queue.Close();
        await base.StopAsync(cancellationToken);
        await DeliverAllAsync(new CancellationToken(canceled: true));
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => DeliverAllAsync(stoppingToken);

    private Task DeliverAllAsync(CancellationToken stopping) => Parallel.ForEachAsync(
        queue.Waiting.ReadAllAsync(CancellationToken.None),
        new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
        async (message, _) =>
        {
            try
            {
                if (!await limits.MaySendAsync(message, CancellationToken.None))
                {
                    return;
                }

                await DeliverAsync(message.Template, await templates.RenderAsync(message), stopping);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                MailLog.Lost(logger, message.Template, e);
            }
        });

    private async Task DeliverAsync(string template, MimeMessage mail, CancellationToken stopping)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await SendAsync(mail, stopping);
                MailLog.Sent(logger, template);
                return;
            }
            catch (Exception e) when (attempt < s_pauses.Length && !IsFinal(e) && !stopping.IsCancellationRequested)
            {
                MailLog.Postponed(logger, template, s_pauses[attempt].TotalSeconds, e.GetType().Name);
                await PauseAsync(s_pauses[attempt], stopping);
            }
            catch (Exception e) when (transport is not Outbox)
            {
                var file = await outbox.KeepUndeliveredAsync(mail, CancellationToken.None);
                MailLog.Undelivered(logger, template, file, e.GetType().Name);
                return;
            }
        }
    }

    // While stopping, a server that hangs gets one chance, not one for each message that waits.
    private async Task SendAsync(MimeMessage mail, CancellationToken stopping)
    {
        if (_serverAway && stopping.IsCancellationRequested)
        {
            throw new IOException("The mail server is away and the gateway is stopping.");
        }

        try
        {
            await transport.SendAsync(mail, CancellationToken.None);
            _serverAway = false;
        }
        catch (Exception e) when (!IsFinal(e))
        {
            _serverAway = true;
            throw;
        }
    }

    // RFC 5321, section 4.2.1: a 5yz answer will not become better by asking again.
    private static bool IsFinal(Exception e) => e is SmtpCommandException { StatusCode: >= (SmtpStatusCode)500 };

    private async Task PauseAsync(TimeSpan pause, CancellationToken stopping)
    {
        try
        {
            await Task.Delay(pause, time, stopping);
        }
        catch (OperationCanceledException)
        {
            // Stopping: one last try follows at once.
        }
    }
}
