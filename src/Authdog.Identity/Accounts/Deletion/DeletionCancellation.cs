using Authdog.Identity.Audit;
using Authdog.Identity.Login;
using Authdog.Identity.Sessions;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Authdog.Identity.Accounts.Deletion;

/// <summary>Who signs in within the grace period keeps the account.</summary>
internal sealed class DeletionCancellation(Deletions deletions, AuditLog audit, ILogger<DeletionCancellation> logger) : ISignInListener
{
    public async Task SignedInAsync(HttpContext context, User user, Session session)
    {
        if (await deletions.CancelAsync(user.UserId, CancellationToken.None))
        {
            await audit.WriteAsync(new AuditEvent(session.Tenant, AuditEventKind.DeletionCancelled, user.UserId), CancellationToken.None);
            DeletionLog.Cancelled(logger, user.UserId.ToString());
        }
    }
}
