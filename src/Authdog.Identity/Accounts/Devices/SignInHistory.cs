using Authdog.Identity.Identifiers;
using Authdog.Identity.Storage;
using Authdog.Identity.Tenants;
using Authdog.Identity.Upkeep;
using Microsoft.EntityFrameworkCore;

namespace Authdog.Identity.Accounts.Devices;

/// <summary>Reads a person's sign-ins, a page at a time, and throws away what is too old.</summary>
internal sealed class SignInHistory(DirectoryContext context, TenantOptions<HistoryOptions> options, TimeProvider time) : IUpkeep
{
    /// <summary>Entries on a page.</summary>
    public const int PageSize = 25;

    /// <summary>The newest entries, or those before one, and whether there are more.</summary>
    public async Task<(IReadOnlyList<SignIn> Entries, bool HasMore)> PageAsync(UserId user, Guid? before, CancellationToken cancellationToken)
    {
        var query = context.Set<SignIn>().AsNoTracking().Where(signIn => signIn.UserId == user.Value);
        if (before is { } id)
        {
            query = query.Where(signIn => signIn.Id < id);
        }

        var found = await query.OrderByDescending(signIn => signIn.Id).Take(PageSize + 1).ToListAsync(cancellationToken);
        return (found.Take(PageSize).ToList(), found.Count > PageSize);
    }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var oldest = time.GetUtcNow() - options.Value.Retention;
        await context.Set<SignIn>().Where(signIn => signIn.At < oldest).ExecuteDeleteAsync(cancellationToken);
        var unseen = time.GetUtcNow() - options.Value.DeviceRetention;
        await context.Set<Device>().Where(device => device.LastSeenAt < unseen).ExecuteDeleteAsync(cancellationToken);
    }
}
