using Authdog.Identity.Identifiers;

namespace Authdog.Identity.Mail;

/// <summary>Whoever keeps events learns of messages that were not sent.</summary>
/// <param name="Tell">Tenant, and what was withheld and why; no address.</param>
internal sealed record MailWithheld(Func<TenantId, string, CancellationToken, Task> Tell);
