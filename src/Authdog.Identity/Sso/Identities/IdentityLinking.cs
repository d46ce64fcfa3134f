using Authdog.Identity.Accounts;
using Authdog.Identity.Login;
using Authdog.Identity.Pages;
using Authdog.Identity.Sessions;
using Authdog.Identity.Tenants;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace Authdog.Identity.Sso.Identities;

/// <summary>Adds an identity elsewhere to the account of who is signed in: they show lately who they are, go to the provider, and come back with its proof (<see cref="ExternalAttachment"/>).</summary>
internal sealed class IdentityLinking(
    AccountPages account,
    StrongestAuthentication strongest,
    IdentityProviders providers,
    LoginTransactions transactions,
    LoginAttempts attempts,
    UserDirectory users,
    CurrentTenant tenant,
    ErrorPages errors,
    TimeProvider time)
{
    private const int MaxName = 128;

    public async Task<IResult> ShowAsync(HttpContext context) => await AskedAsync(context, context.Request.Query["provider"].ToString()) switch
    {
        (var session, { } provider, _) => account.Page<LinkIdentityPage>(context, session!, FormErrors.None, ("Provider", provider)),
        var (_, _, refusal) => refusal!,
    };

    /// <summary>Begins: from here on the transaction says who asked, and the next page leads away.</summary>
    public async Task<IResult> BeginAsync(HttpContext context)
    {
        var (session, provider, refusal) = await AskedAsync(context, context.Request.Form["provider"].ToString());
        if (provider is null)
        {
            return refusal!;
        }

        if (!await attempts.MayIdentifyAsync(context, context.RequestAborted))
        {
            return errors.Page(context, ErrorKind.TooManyRequests);
        }

        // No address: whom the provider knows by it is not asked, but who comes back.
        var begun = transactions.Begin(context, tenant.Id, ReturnUrl.ParseOrRoot(LinkedIdentityPaths.List, []), new LoginRequirement { AskedAt = time.GetUtcNow() });
        var attaching = begun.Transaction with { User = session!.User.Value, Attach = new Attachment(session.Id.Value, provider.LoginProvider) };
        var written = await transactions.UpdateAsync(context, tenant.Id, begun, attaching, context.RequestAborted);
        return new SeeOther(LinkedIdentityPaths.Leave + new QueryBuilder { { "flow", written!.Id } });
    }

    /// <summary>The page that leads to the provider. Another look at it asks anew.</summary>
    public async Task<IResult> LeaveAsync(HttpContext context)
    {
        if (account.Require(context, LinkedIdentityPaths.List, out var refusal) is not { } session)
        {
            return refusal;
        }

        return await transactions.FindAsync(context, tenant.Id, context.Request.Query["flow"], context.RequestAborted) is { Transaction.Attach: { } attach } flow
            && attach.Session == session.Id.Value
            && await users.FindAsync(session.User, context.RequestAborted) is { } user
            && await providers.LeaveAsync(context, flow, user, attach.Provider) is { } page
                ? page
                : new SeeOther(LinkedIdentityPaths.List);
    }

    private async Task<(Session? Session, ConnectionRecord? Provider, IResult? Refusal)> AskedAsync(HttpContext context, string name)
    {
        var (session, refusal) = await strongest.RequireAsync(context, LinkedIdentityPaths.Connect + new QueryBuilder { { "provider", name.Length <= MaxName ? name : string.Empty } });
        if (session is null)
        {
            return (null, null, refusal);
        }

        return await users.FindAsync(session.User, context.RequestAborted) is { } user
            && (await providers.OfferedAsync(user, context.RequestAborted)).FirstOrDefault(provider => provider.LoginProvider == name) is { } found
                ? (session, found, null)
                : (session, null, new SeeOther(LinkedIdentityPaths.List));
    }
}
