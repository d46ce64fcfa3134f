using Authdog.Identity.Identifiers;
using Authdog.Identity.Mail;
using Authdog.Identity.Sessions;
using Authdog.Identity.Users;

namespace Authdog.Identity.Accounts.Deletion;

/// <summary>Removes a user and everything that is kept of them: sessions, what features keep (<see cref="IPersonalRecords"/>), mail that nobody took, and the user last. Every step can be done twice.</summary>
public sealed class UserRemoval(IEnumerable<IPersonalRecords> records, UserDirectory users, SessionStore sessions, Outbox outbox)
{
    /// <summary>Removes the user of the scope's tenant. Who asked for it writes the audit event.</summary>
    public async Task RemoveAsync(User user, CancellationToken cancellationToken)
    {
        await sessions.RevokeAllAsync(user.TenantId, user.UserId, except: null, cancellationToken);
        foreach (var kept in records)
        {
            await kept.EraseAsync(user.UserId, cancellationToken);
        }

        if (EmailAddress.TryParse(user.Email, out var email))
        {
            await outbox.EraseUndeliveredAsync(email, cancellationToken);
        }

        await users.DeleteAsync(user, cancellationToken);
    }
}
