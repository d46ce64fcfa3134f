using Authdog.Identity.Identifiers;
using Authdog.Identity.Storage;
using Authdog.Identity.Tenants;
using Microsoft.EntityFrameworkCore;

namespace Authdog.Identity.Accounts.Deletion;

/// <summary>Keeps which accounts are to be erased, and when.</summary>
internal sealed class Deletions(DirectoryContext context, TenantOptions<DeletionOptions> options, TimeProvider time)
{
    /// <summary>How long one node may work at an erasure before another tries.</summary>
    private static readonly TimeSpan s_lease = TimeSpan.FromMinutes(30);

    /// <summary>Notes a deletion, unless one is noted; when it is due.</summary>
    public async Task<DateTimeOffset> RequestAsync(UserId user, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (await DueAsync(user, cancellationToken) is { } due)
        {
            return due;
        }

        context.Add(new AccountDeletion { TenantId = context.Tenant, UserId = user.Value, RequestedAt = now, DueAt = now + options.Value.GracePeriod });
        await context.SaveChangesAsync(cancellationToken);
        return now + options.Value.GracePeriod;
    }

    /// <summary>When an account is erased; null when it is not to be.</summary>
    public async Task<DateTimeOffset?> DueAsync(UserId user, CancellationToken cancellationToken) =>
        await context.Set<AccountDeletion>().AsNoTracking().Where(deletion => deletion.UserId == user.Value).Select(deletion => (DateTimeOffset?)deletion.DueAt).SingleOrDefaultAsync(cancellationToken);

    /// <summary>Takes a deletion back; false when there was none.</summary>
    public async Task<bool> CancelAsync(UserId user, CancellationToken cancellationToken) =>
        await context.Set<AccountDeletion>().Where(deletion => deletion.UserId == user.Value).ExecuteDeleteAsync(cancellationToken) > 0;

    /// <summary>Accounts that are due, oldest first.</summary>
    public async Task<IReadOnlyList<UserId>> DueAsync(int limit, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var due = await context.Set<AccountDeletion>().Where(deletion => deletion.DueAt <= now).OrderBy(deletion => deletion.DueAt).Take(limit).Select(deletion => deletion.UserId).ToListAsync(cancellationToken);
        return [.. due.Select(id => new UserId(id))];
    }

    /// <summary>Claims an erasure for this node; false when it is taken back, or another node's.</summary>
    public async Task<bool> ClaimAsync(UserId user, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return await context.Set<AccountDeletion>()
            .Where(deletion => deletion.UserId == user.Value && deletion.DueAt <= now)
            .ExecuteUpdateAsync(set => set.SetProperty(deletion => deletion.DueAt, now + s_lease), cancellationToken) == 1;
    }
}
