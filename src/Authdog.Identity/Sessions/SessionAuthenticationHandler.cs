using System.Text.Encodings.Web;
using Authdog.Identity.Tenants;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Sessions;

/// <summary>Turns the session cookie into <see cref="SessionFeature"/> and the request's user. How to challenge is decided elsewhere.</summary>
public sealed class SessionAuthenticationHandler : AuthenticationHandler<AuthenticationSchemeOptions>
{
    /// <summary>Name of the authentication scheme.</summary>
    public const string SchemeName = "Authdog";

    private readonly SessionStore _sessions;
    private readonly SessionCookie _cookie;

    /// <summary>Made by the container for each request.</summary>
    public SessionAuthenticationHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, SessionStore sessions, SessionCookie cookie)
        : base(options, logger, encoder)
    {
        _sessions = sessions;
        _cookie = cookie;
    }

    /// <inheritdoc/>
    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        // On a host of no tenant the edge has asked already: it is the session that names the tenant there.
        var lookup = Context.Features.Get<SessionFeature>()?.Lookup ?? await _sessions.FindAsync(_cookie.Read(Request), Context.RequestAborted);

        // A session of one tenant is none on another tenant's host (I10).
        if (lookup is SessionLookup.Found { Session.Tenant: var owner } && Context.Features.Get<TenantFeature>() is { Tenant: var asked } && owner != asked)
        {
            lookup = SessionLookup.Absent.Instance;
        }

        Context.Features.Set(new SessionFeature(lookup));
        return lookup is SessionLookup.Found { Session: var session }
            ? AuthenticateResult.Success(new AuthenticationTicket(SessionPrincipal.Of(session), SchemeName))
            : AuthenticateResult.NoResult();
    }
}
