using Authdog.Identity.Storage;
using Authdog.Identity.Upkeep;
using Microsoft.EntityFrameworkCore;

namespace Authdog.Identity.Invitations;

/// <summary>Throws away invitations that were over or too old a month ago, and requests that nobody decided in three: addresses of people who are no users (the audit log keeps that there was one).</summary>
internal sealed class InvitationUpkeep(DirectoryContext context, TimeProvider time) : IUpkeep
{
    private static readonly TimeSpan s_invitations = TimeSpan.FromDays(30);
    private static readonly TimeSpan s_requests = TimeSpan.FromDays(90);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var (expired, undecided) = (time.GetUtcNow() - s_invitations, time.GetUtcNow() - s_requests);
        await context.Set<Invitation>().Where(i => i.ExpiresAt < expired).ExecuteDeleteAsync(cancellationToken);
        await context.Set<JoinRequest>().Where(r => r.CreatedAt < undecided).ExecuteDeleteAsync(cancellationToken);
    }
}
