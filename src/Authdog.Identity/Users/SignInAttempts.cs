using Authdog.Identity.Identifiers;
using Authdog.Identity.Storage;
using Microsoft.EntityFrameworkCore;

namespace Authdog.Identity.Users;

/// <summary>Slows down guessing at one account (I2): five tries are free, then each costs a growing wait, 30 seconds to 15 minutes; from the hundredth in a row on, a day.</summary>
/// <remarks>
/// A try is counted before its password is verified, so that a thousand at once are a thousand. Tries during a wait are refused and not counted:
/// nobody can lengthen it. A finished recovery by mail ends it (<see cref="UserDirectory.SetPasswordHashAsync"/>), so nobody is locked out for good.
/// </remarks>
public sealed class SignInAttempts(DirectoryContext context, TimeProvider time)
{
    internal const int FreeTries = 5;
    internal const int TriesInARow = 100;
    private const int Races = 20;
    private static readonly TimeSpan s_firstWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan s_longestWait = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan s_waitAfterTriesInARow = TimeSpan.FromDays(1);

    /// <summary>Asks to verify a secret of this account once. Null: go on, and call <see cref="SucceededAsync"/> if it was right. Otherwise: refused until then (do the decoy work and answer as for a wrong password).</summary>
    public async Task<DateTimeOffset?> BeginAsync(UserId user, CancellationToken cancellationToken)
    {
        for (var race = 0; race < Races; race++)
        {
            var now = time.GetUtcNow();
            var state = await context.Set<User>().AsNoTracking().Where(u => u.Id == user.Value)
                .Select(u => new { u.AccessFailedCount, u.LockoutEnd }).SingleOrDefaultAsync(cancellationToken);
            if (state is null)
            {
                return now + s_firstWait;
            }

            if (state.LockoutEnd > now)
            {
                return state.LockoutEnd;
            }

            var count = state.AccessFailedCount + 1;
            DateTimeOffset? until = count < FreeTries ? null : now + WaitAfter(count);
            var counted = await context.Set<User>()
                .Where(u => u.Id == user.Value && u.AccessFailedCount == state.AccessFailedCount)
                .ExecuteUpdateAsync(u => u.SetProperty(x => x.AccessFailedCount, count).SetProperty(x => x.LockoutEnd, until), cancellationToken);
            if (counted == 1)
            {
                return null;
            }
        }

        // So many at once are no person.
        return time.GetUtcNow() + s_firstWait;
    }

    /// <summary>The secret was right: the count begins anew.</summary>
    public Task SucceededAsync(UserId user, CancellationToken cancellationToken) =>
        context.Set<User>().Where(u => u.Id == user.Value)
            .ExecuteUpdateAsync(u => u.SetProperty(x => x.AccessFailedCount, 0).SetProperty(x => x.LockoutEnd, (DateTimeOffset?)null), cancellationToken);

    private static TimeSpan WaitAfter(int count)
    {
        if (count >= TriesInARow)
        {
            return s_waitAfterTriesInARow;
        }

        var wait = s_firstWait * Math.Pow(2, Math.Min(count - FreeTries, 10));
        return wait < s_longestWait ? wait : s_longestWait;
    }
}
