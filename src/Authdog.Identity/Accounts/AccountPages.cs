using Authdog.Identity.Login;
using Authdog.Identity.Pages;
using Authdog.Identity.Passwords;
using Authdog.Identity.Sessions;
using Microsoft.AspNetCore.Http;

namespace Authdog.Identity.Accounts;

/// <summary>Draws the account page, or sends whoever is not signed in to the login page and back.</summary>
internal sealed class AccountPages(SessionStore sessions, NewPasswords passwords, PageRenderer pages, ErrorPages errors)
{
    /// <summary>The request's session; null with the answer to give instead.</summary>
    public Session? Require(HttpContext context, out IResult refusal)
    {
        var feature = context.Features.Get<SessionFeature>();
        refusal = feature?.Lookup is SessionLookup.StoreUnavailable
            ? errors.Page(context, ErrorKind.Unavailable)
            : new SeeOther(LoginAddress.Start(PagePaths.Account));
        return feature?.Session;
    }

    public async Task<IResult> AccountAsync(HttpContext context, Session session, FormErrors problems)
    {
        var all = await sessions.ListAsync(session.Tenant, session.User, context.RequestAborted);
        return pages.Page<AccountPage>(
            context,
            problems.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
            ("Errors", problems),
            ("Current", session),
            ("Sessions", all),
            ("PasswordHint", passwords.Hint(pages.Texts(context))),
            ("Done", problems.Any ? null : Done(context)));
    }

    private string? Done(HttpContext context) => context.Request.Query["done"].ToString() switch
    {
        "password" => pages.Texts(context)["Account.PasswordDone"],
        "session" => pages.Texts(context)["Account.SessionDone"],
        _ => null,
    };
}
