using Authdog.Identity.Tenants;

namespace Authdog.Identity.Mail;

/// <summary>Sends in the background, in the name of the scope's tenant. A request that sends a message takes no longer than a request that does not (I1).</summary>
public sealed class Mailer
{
    private readonly MailQueue _queue;
    private readonly CurrentTenant _tenant;

    internal Mailer(MailQueue queue, CurrentTenant tenant)
    {
        _queue = queue;
        _tenant = tenant;
    }

    /// <summary>Queues a message. A full queue (a mail server away for long) refuses it, and the log says so.</summary>
    public void Send(MailMessage message) => _queue.Add(message with { Tenant = _tenant.Record });
}
