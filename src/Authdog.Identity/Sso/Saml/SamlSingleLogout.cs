using Authdog.Identity.Audit;
using Authdog.Identity.Login;
using Authdog.Identity.Pages;
using Authdog.Identity.Redis;
using Authdog.Identity.Sessions;
using Authdog.Identity.Tenants;
using Authdog.Identity.Users;
using Authdog.Protocols.Saml.Bindings;
using Authdog.Protocols.Saml.Logout;
using Authdog.Protocols.Saml.Parties;
using Authdog.Protocols.Saml.Requests;
using Microsoft.AspNetCore.Http;

namespace Authdog.Identity.Sso.Saml;

/// <summary>The single logout service: ends sessions that the identity provider says are over, and takes its answers to logouts that began here (SAML profiles, section 4.4).</summary>
/// <remarks>Sessions are found by what the signed message names, never by the browser's cookie: the message may come without any.</remarks>
internal sealed class SamlSingleLogout(
    SamlConnections connections,
    SamlNames names,
    SamlSignOut signOut,
    SamlTransport transport,
    ExternalFailures failures,
    SessionStore sessions,
    SessionSignIn browser,
    CounterStore counters,
    AuditLog audit,
    CurrentTenant tenant,
    PageRenderer pages,
    ErrorPages errors,
    TimeProvider time)
{
    private const string Heard = "saml-logout";

    /// <summary>A message in a query string, exactly as the request line had it.</summary>
    public Task<IResult> ReceiveQueryAsync(HttpContext context, string slug) => ReceiveAsync(context, slug, MessageReceiver.FromQuery(context.Request.QueryString.Value ?? string.Empty));

    /// <summary>A message in a form that another site's page posts.</summary>
    public Task<IResult> ReceiveFormAsync(HttpContext context, string slug) => ReceiveAsync(context, slug, MessageReceiver.FromForm(SamlSignIn.Fields(context.Request.Form)));

    /// <summary>The page that posts a request of ours.</summary>
    public async Task<IResult> LeaveAsync(HttpContext context, string slug) =>
        await connections.FindAsync(tenant.Id, slug, context.RequestAborted) is { } connection
        && await signOut.FormAsync(connection, context.Request.Query["form"], context.RequestAborted) is { } form
            ? transport.SendLogout(context, connection.Name, form)
            : new SeeOther(PagePaths.Logout);

    private async Task<IResult> ReceiveAsync(HttpContext context, string slug, ReceivedMessageResult received)
    {
        if (await connections.FindAsync(tenant.Id, slug, context.RequestAborted) is not { } connection || connections.Of(connection) is not { Provider: { } provider } parties)
        {
            return errors.Page(context, ErrorKind.NotFound);
        }

        if (received is not ReceivedMessageResult.Received { Message: var message })
        {
            return await RefuseAsync(context, connection, ((ReceivedMessageResult.Refused)received).Error.ToString());
        }

        var verifier = new LogoutVerifier(parties.Self, provider, parties.ClockSkew);
        return message.Parameter is SamlParameter.SAMLRequest
            ? await EndAsync(context, connection, parties, verifier, message)
            : await EndedAsync(context, connection, verifier, message);
    }

    private async Task<IResult> EndAsync(HttpContext context, ConnectionRecord connection, SamlParties parties, LogoutVerifier verifier, ReceivedMessage message)
    {
        var result = verifier.VerifyRequest(message, time.GetUtcNow());
        if (result is not LogoutRequestResult.Verified { Request: var request })
        {
            return await RefuseAsync(context, connection, ((LogoutRequestResult.Refused)result).Error.ToString());
        }

        // A message that is sent once more would end sessions that began since; it is answered, and does nothing.
        if (await counters.IncrementAsync(tenant.Id, Heard, $"{connection.Id:N}{request.Id}", 2 * LogoutVerifier.MaxAge, context.RequestAborted) == 1
            && await names.FindAsync(connection, parties, request.NameId, context.RequestAborted) is { } user)
        {
            await EndSessionsAsync(context, connection, parties, user, request);
        }

        if (SamlIdentityProvider.Choose(parties.Provider!.SingleLogout, message.Binding) is not { } endpoint)
        {
            return new SeeOther(PagePaths.Logout);
        }

        var answer = new LogoutResponse { Id = MessageId.Next(), IssueInstant = time.GetUtcNow(), InResponseTo = request.Id }.Send(parties.Self, endpoint, message.RelayState);
        return answer.Binding is SamlBinding.HttpRedirect ? new SeeOther(answer.Url) : transport.SendLogout(context, connection.Name, answer);
    }

    private async Task EndSessionsAsync(HttpContext context, ConnectionRecord connection, SamlParties parties, User user, VerifiedLogoutRequest request)
    {
        var own = context.Features.Get<SessionFeature>()?.Session?.Id;
        foreach (var session in await sessions.ListAsync(tenant.Id, user.UserId, context.RequestAborted))
        {
            if (!session.Factors.Any(factor => factor.Connection == connection.QualifiedName && factor.Upstream is { } upstream && IsNamed(upstream, parties, request)))
            {
                continue;
            }

            // What was begun is finished, even if the browser goes away.
            if (session.Id == own)
            {
                await browser.SignOutAsync(context);
            }
            else
            {
                await sessions.RevokeAsync(session.Id, CancellationToken.None);
            }

            await audit.WriteAsync(new AuditEvent(tenant.Id, AuditEventKind.SessionsRevoked, user.UserId, Detail: $"logout at connection {connection.Slug}"), CancellationToken.None);
        }
    }

    private static bool IsNamed(UpstreamSession upstream, SamlParties parties, VerifiedLogoutRequest request) =>
        upstream.Issuer == parties.Provider!.EntityId
        && SamlSubject.Read(upstream.Subject)?.Value == request.NameId.Value
        && (request.SessionIndexes.Count == 0 || upstream.SessionId is null || request.SessionIndexes.Contains(upstream.SessionId));

    private async Task<IResult> EndedAsync(HttpContext context, ConnectionRecord connection, LogoutVerifier verifier, ReceivedMessage message)
    {
        // Some providers lose RelayState. The session here ended before anything was asked: only the sentence that people read depends on it.
        var outcome = await signOut.AskedAsync(connection, message.RelayState, context.RequestAborted) is { } asked
            && verifier.VerifyResponse(message, asked, time.GetUtcNow()) is LogoutResponseResult.Verified verified
                ? verified.Outcome
                : LogoutOutcome.Failed;
        if (outcome is LogoutOutcome.Success)
        {
            return new SeeOther(PagePaths.Logout);
        }

        var texts = pages.Texts(context);
        return pages.Page<MessagePage>(
            context,
            StatusCodes.Status200OK,
            ("Title", texts["Logout.DoneTitle"]),
            ("Text", texts.Format("Saml.LogoutPartial", connection.Name)),
            ("LinkAddress", PagePaths.Login),
            ("LinkText", texts["Login.Submit"]));
    }

    private Task<IResult> RefuseAsync(HttpContext context, ConnectionRecord connection, string cause) =>
        failures.PageAsync(context, connection.Name, connection.Slug, ExternalRefusal.Invalid, "logout: " + cause, flow: null);
}
