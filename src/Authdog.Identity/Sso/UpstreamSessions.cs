using Authdog.Identity.Audit;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Login;
using Authdog.Identity.Redis;
using Authdog.Identity.Sessions;
using Authdog.Identity.Tenants;
using Authdog.Identity.Users;
using Microsoft.AspNetCore.Http;

namespace Authdog.Identity.Sso;

/// <summary>Knows which sessions rest on a session elsewhere, and ends them on every node when that one ends.</summary>
internal sealed class UpstreamSessions(RecordStore records, SessionStore sessions, ExternalIdentities identities, AuditLog audit, CurrentTenant tenant, TenantOptions<SessionOptions> options) : ISignInListener
{
    private const string Kind = "upstream-session";

    /// <summary>Writes down whose the session elsewhere is: its logout may name it alone.</summary>
    public async Task SignedInAsync(HttpContext context, User user, Session session)
    {
        foreach (var factor in session.Factors)
        {
            if (factor is { Connection: { } connection, Upstream: { SessionId: { } sid } upstream })
            {
                // Written anew at each sign-in, so that it lives as long as the youngest session that rests on it.
                var id = Id(connection, upstream.Issuer, sid);
                await records.TakeAsync<Owner>(session.Tenant, Kind, id, CancellationToken.None);
                try
                {
                    await records.CreateAsync(session.Tenant, Kind, id, new Owner(user.Id), options.Value.AbsoluteLifetime, CancellationToken.None);
                }
                catch (InvalidOperationException)
                {
                    // Another tab's sign-in at the same moment wrote the same.
                }
            }
        }
    }

    /// <summary>Ends the sessions of a person (<paramref name="subject"/>), or of one session elsewhere (<paramref name="sessionId"/>), or of both together; returns how many.</summary>
    public async Task<int> EndAsync(ConnectionRecord connection, string issuer, string? subject, string? sessionId, CancellationToken cancellationToken)
    {
        if (await OwnerAsync(connection, issuer, subject, sessionId, cancellationToken) is not { } owner)
        {
            return 0;
        }

        var ended = 0;
        foreach (var session in await sessions.ListAsync(tenant.Id, owner, cancellationToken))
        {
            if (session.Factors.Any(Rests) && await sessions.RevokeAsync(session.Id, cancellationToken))
            {
                ended++;
            }
        }

        if (ended > 0)
        {
            await audit.WriteAsync(new AuditEvent(tenant.Id, AuditEventKind.SignedOutUpstream, owner, Detail: $"{connection.Slug} {ended}"), CancellationToken.None);
        }

        return ended;

        bool Rests(AuthenticationFactor factor) =>
            factor.Connection == connection.QualifiedName
            && factor.Upstream is { } upstream
            && upstream.Issuer == issuer
            && (subject is null || upstream.Subject == subject)
            && (sessionId is null || upstream.SessionId == sessionId);
    }

    private async Task<UserId?> OwnerAsync(ConnectionRecord connection, string issuer, string? subject, string? sessionId, CancellationToken cancellationToken)
    {
        if (subject is not null)
        {
            return (await identities.FindAsync(connection.LoginProvider, issuer, subject, cancellationToken))?.UserId;
        }

        return sessionId is not null && await records.FindAsync<Owner>(tenant.Id, Kind, Id(connection.QualifiedName, issuer, sessionId), cancellationToken) is (var owner, _) ? new UserId(owner.User) : null;
    }

    private static string Id(string connection, string issuer, string sessionId) => $"{connection} {issuer} {sessionId}";

    private sealed record Owner(Guid User);
}
