using Authdog.Identity.Login;
using Authdog.Identity.Pages;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Http;

namespace Authdog.Identity.Accounts;

/// <summary>The pages that list what there is: the overview and the ways to sign in.</summary>
internal sealed class AccountCeremony(AccountPages account, UserDirectory users)
{
    public Task<IResult> OverviewAsync(HttpContext context) => ListAsync<OverviewPage>(context, AccountPaths.Overview);

    public Task<IResult> SecurityAsync(HttpContext context) => ListAsync<SecurityPage>(context, AccountPaths.Security);

    /// <summary>The person has looked over the ways to sign in, after "this wasn't me".</summary>
    public async Task<IResult> ReviewedAsync(HttpContext context)
    {
        if (account.Require(context, AccountPaths.Security, out var refusal) is not { } session)
        {
            return refusal;
        }

        if (await users.FindAsync(session.User, context.RequestAborted) is { } user)
        {
            await users.SetReviewedAsync(user, context.RequestAborted);
        }

        return new SeeOther(AccountPaths.Security);
    }

    private async Task<IResult> ListAsync<TPage>(HttpContext context, string path)
        where TPage : AccountComponent
    {
        if (account.Require(context, path, out var refusal) is not { } session)
        {
            return refusal;
        }

        var user = await users.FindAsync(session.User, context.RequestAborted);
        return account.Page<TPage>(
            context,
            session,
            FormErrors.None,
            ("Entries", await account.EntriesAsync(context, session, path)),
            ("ReviewSince", user?.ReviewSince is { } since ? account.Texts(context).Instant(since, user.TimeZone) : null));
    }
}
