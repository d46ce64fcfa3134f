using Authdog.Identity.Redis;
using Authdog.Identity.Sessions;
using Authdog.Protocols.Saml.Bindings;
using Authdog.Protocols.Saml.Logout;
using Authdog.Protocols.Saml.Parties;
using Authdog.Protocols.Saml.Requests;
using Microsoft.AspNetCore.WebUtilities;

namespace Authdog.Identity.Sso.Saml;

/// <summary>Tells the identity provider that somebody signed out here (SAML profiles, section 4.4.3.1). The session here has ended by then.</summary>
internal sealed class SamlSignOut(SamlConnections connections, OneTimeTokenStore tokens, TimeProvider time)
{
    private const string Asked = "saml-logout";
    private const string Form = "saml-logout-form";
    private static readonly TimeSpan s_lifetime = TimeSpan.FromMinutes(10);

    /// <summary>Where the browser goes; null when the provider has no logout, or the session was not its.</summary>
    public async Task<string?> BeginAsync(ConnectionRecord connection, Session session, CancellationToken cancellationToken)
    {
        var parties = connections.Of(connection);
        if (!parties.Settings.LogOutThere
            || parties.Provider is not { } provider
            || SamlIdentityProvider.Choose(provider.SingleLogout, SamlBinding.HttpRedirect) is not { } endpoint
            || session.Factors.LastOrDefault(factor => factor.Connection == connection.QualifiedName)?.Upstream is not { } upstream
            || upstream.Issuer != provider.EntityId
            || SamlSubject.Read(upstream.Subject) is not { } name)
        {
            return null;
        }

        var request = new LogoutRequest { Id = MessageId.Next(), IssueInstant = time.GetUtcNow(), NameId = name, SessionIndex = upstream.SessionId };
        var handle = await tokens.IssueAsync(connection.Tenant, Asked, new AskedLogout(connection.Id, request.Id), s_lifetime, cancellationToken);
        var message = request.Send(parties.Self, endpoint, handle);
        if (message.Binding is SamlBinding.HttpRedirect)
        {
            return message.Url;
        }

        // A form is no address: a page of ours has it.
        var form = await tokens.IssueAsync(connection.Tenant, Form, new KeptForm(message.Url, [.. message.Fields]), s_lifetime, cancellationToken);
        return QueryHelpers.AddQueryString(SamlAddresses.Path(connection, parties.Settings, "leave"), "form", form);
    }

    /// <summary>The form of a page of ours, once; null when it is over.</summary>
    public async Task<OutgoingMessage?> FormAsync(ConnectionRecord connection, string? secret, CancellationToken cancellationToken) =>
        await tokens.TakeAsync<KeptForm>(connection.Tenant, Form, secret, cancellationToken) is { } kept ? new OutgoingMessage(SamlBinding.HttpPost, kept.Url, kept.Fields) : null;

    /// <summary>Id of the request that a handle is of, once; null when it is unknown, answered or another connection's.</summary>
    public async Task<string?> AskedAsync(ConnectionRecord connection, string? handle, CancellationToken cancellationToken) =>
        await tokens.TakeAsync<AskedLogout>(connection.Tenant, Asked, handle, cancellationToken) is { } asked && asked.Connection == connection.Id ? asked.Request : null;

    private sealed record AskedLogout(Guid Connection, string Request);

    private sealed record KeptForm(string Url, List<KeyValuePair<string, string>> Fields);
}
