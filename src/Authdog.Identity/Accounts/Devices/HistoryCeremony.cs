using Authdog.Identity.Pages;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Http;

namespace Authdog.Identity.Accounts.Devices;

/// <summary>Shows who is signed in when, how and from where the account was used, or tried.</summary>
internal sealed class HistoryCeremony(AccountPages account, SignInHistory history, UserDirectory users, ClientPlaces places)
{
    public async Task<IResult> ShowAsync(HttpContext context)
    {
        if (account.Require(context, AccountPaths.History, out var refusal) is not { } session)
        {
            return refusal;
        }

        var before = Guid.TryParseExact(context.Request.Query["before"], "D", out var id) ? id : (Guid?)null;
        var (entries, hasMore) = await history.PageAsync(session.User, before, context.RequestAborted);
        var user = await users.FindAsync(session.User, context.RequestAborted);
        return account.Page<HistoryPage>(context, session, FormErrors.None, ("Entries", entries), ("HasMore", hasMore), ("Places", places), ("TimeZone", user?.TimeZone));
    }
}
