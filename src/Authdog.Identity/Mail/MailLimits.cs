using System.Collections.Frozen;
using System.Diagnostics.Metrics;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Redis.Rates;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Mail;

/// <summary>Bounds what is sent to one mailbox and for one client network, whichever ceremony asks for it. Judged in the background, where a message that is withheld costs its request what any other costs (I1).</summary>
internal sealed class MailLimits
{
    // What tells an owner of something that has happened. Whoever does it must not be able to use up the bound before.
    private static readonly FrozenSet<string> s_notices = FrozenSet.ToFrozenSet(["security-notice", "account-erased", "second-step-reset-requested"]);

    private readonly RateLimits _rates;
    private readonly MailLimitOptions _options;
    private readonly Counter<long> _withheld;
    private readonly MailWithheld _told;
    private readonly ILogger _logger;

    public MailLimits(RateLimits rates, IOptions<MailOptions> options, IMeterFactory meters, MailWithheld told, ILogger<MailLimits> logger)
    {
        (_rates, _options, _told, _logger) = (rates, options.Value.Limits, told, logger);
        _withheld = meters.Create("Authdog.Identity").CreateCounter<long>("authdog.mail.withheld", description: "Messages not sent, since too many went to one recipient or were asked for from one network.");
    }

    /// <summary>Counts a message; false when it is one too many.</summary>
    public async Task<bool> MaySendAsync(MailMessage message, CancellationToken cancellationToken)
    {
        if (s_notices.Contains(message.Template))
        {
            return true;
        }

        var tenant = message.Tenant?.Id ?? TenantId.Default;

        // What is added behind a plus leads to the same mailbox, and neither a mailbox nor a client network belongs to a tenant: there would else
        // be as many bounds as there are words, and tenants to ask.
        var mailbox = message.To.Mailbox;
        List<RateAsk> asks =
        [
            new(TenantId.Default, "mail-recipient-hour", mailbox, new Rate(_options.PerRecipientAnHour, TimeSpan.FromHours(1))),
            new(TenantId.Default, "mail-recipient-day", mailbox, new Rate(_options.PerRecipientADay, TimeSpan.FromDays(1))),
        ];
        if (message.Source is { } source)
        {
            asks.Add(new RateAsk(TenantId.Default, "mail-source", source, new Rate(_options.PerSourceAnHour, TimeSpan.FromHours(1))));
        }

        var verdict = await _rates.TakeAsync(asks, cancellationToken);
        if (!verdict.Allowed)
        {
            var reason = verdict.States[0].IsExceeded || verdict.States[1].IsExceeded ? "recipient" : "source";
            _withheld.Add(1, new("template", message.Template), new("reason", reason));
            MailLog.Withheld(_logger, message.Template, reason, tenant.Value);
            await _told.Tell(tenant, $"{message.Template}: too many by {reason}", cancellationToken);
        }

        return verdict.Allowed;
    }
}
