using System.Runtime.CompilerServices;
using System.Security.Claims;

namespace Authdog.Identity.Sessions;

/// <summary>A session as a principal; made once per session instance and shared by requests, which must not change it (B14).</summary>
internal static class SessionPrincipal
{
    private static readonly ConditionalWeakTable<Session, ClaimsPrincipal> s_principals = [];

    public static ClaimsPrincipal Of(Session session) => s_principals.GetValue(session, Build);

    private static ClaimsPrincipal Build(Session session)
    {
        List<Claim> claims =
        [
            new("sub", session.User.ToString()),
            new("sid", session.Id.Value),
            new("tenant", session.Tenant.Value),
            new("email", session.Email),
            new("email_verified", session.EmailVerified ? "true" : "false", ClaimValueTypes.Boolean),
            new("name", session.Name),
            new("acr", session.Acr),
            .. session.Amr.Select(method => new Claim("amr", method)),
            .. session.Roles.Select(role => new Claim("roles", role)),
        ];
        return new ClaimsPrincipal(new ClaimsIdentity(claims, SessionAuthenticationHandler.SchemeName, "name", "roles"));
    }
}
