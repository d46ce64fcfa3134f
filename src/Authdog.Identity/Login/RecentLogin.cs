using Authdog.Identity.Pages;
using Authdog.Identity.Sessions;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace Authdog.Identity.Login;

/// <summary>Lets somebody change the keys to their account only right after they proved who they are, at the account's own strength (OWASP ASVS 5, 7.5.1).</summary>
internal sealed class RecentLogin(LoginSteps steps, UserDirectory users, ErrorPages errors, TimeProvider time)
{
    /// <summary>How old the proofs may be.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(10);

    /// <summary>Who is signed in, however long ago; null with the answer to give instead.</summary>
    public async Task<(Session Session, User User)?> SignedInAsync(HttpContext context, string page, Action<IResult> refuse)
    {
        var feature = context.Features.Get<SessionFeature>();
        if (feature?.Lookup is SessionLookup.StoreUnavailable)
        {
            refuse(errors.Page(context, ErrorKind.Unavailable));
            return null;
        }

        if (feature?.Session is not { } session || await users.FindAsync(session.User, context.RequestAborted) is not { Disabled: false } user)
        {
            refuse(new SeeOther(LoginAddress.Start(page)));
            return null;
        }

        return (session, user);
    }

    /// <summary>Who is signed in and has just proved it; null with the answer to give instead: the login page, which leads back to <paramref name="page"/>.</summary>
    public async Task<(Session Session, User User)?> RequireAsync(HttpContext context, string page, Action<IResult> refuse)
    {
        if (await SignedInAsync(context, page, refuse) is not var (session, user))
        {
            return null;
        }

        var acr = await steps.IsProtectedAsync(user, context.RequestAborted) ? Assurance.MultiFactor : Assurance.SingleFactor;
        LoginRequirement requirement = new() { AskedAt = time.GetUtcNow(), Acr = acr, MaxAge = (int)MaxAge.TotalSeconds };
        if (requirement.IsMetBy(session, time.GetUtcNow()))
        {
            return (session, user);
        }

        refuse(new SeeOther(PagePaths.Login + new QueryBuilder
        {
            { "return", page },
            { "acr", acr },
            { "max_age", $"{requirement.MaxAge}" },
        }));
        return null;
    }
}
