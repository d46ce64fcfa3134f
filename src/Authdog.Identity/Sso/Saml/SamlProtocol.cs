using System.Collections.Immutable;
using Authdog.Identity.Login;
using Authdog.Identity.Pages;
using Authdog.Identity.Sessions;
using Authdog.Identity.Tenants;
using Authdog.Protocols.Saml.Bindings;
using Authdog.Protocols.Saml.Parties;
using Authdog.Protocols.Saml.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Sso.Saml;

/// <summary>Asks a SAML identity provider who somebody is (SAML profiles, section 4.1.3, steps 2 to 4).</summary>
internal sealed class SamlProtocol(
    SamlConnections connections,
    SamlSignOut signOut,
    SamlCheck check,
    SamlTrials trials,
    ExternalChallenges challenges,
    SamlTransport transport,
    CurrentTenant tenant,
    IOptions<PublicUrlOptions> reach,
    TimeProvider time) : IConnectionProtocol
{
    public ConnectionKind Kind => ConnectionKind.Saml;

    // Every identity provider can be asked to authenticate anew.
    public bool CanStepUp(ConnectionRecord connection) => true;

    public async Task<IResult> StartAsync(HttpContext context, LoginStep current, ConnectionRecord connection)
    {
        if (!current.Flow.IsWritten)
        {
            return new SeeOther(LoginAddress.Of(current.Flow));
        }

        var parties = connections.Of(connection);
        if (parties.Provider is not { } provider || SamlIdentityProvider.Choose(provider.SingleSignOn, parties.Settings.Binding) is not { } endpoint)
        {
            throw new ExternalFailureException(ExternalRefusal.Unavailable, "the connection does not know its identity provider yet");
        }

        var requirement = current.Flow.Transaction.Requirement;
        var request = new AuthnRequest
        {
            Id = MessageId.Next(),
            IssueInstant = time.GetUtcNow(),
            ForceAuthn = parties.Settings.ForceAuthn || requirement.AsksForFreshProof,
            AuthnContextClassRefs = requirement.Acr is Assurance.MultiFactor || requirement.Amr.Contains(Assurance.MultiFactorMethod) ? parties.Settings.MultiFactorContexts : [],
            NameIdFormat = parties.Settings.NameIdFormat,
            Subject = parties.Settings.SendSubject ? current.Flow.Transaction.Email : null,
        };
        var question = new SamlQuestion(request.Outstanding, OriginOf(context, parties));
        var state = ExternalChallenges.NewState(current.Flow);
        return await challenges.BeginAsync(context, tenant.Id, current.Flow, state, ConnectionMethod.MethodName, connection.Slug, question.Write(), context.RequestAborted)
            ? transport.Send(context, connection.Name, request.Send(parties.Self, endpoint, state, parties.SignsRequests), current.HasOthers ? LoginAddress.Choice(current.Flow) : null)
            : new SeeOther(LoginAddress.Of(current.Flow));
    }

    public Task<string?> SignOutAsync(HttpContext context, ConnectionRecord connection, Session session, CancellationToken cancellationToken) =>
        signOut.BeginAsync(connection, session, cancellationToken);

    public async Task<IResult?> TryAsync(HttpContext context, ConnectionRecord connection, string name, string page) =>
        await trials.BeginAsync(connection, page, context.RequestAborted) is { } message ? transport.Send(context, name, message) : null;

    public Task<ImmutableArray<ConnectionCheck>> TestAsync(ConnectionRecord connection, CancellationToken cancellationToken) => check.RunAsync(connection, cancellationToken);

    // A tenant may have several hosts, and the login's cookie is on one of them. Only hosts that are known to be the tenant's or the gateway's.
    private string? OriginOf(HttpContext context, SamlParties parties)
    {
        var here = context.Request.Host.Host;
        return here != new Uri(parties.Self.AssertionConsumerService).Host && (tenant.Record.Addresses.Contains(here) || here == reach.Value.PublicUrl.Host)
            ? new UriBuilder(reach.Value.PublicUrl) { Host = here }.Uri.GetLeftPart(UriPartial.Authority)
            : null;
    }
}
