using System.Text.Json;
using Authdog.Identity.Audit;
using Authdog.Identity.Redis;
using Authdog.Identity.Tenants;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Logging;

namespace Authdog.Identity.Sso.Oidc;

/// <summary>Ends sessions because their provider says so, directly (OpenID Connect Back-Channel Logout 1.0) or by a page of its own (Front-Channel Logout 1.0).</summary>
internal sealed class BackChannelLogout(
    Connections connections,
    OidcProviders providers,
    ProviderTokenVerifier verifier,
    UpstreamSessions sessions,
    RecordStore records,
    AuditLog audit,
    CurrentTenant tenant,
    TimeProvider time,
    ILogger<BackChannelLogout> logger)
{
    private const string What = "logout token";
    private const string Event = "http://schemas.openid.net/event/backchannel-logout";
    private const string Kind = "logout-token";

    // Section 2.4 asks for two minutes at most; some providers give more, none gives hours.
    private static readonly TimeSpan s_longest = TimeSpan.FromHours(1);

    /// <summary>Takes a logout token. Section 2.8: 200 when it was right, 400 when it was not; neither tells whether there was a session.</summary>
    public async Task<IResult> PostAsync(HttpContext context, string slug, string? token)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (await connections.FindAsync(tenant.Id, slug, context.RequestAborted) is not { Kind: ConnectionKind.Oidc } connection || token is not { Length: > 0 })
        {
            return Refused();
        }

        try
        {
            var provider = providers.Of(connection);
            var (issuer, subject, sessionId) = await VerifyAsync(provider, token, context.RequestAborted);
            await sessions.EndAsync(connection, issuer, subject, sessionId, CancellationToken.None);
            return TypedResults.Ok();
        }
        catch (ExternalFailureException failure)
        {
            await audit.WriteAsync(new AuditEvent(tenant.Id, AuditEventKind.ExternalSignInFailed, Detail: $"{slug} logout: {failure.Message}"), CancellationToken.None);
            SsoLog.Failed(logger, tenant.Id.Value, slug, $"logout: {failure.Message}", context.TraceIdentifier);
            return failure.Refusal is ExternalRefusal.Unavailable ? TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable) : Refused();
        }
    }

    /// <summary>A page of the provider says that a session has ended. It brings no cookie of ours: the session's random id there stands for itself.</summary>
    public async Task<IResult> ShowAsync(HttpContext context, string slug)
    {
        var query = context.Request.Query;
        context.Response.Headers.CacheControl = "no-store";
        if (await connections.FindAsync(tenant.Id, slug, context.RequestAborted) is not { Kind: ConnectionKind.Oidc } connection
            || query["iss"] is not [{ } issuer] || query["sid"] is not [{ Length: > 0 and <= ExternalProof.MaxIdentifier } sessionId]
            || issuer != providers.Of(connection).Settings.Issuer)
        {
            return TypedResults.BadRequest();
        }

        await sessions.EndAsync(connection, issuer, null, sessionId, CancellationToken.None);
        return TypedResults.Ok();
    }

    private static JsonHttpResult<Refusal> Refused() => TypedResults.Json(new Refusal("invalid_request"), statusCode: StatusCodes.Status400BadRequest);

    // Section 2.6, in its order.
    private async Task<(string Issuer, string? Subject, string? SessionId)> VerifyAsync(OidcProvider provider, string text, CancellationToken cancellationToken)
    {
        // Steps 1 to 4: encryption, signature, algorithm, iss, aud, iat, exp. Section 2.4: the type keeps every other token out.
        var token = await verifier.VerifyAsync(provider, text, What, static typ => typ is "logout+jwt" or "application/logout+jwt", cancellationToken);
        var now = time.GetUtcNow();
        if (token.Time("exp") is not { } expires || expires - token.Time("iat") > s_longest)
        {
            throw ProviderTokenVerifier.Refuse(What, "lives too long (exp)");
        }

        // Step 5: a person or a session.
        var (subject, sessionId) = (Identifier("sub"), Identifier("sid"));
        if (subject is null && sessionId is null)
        {
            throw ProviderTokenVerifier.Refuse(What, "names nobody (sub, sid)");
        }

        // Step 6: it is about a logout.
        if (!token.Claims.TryGetProperty("events", out var events) || events.ValueKind is not JsonValueKind.Object
            || !events.TryGetProperty(Event, out var happened) || happened.ValueKind is not JsonValueKind.Object)
        {
            throw ProviderTokenVerifier.Refuse(What, "is about no logout (events)");
        }

        // Step 7: no ID token, whatever its type says.
        if (token.Claims.TryGetProperty("nonce", out _))
        {
            throw ProviderTokenVerifier.Refuse(What, "has a nonce");
        }

        // Step 8: once.
        if (token.Text("jti") is not { Length: > 0 and <= ExternalProof.MaxIdentifier } id)
        {
            throw ProviderTokenVerifier.Refuse(What, "has no id (jti)");
        }

        try
        {
            await records.CreateAsync(tenant.Id, Kind, $"{provider.Connection.Id:N} {token.Issuer} {id}", new Used(), expires - now + ProviderTokenVerifier.Skew + ProviderTokenVerifier.Skew, cancellationToken);
        }
        catch (InvalidOperationException exception)
        {
            throw ProviderTokenVerifier.Refuse(What, "was used before (jti)", inner: exception);
        }

        return (token.Issuer, subject, sessionId);

        string? Identifier(string name) => !token.Claims.TryGetProperty(name, out _)
            ? null
            : token.Text(name) is { Length: > 0 and <= ExternalProof.MaxIdentifier } value ? value : throw ProviderTokenVerifier.Refuse(What, $"{name} is no text");
    }

    private sealed record Used;

    private sealed record Refusal(string Error);
}
