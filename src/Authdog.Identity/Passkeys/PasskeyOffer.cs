using Authdog.Identity.Tenants;
using System.Security.Cryptography;
using System.Text;
using Authdog.Identity.Accounts;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Login;
using Authdog.Identity.Pages;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Passkeys;

/// <summary>Offers a passkey to who signed in with a password and has none: once, and after "not now" no more for a while in this browser.</summary>
internal sealed class PasskeyOffer(
    PasskeyAccount passkeyAccount,
    PasskeyDirectory passkeys,
    PasskeyRegistrations registrations,
    RelyingParties parties,
    FreshAuthentication fresh,
    StrongestAuthentication strongest,
    UserDirectory users,
    PageRenderer pages,
    TenantOptions<PasskeyOptions> options,
    IOptions<LoginOptions> login,
    IOptions<PublicUrlOptions> reach)
{
    // Set by the script: without it, and where no authenticator is at hand, an offer would be a page for nothing.
    private const string CapableCookie = "authdog-passkeys";

    /// <summary>The offer's page for who has just signed in; null when there is nothing to offer.</summary>
    public async ValueTask<string?> FindAsync(HttpContext context, LoginFlow flow, User user)
    {
        if (!options.Value.OfferAfterPassword
            || !flow.Transaction.Proved.Any(static factor => factor.Method == "password")
            || context.Request.Cookies[CapableCookie] != "1"
            || context.Request.Cookies.ContainsKey(LaterCookie(user.UserId))
            || flow.Transaction.Return.StartsWith(PasskeyPaths.List, StringComparison.Ordinal)
            || parties.Find(context) is null
            || await passkeys.AnyAsync(user.UserId, parties.IdsOf(context.Features.Get<TenantFeature>()?.Record), context.RequestAborted))
        {
            return null;
        }

        return Address(flow.Transaction.Return);
    }

    public async Task<IResult> ShowAsync(HttpContext context)
    {
        var target = ReturnUrl.ParseOrRoot(context.Request.Query["return"], login.Value.ReturnOrigins);
        return await PageAsync(context, target, FormErrors.None);
    }

    public async Task<IResult> AcceptAsync(HttpContext context)
    {
        var target = ReturnUrl.ParseOrRoot(context.Request.Form["return"], login.Value.ReturnOrigins);
        var (session, refusal) = await strongest.RequireAsync(context, Address(target.Value));
        if (session is null)
        {
            return refusal;
        }

        return await passkeyAccount.RegisterAsync(context, session) is { } problem
            ? await PageAsync(context, target, FormErrors.Of(FormErrors.Form, pages.Texts(context)[problem]))
            : new SeeOther(target.Value);
    }

    public IResult Later(HttpContext context)
    {
        var target = ReturnUrl.ParseOrRoot(context.Request.Form["return"], login.Value.ReturnOrigins);
        if (fresh.Require(context, target.Value, out var refusal) is not { } session)
        {
            return refusal;
        }

        context.Response.Cookies.Append(LaterCookie(session.User), "1", new CookieOptions
        {
            HttpOnly = true,
            Secure = reach.Value.IsSecure,
            SameSite = SameSiteMode.Lax,
            Path = "/",
            MaxAge = options.Value.OfferAgainAfter,
        });
        return new SeeOther(target.Value);
    }

    private async Task<IResult> PageAsync(HttpContext context, ReturnUrl target, FormErrors problems)
    {
        var (session, refusal) = await strongest.RequireAsync(context, Address(target.Value));
        if (session is null)
        {
            return refusal;
        }

        // Reloaded, or come back to, after it was taken up.
        if (parties.Find(context) is not { } party
            || await passkeys.AnyAsync(session.User, party.Id, context.RequestAborted)
            || await users.FindAsync(session.User, context.RequestAborted) is not { } user
            || await registrations.AskAsync(context, user, session.Id.Value, silently: false, context.RequestAborted) is not { } asked)
        {
            return new SeeOther(target.Value);
        }

        var silent = options.Value.CreateAutomatically && options.Value.AllowedAuthenticators.Count == 0
            ? await registrations.AskAsync(context, user, session.Id.Value, silently: true, context.RequestAborted)
            : null;
        return pages.Page<PasskeyOfferPage>(
            context,
            problems.Any ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK,
            ("Asked", asked),
            ("Silent", problems.Any ? null : silent),
            ("Return", target.Value),
            ("Errors", problems));
    }

    private static string Address(string target) => PasskeyPaths.Offer + new QueryBuilder { { "return", target } };

    // A name of its own for each account, since a browser may have several; of the account it tells nothing.
    private string LaterCookie(UserId user) =>
        reach.Value.CookieName("authdog-later-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(user.ToString())).AsSpan(0, 6)));
}
