using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace Authdog.Identity.Sessions;

/// <summary>Begins and ends the session of the browser that makes a request.</summary>
public sealed class SessionSignIn(SessionStore sessions, SessionCookie cookie)
{
    /// <summary>Begins a session under a new cookie; the one that the browser had ends in the same step.</summary>
    /// <exception cref="Redis.StoreUnavailableException">Nothing was begun.</exception>
    public async Task<Session> SignInAsync(HttpContext context, NewSession session)
    {
        SessionId? replaces = SessionToken.TryParse(cookie.Read(context.Request), out var old) ? old.Id : null;
        var (token, issued) = await sessions.IssueAsync(session, replaces, context.RequestAborted);
        cookie.Append(context.Response, token);
        context.Features.Set(new SessionFeature(new SessionLookup.Found(issued)));
        context.User = SessionPrincipal.Of(issued);
        return issued;
    }

    /// <summary>Ends a session that this very request began: the browser never gets its cookie.</summary>
    /// <exception cref="Redis.StoreUnavailableException">The session lives on in the store, where nobody has its cookie.</exception>
    public async Task TakeBackAsync(HttpContext context, Session issued)
    {
        Forget(context);
        await sessions.RevokeAsync(issued.Id, CancellationToken.None);
    }

    /// <summary>Ends the browser's session, if it has one, and takes its cookie back.</summary>
    /// <exception cref="Redis.StoreUnavailableException">The session may live on; the browser keeps its cookie to try again.</exception>
    public async Task SignOutAsync(HttpContext context)
    {
        if (SessionToken.TryParse(cookie.Read(context.Request), out var token))
        {
            await sessions.RevokeAsync(token.Id, context.RequestAborted);
        }

        Forget(context);
    }

    private void Forget(HttpContext context)
    {
        cookie.Delete(context.Response);
        context.Features.Set(new SessionFeature(SessionLookup.Absent.Instance));
        context.User = new ClaimsPrincipal(new ClaimsIdentity());
    }
}
