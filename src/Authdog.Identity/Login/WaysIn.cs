using Authdog.Identity.Storage;
using Authdog.Identity.Tenants;
using Authdog.Identity.Users;
using Microsoft.EntityFrameworkCore;

namespace Authdog.Identity.Login;

/// <summary>Never takes the last way into an account away: whatever is removed by its owner, a passkey or a linked identity, is removed through here.</summary>
/// <remarks>A recovery code is a way around a second step and none by itself; a method that the tenant does not take (<c>Login:Methods</c>) opens nothing.</remarks>
internal sealed class WaysIn(IEnumerable<IAuthenticationMethod> methods, TenantOptions<LoginOptions> options, DirectoryContext context)
{
    /// <summary>What came of taking something away.</summary>
    internal enum Removal
    {
        Removed,

        /// <summary>It was not there.</summary>
        NotFound,

        /// <summary>Nothing else would let the user in; everything is as it was.</summary>
        LastWayIn,
    }

    /// <summary>Removes something if a way in remains.</summary>
    /// <param name="user">Whose account.</param>
    /// <param name="remove">Removes and saves it on the scope's <see cref="DirectoryContext"/>, within its transaction; false when there was nothing.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<Removal> RemoveAsync(User user, Func<CancellationToken, Task<bool>> remove, CancellationToken cancellationToken)
    {
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);

        // Two removals of the last two wait for each other here, on the user's row.
        var own = context.Set<User>().Where(u => u.Id == user.Id);
        await own.ExecuteUpdateAsync(set => set.SetProperty(u => u.ConcurrencyStamp, Guid.NewGuid().ToString()), cancellationToken);
        if (!await remove(cancellationToken) || await own.AsNoTracking().SingleOrDefaultAsync(cancellationToken) is not { } current)
        {
            return Removal.NotFound;
        }

        if (!await AnyAsync(current, cancellationToken))
        {
            return Removal.LastWayIn;
        }

        await transaction.CommitAsync(cancellationToken);
        return Removal.Removed;
    }

    private async Task<bool> AnyAsync(User user, CancellationToken cancellationToken)
    {
        foreach (var method in methods.Where(method => method.IsFirst && options.Value.Allows(method.Name)))
        {
            if (await method.LetsInAsync(user, cancellationToken))
            {
                return true;
            }
        }

        return false;
    }
}
