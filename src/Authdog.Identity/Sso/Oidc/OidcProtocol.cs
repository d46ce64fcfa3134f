using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Login;
using Authdog.Identity.Pages;
using Authdog.Identity.Sessions;
using Authdog.Identity.Tenants;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace Authdog.Identity.Sso.Oidc;

/// <summary>OpenID Connect as a connection's protocol: asks the provider, ends the session there, tries itself.</summary>
internal sealed class OidcProtocol(
    OidcProviders providers,
    OidcBackchannel backchannel,
    ProviderTokenVerifier verifier,
    OidcTrials trials,
    ExternalChallenges challenges,
    UpstreamTokens tokens,
    TenantLinks links,
    CurrentTenant tenant,
    PageRenderer pages,
    IDataProtectionProvider protection,
    TimeProvider time) : IConnectionProtocol
{
    private readonly IDataProtector _protector = protection.CreateProtector("Authdog.Sso.Oidc.Question.v1");

    public ConnectionKind Kind => ConnectionKind.Oidc;

    /// <summary>Where the provider sends the browser back to: each connection has an address of its own (RFC 9700, section 4.4.2).</summary>
    public string Callback(ConnectionRecord connection) => links.Link(OidcPaths.Callback(connection));

    public bool CanStepUp(ConnectionRecord connection) => providers.Of(connection).Settings.Trust is { AuthTime: true } or { Amr: true } or { MultiFactorAcr.IsEmpty: false };

    public Task<IResult> StartAsync(HttpContext context, LoginStep current, ConnectionRecord connection) => StartAsync(context, current, connection, ConnectionMethod.MethodName);

    /// <summary>The page that leads to the provider.</summary>
    public async Task<IResult> StartAsync(HttpContext context, LoginStep current, ConnectionRecord connection, string method)
    {
        var flow = current.Flow;
        if (!flow.IsWritten)
        {
            return new SeeOther(LoginAddress.Of(flow));
        }

        var provider = providers.Of(connection);
        var metadata = await provider.MetadataAsync(context.RequestAborted);
        if (provider.Settings.RequirePushed && metadata.Pushed is null)
        {
            throw ProviderCall.PushedRequest.Failed("the connection requires it, and the provider has no endpoint for it");
        }

        var requirement = flow.Transaction.Requirement;
        OidcQuestion question = new()
        {
            State = ExternalChallenges.NewState(flow),
            Nonce = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32)),
            AskedAt = time.GetUtcNow(),
            MaxAge = requirement.Reauthenticate ? 0 : requirement.MaxAge,
            Prompt = requirement.Reauthenticate ? "login" : null,
            Acr = requirement.Acr == Assurance.MultiFactor || requirement.Amr.Contains(Assurance.MultiFactorMethod) ? provider.Settings.StepUpAcr : null,
            LoginHint = flow.Transaction.Email,
        };
        var address = await new OidcLogin(provider, metadata, question, Callback(connection), backchannel, verifier).AskAsync(context);
        return await challenges.BeginAsync(context, tenant.Id, flow, question.State, method, connection.Slug, _protector.Protect(question.ToJson()), context.RequestAborted)
            ? pages.Page<LeavingPage>(context, StatusCodes.Status200OK, ("Name", connection.Name), ("Address", address), ("Others", current.HasOthers && flow.Transaction.Email is not null ? LoginAddress.Choice(flow) : null))
            : new SeeOther(LoginAddress.Of(flow));
    }

    /// <summary>What a login has asked; null when it cannot be opened any more.</summary>
    public OidcQuestion? Open(string payload)
    {
        try
        {
            return OidcQuestion.Parse(_protector.Unprotect(payload));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    public async Task<string?> SignOutAsync(HttpContext context, ConnectionRecord connection, Session session, CancellationToken cancellationToken)
    {
        var provider = providers.Of(connection);
        var upstream = session.Factors.LastOrDefault(factor => factor.Connection == connection.QualifiedName)?.Upstream;
        var kept = upstream?.TokensId is { } id ? await tokens.TakeAsync(session.Tenant, id, cancellationToken) : null;
        if ((await provider.MetadataAsync(cancellationToken)).EndSession is not { } endpoint)
        {
            return null;
        }

        // OpenID Connect RP-Initiated Logout 1.0, section 2.
        var query = new QueryBuilder { { "client_id", provider.Settings.ClientId }, { "post_logout_redirect_uri", links.Link(PagePaths.Logout) } };
        if (kept?.IdToken is { } hint)
        {
            query.Add("id_token_hint", hint);
        }

        var text = endpoint.AbsoluteUri;
        return text + (endpoint.Query.Length > 0 ? "&" + query.ToString()[1..] : query.ToString());
    }

    public async Task<IResult?> TryAsync(HttpContext context, ConnectionRecord connection, string name, string page) =>
        await trials.BeginAsync(context, connection, page) is { } address
            ? pages.Page<LeavingPage>(context, StatusCodes.Status200OK, ("Name", name), ("Address", address))
            : null;

    public async Task<ImmutableArray<ConnectionCheck>> TestAsync(ConnectionRecord connection, CancellationToken cancellationToken)
    {
        var provider = providers.Of(connection);
        var checks = ImmutableArray.CreateBuilder<ConnectionCheck>();
        if (await TryAsync("discovery", async () => Describe(await provider.MetadataAsync(cancellationToken))))
        {
            await TryAsync("keys", async () => await provider.CountKeysAsync(cancellationToken) is > 0 and var count ? $"{count} that can sign" : throw ProviderCall.Keys.Failed("the provider publishes none that can sign (RSA of 2048 bits and more, or ES256, ES384, ES512)"));
            await TryAsync("client", async () => await ClientAsync(provider, cancellationToken));
        }

        return checks.ToImmutable();

        async Task<bool> TryAsync(string what, Func<Task<string>> step)
        {
            try
            {
                checks.Add(new ConnectionCheck(true, what, await step()));
                return true;
            }
            catch (ExternalFailureException failure)
            {
                // The message names its step for logs, where nothing else does.
                var found = failure.Message.StartsWith($"{what}: ", StringComparison.Ordinal) ? failure.Message[(what.Length + 2)..] : failure.Message;
                checks.Add(new ConnectionCheck(false, what, found) { Fault = failure.Fault });
                return false;
            }
        }
    }

    private static string Describe(OidcMetadata metadata) =>
        $"issuer {metadata.Issuer}{(metadata.Pushed is null ? string.Empty : ", pushed requests")}{(metadata.SendsIssuer ? ", names itself in answers (RFC 9207)" : string.Empty)}{(metadata.EndSession is null ? string.Empty : ", logout")}";

    // A code that nobody was given: a provider that knows the client says invalid_grant, one that does not says invalid_client.
    private async Task<string> ClientAsync(OidcProvider provider, CancellationToken cancellationToken)
    {
        try
        {
            await backchannel.TokenAsync(provider, [new("grant_type", "authorization_code"), new("code", "connection-test"), new("redirect_uri", Callback(provider.Connection)), new("code_verifier", new string('x', 43)), new("client_id", provider.Settings.ClientId)], cancellationToken);
            return "known";
        }
        catch (ExternalFailureException failure) when (failure.Fault is ExternalFault.Grant)
        {
            return "known, and its authentication is right";
        }
    }
}
