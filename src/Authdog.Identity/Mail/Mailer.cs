using Authdog.Identity.Identifiers;
using Authdog.Identity.Tenants;
using Microsoft.AspNetCore.Http;

namespace Authdog.Identity.Mail;

/// <summary>Sends in the background, in the name of the scope's tenant. A request that sends a message takes no longer than a request that does not (I1).</summary>
public sealed class Mailer
{
    private readonly MailQueue _queue;
    private readonly CurrentTenant _tenant;
    private readonly IHttpContextAccessor _request;

    internal Mailer(MailQueue queue, CurrentTenant tenant, IHttpContextAccessor request)
    {
        _queue = queue;
        _tenant = tenant;
        _request = request;
    }

    /// <summary>Queues a message. A full queue (a mail server away for long) refuses it, and the log says so.</summary>
    public void Send(MailMessage message) => _queue.Add(message with
    {
        Tenant = _tenant.Record,
        Source = message.Source ?? (_request.HttpContext is { } context ? ClientNetwork.Of(context.Connection.RemoteIpAddress) : null),
    });
}
