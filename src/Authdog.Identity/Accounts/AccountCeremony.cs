using Authdog.Identity.Pages;
using Microsoft.AspNetCore.Http;

namespace Authdog.Identity.Accounts;

/// <summary>The pages that list what there is: the overview and the ways to sign in.</summary>
internal sealed class AccountCeremony(AccountPages account)
{
    public async Task<IResult> OverviewAsync(HttpContext context) =>
        account.Require(context, AccountPaths.Overview, out var refusal) is { } session
            ? account.Page<OverviewPage>(context, session, FormErrors.None, ("Entries", await account.EntriesAsync(context, session, AccountPaths.Overview)))
            : refusal;

    public async Task<IResult> SecurityAsync(HttpContext context) =>
        account.Require(context, AccountPaths.Security, out var refusal) is { } session
            ? account.Page<SecurityPage>(context, session, FormErrors.None, ("Entries", await account.EntriesAsync(context, session, AccountPaths.Security)))
            : refusal;
}
