using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MimeKit;

namespace Authdog.Identity.Mail;

/// <summary>Delivers queued messages one by one, again after a pause when that fails, and keeps as a file what nobody took.</summary>
internal sealed class MailDelivery(Mailer mailer, MailTemplates templates, IMailTransport transport, Outbox outbox, TimeProvider time, ILogger<MailDelivery> logger)
    : BackgroundService
{
    private static readonly TimeSpan[] s_pauses = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30)];

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // Nothing new from here on; what waits is still delivered, or kept as a file once the pauses are cut short.
        mailer.Close();
        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var message in mailer.Waiting.ReadAllAsync(CancellationToken.None))
        {
            try
            {
                await DeliverAsync(message.Template, await templates.RenderAsync(message), stoppingToken);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                MailLog.Lost(logger, message.Template, e);
            }
        }
    }

    private async Task DeliverAsync(string template, MimeMessage mail, CancellationToken stopping)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await transport.SendAsync(mail, CancellationToken.None);
                MailLog.Sent(logger, template);
                return;
            }
            catch (Exception e) when (attempt < s_pauses.Length && !stopping.IsCancellationRequested)
            {
                MailLog.Postponed(logger, template, s_pauses[attempt].TotalSeconds, e);
                await PauseAsync(s_pauses[attempt], stopping);
            }
            catch (Exception e) when (transport is not Outbox)
            {
                var file = await outbox.KeepUndeliveredAsync(mail, CancellationToken.None);
                MailLog.Undelivered(logger, template, file, e);
                return;
            }
        }
    }

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
