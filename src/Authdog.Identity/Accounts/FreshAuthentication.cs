using Authdog.Identity.Login;
using Authdog.Identity.Pages;
using Authdog.Identity.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace Authdog.Identity.Accounts;

/// <summary>The one rule for sensitive changes: who makes one has proved who they are within the last ten minutes (ASVS 7.5.1, 7.5.3).</summary>
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
    public Session? Require(HttpContext context, string page, out IResult refusal)
    {
        if (account.Require(context, page, out refusal) is not { } session)
        {
            return null;
        }

        if (time.GetUtcNow() - session.AuthenticatedAt <= MaxAge)
        {
            return session;
        }

        refusal = new SeeOther(PagePaths.Login + new QueryBuilder { { "return", page }, { "max_age", $"{(int)MaxAge.TotalSeconds}" } });
        return null;
    }
}
