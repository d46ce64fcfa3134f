using System.Collections.Immutable;
using Authdog.Identity.Audit;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Mail;
using Authdog.Identity.Pages;
using Authdog.Identity.Tenants;
using Authdog.Identity.Upkeep;
using Authdog.Identity.Users;
using Microsoft.Extensions.Logging;

namespace Authdog.Identity.Accounts.Deletion;

/// <summary>Erases accounts that are due, everywhere: what features keep (<see cref="IPersonalRecords"/>), sessions, mail that nobody took, and the user last. The audit log keeps the id, which is nobody's then.</summary>
/// <remarks>On many nodes each account is claimed by one. Every step can be done twice: a node that dies half-way is followed by another.</remarks>
internal sealed class Erasure(
    Deletions deletions,
    UserRemoval removal,
    UserDirectory users,
    Tombstones tombstones,
    Mailer mailer,
    AuditLog audit,
    CurrentTenant tenant,
    TenantOptions<DeletionOptions> options,
    ILogger<Erasure> logger) : IUpkeep
{
    private const int AtOnce = 100;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var user in await deletions.DueAsync(AtOnce, cancellationToken))
        {
            await EraseAsync(user, cancellationToken);
        }
    }

    /// <summary>Erases an account that is due; false when it is not, or another node is at it.</summary>
    public async Task<bool> EraseAsync(UserId id, CancellationToken cancellationToken)
    {
        if (!await deletions.ClaimAsync(id, cancellationToken) || await users.FindAsync(id, cancellationToken) is not { } user)
        {
            return false;
        }

        if (EmailAddress.TryParse(user.Email, out var email) && options.Value.KeepTombstone)
        {
            await tombstones.SetAsync(email, cancellationToken);
        }

        await removal.RemoveAsync(user, cancellationToken);
        await audit.WriteAsync(new AuditEvent(tenant.Id, AuditEventKind.AccountErased, id), cancellationToken);
        if (email is not null)
        {
            mailer.Send(new MailMessage(email, "account-erased", PageTexts.For(user.Locale)?.Language ?? PageTexts.Available[0], ImmutableDictionary<string, string>.Empty));
        }

        DeletionLog.Erased(logger, id.ToString());
        return true;
    }
}
