using Authdog.Identity.Audit;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Tenants;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Http;

namespace Authdog.Identity.SignUp.Domains;

/// <summary>Judges the domain of an address that somebody wants to sign up with.</summary>
internal sealed class SignUpDomains(DisposableDomains disposable, MailServers servers, UserDirectory users, AuditLog audit, CurrentTenant tenant, TenantOptions<SignUpDomainOptions> options)
{
    /// <summary>Why it is refused; null when it is not.</summary>
    public async Task<SignUpDomainRefusal?> JudgeAsync(HttpContext context, EmailAddress email)
    {
        var refusal = options.Value.RefuseDisposable && disposable.Contains(email.Domain) ? SignUpDomainRefusal.Disposable
            : options.Value.RequireMailServer && await servers.ExistAsync(email.Domain, context.RequestAborted) == false ? SignUpDomainRefusal.NoMailServer
            : (SignUpDomainRefusal?)null;
        if (refusal is { } reason)
        {
            await audit.WriteSampledAsync(new AuditEvent(tenant.Id, AuditEventKind.SignUpRefused, Detail: reason.ToString()), reason.ToString(), context.RequestAborted);
        }

        return refusal;
    }

    /// <summary>Whether the address counts as taken because somebody has one of the same mailbox.</summary>
    public async Task<bool> IsFoldedAwayAsync(EmailAddress email, CancellationToken cancellationToken) =>
        options.Value.FoldPlusAddresses && await users.HasMailboxAsync(email, cancellationToken);
}
