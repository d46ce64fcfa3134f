namespace Authdog.Identity.Mail;

/// <summary>Mail that a command has queued: where no gateway runs that would deliver it in the background, the command does so before it ends.</summary>
public sealed class WaitingMail
{
    private readonly MailDelivery _delivery;

    internal WaitingMail(MailDelivery delivery) => _delivery = delivery;

    /// <summary>Delivers what waits, or keeps as a file what no server takes. Nothing can be queued afterwards.</summary>
    public Task DeliverAsync() => _delivery.StopAsync(CancellationToken.None);
}
