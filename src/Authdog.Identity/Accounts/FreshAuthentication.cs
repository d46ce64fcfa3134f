using Authdog.Identity.Login;
using Authdog.Identity.Pages;
using Authdog.Identity.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace Authdog.Identity.Accounts;

/// <summary>The one rule for sensitive changes: who makes one has proved who they are within the last ten minutes, at the strength that their session has (ASVS 7.5.1, 7.5.3).</summary>
/// <remarks>
/// Asked when the page with the form is shown and again when the form is posted. Whoever is too late signs in again, with what their account asks for, and
/// comes back to the very page.
/// </remarks>
public sealed class FreshAuthentication(AccountPages account, TimeProvider time)
{
    /// <summary>How old the newest proof of the session may be.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(10);

    /// <summary>The request's session, proved lately; null with the answer to give instead: the login page, which leads back.</summary>
    /// <param name="context">The request.</param>
    /// <param name="page">Address of the page that shows the form.</param>
    /// <param name="refusal">The answer when there is no session, or when it is too old.</param>
    public Session? Require(HttpContext context, string page, out IResult refusal) => Require(context, page, atLeast: null, out refusal);

    /// <summary>The same, at a strength that the session need not have yet.</summary>
    internal Session? Require(HttpContext context, string page, string? atLeast, out IResult refusal)
    {
        if (account.Require(context, page, out refusal) is not { } session)
        {
            return null;
        }

        // A login asks for all that the account has set up, so what the session reached is the account's own strength.
        LoginRequirement requirement = new() { AskedAt = time.GetUtcNow(), Acr = atLeast ?? session.Acr, MaxAge = (int)MaxAge.TotalSeconds };
        if (requirement.IsMetBy(session, time.GetUtcNow()))
        {
            return session;
        }

        QueryBuilder query = new() { { "return", page }, { "max_age", $"{requirement.MaxAge}" } };
        if (requirement.Acr != Assurance.SingleFactor)
        {
            query.Add("acr", requirement.Acr);
        }

        refusal = new SeeOther(PagePaths.Login + query);
        return null;
    }
}
