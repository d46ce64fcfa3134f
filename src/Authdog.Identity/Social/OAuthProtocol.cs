using System.Buffers.Text;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Authdog.Identity.Login;
using Authdog.Identity.Pages;
using Authdog.Identity.Sessions;
using Authdog.Identity.Sso;
using Authdog.Identity.Sso.Oidc;
using Authdog.Identity.Tenants;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace Authdog.Identity.Social;

/// <summary>Sign-in by a provider that speaks OAuth 2.0 and not OpenID Connect: the code, redeemed by us at the provider's own address, asks the provider's own endpoint who the person is. No token of the browser's is ever taken.</summary>
internal sealed class OAuthProtocol(
    ProviderHttp http,
    ExternalChallenges challenges,
    TenantLinks links,
    CurrentTenant tenant,
    PageRenderer pages,
    IDataProtectionProvider protection,
    TimeProvider time)
{
    private readonly IDataProtector _protector = protection.CreateProtector("Authdog.Social.OAuth.Verifier.v1");

    /// <summary>The page that leads to the provider.</summary>
    public async Task<IResult> StartAsync(HttpContext context, LoginStep current, SocialProvider provider)
    {
        var (flow, options) = (current.Flow, provider.Options);
        var state = ExternalChallenges.NewState(flow);
        var verifier = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var query = new QueryBuilder
        {
            { "response_type", "code" },
            { "client_id", options.ClientId },
            { "redirect_uri", Callback(provider) },
            { "scope", string.Join(' ', options.Scopes) },
            { "state", state },
        };
        if (options.Pkce is true)
        {
            query.Add("code_challenge", Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))));
            query.Add("code_challenge_method", "S256");
        }

        return await challenges.BeginAsync(context, tenant.Id, flow, state, SocialMethod.MethodName, provider.Connection.Slug, _protector.Protect(verifier), context.RequestAborted)
            ? pages.Page<LeavingPage>(context, StatusCodes.Status200OK, ("Name", provider.Connection.Name), ("Address", options.AuthorizationEndpoint + query))
            : new SeeOther(LoginAddress.Of(flow));
    }

    /// <summary>Who the person is for whom the provider gave a code.</summary>
    /// <exception cref="ExternalFailureException">The provider did not answer as it should.</exception>
    public async Task<ExternalProof> ProveAsync(LoginFlow flow, SocialProvider provider, string code, string payload, CancellationToken cancellationToken)
    {
        var options = provider.Options;
        if (flow.Transaction.Requirement.AsksForFreshProof)
        {
            throw new ExternalFailureException(ExternalRefusal.TooWeak, "the provider cannot say when the person has signed in");
        }

        var access = await RedeemAsync(options, Callback(provider), code, Open(payload), cancellationToken);
        var person = await GetAsync(options.UserEndpoint!, access, ProviderCall.User, cancellationToken);
        if (ClaimPath.Texts(ClaimPath.Find(person, options.SubjectClaim!)).FirstOrDefault() is not { Length: > 0 and <= ExternalProof.MaxIdentifier } subject)
        {
            throw new ExternalFailureException(ExternalRefusal.Invalid, "user: the provider names nobody", ExternalFault.UserInfo);
        }

        var (email, verified) = await EmailAsync(options, person, access, cancellationToken);
        var issuer = new Uri(options.TokenEndpoint!).GetLeftPart(UriPartial.Authority);
        return new ExternalProof
        {
            Connection = provider.Connection,
            Issuer = issuer,
            Subject = subject,
            Email = email,
            EmailVerified = verified,
            Name = ClaimPath.Text(person, options.NameClaim!),
            Claims = person,
            Factor = new AuthenticationFactor
            {
                Method = SocialMethod.MethodName,
                Amr = [],
                Kinds = FactorKinds.Knowledge,
                ProvedAt = time.GetUtcNow(),
                Upstream = new UpstreamSession(issuer, subject, SessionId: null, TokensId: null, EndsAt: null),
            },
        };
    }

    private string Callback(SocialProvider provider) => links.Link(OidcPaths.Callback(provider.Connection));

    private string Open(string payload)
    {
        try
        {
            return _protector.Unprotect(payload);
        }
        catch (CryptographicException exception)
        {
            throw new ExternalFailureException(ExternalRefusal.Unsolicited, "state: cannot be opened any more", inner: exception);
        }
    }

    private async Task<string> RedeemAsync(SocialProviderOptions options, string callback, string code, string verifier, CancellationToken cancellationToken)
    {
        Dictionary<string, string> form = new()
        {
            ["grant_type"] = "authorization_code",
            ["code"] = code,
            ["redirect_uri"] = callback,
            ["client_id"] = options.ClientId,
            ["client_secret"] = options.ClientSecret ?? string.Empty,
        };
        if (options.Pkce is true)
        {
            form["code_verifier"] = verifier;
        }

        using HttpRequestMessage request = new(HttpMethod.Post, options.TokenEndpoint) { Content = new FormUrlEncodedContent(form) };
        request.Headers.Accept.ParseAdd("application/json");
        var response = await http.SendAsync(request, ProviderCall.Token, cancellationToken);
        var json = ProviderJson.Read(response, ProviderCall.Token);

        // Some answer 200 with an error in it.
        return ProviderJson.Text(json, "error") is { } error
            ? throw ProviderCall.Token.Failed($"the provider answered {(int)response.Status} {ProviderJson.Code(error)}")
            : response.Succeeded ? OidcTokens.Read(json).AccessToken : throw ProviderCall.Token.Failed(response);
    }

    private async Task<(string? Email, bool Verified)> EmailAsync(SocialProviderOptions options, JsonElement person, string access, CancellationToken cancellationToken)
    {
        if (options.EmailEndpoint is not { } endpoint)
        {
            return (ClaimPath.Text(person, options.EmailClaim!), options.EmailVerifiedClaim is { } path && ClaimPath.Find(person, path) is { ValueKind: JsonValueKind.True });
        }

        var list = await GetAsync(endpoint, access, ProviderCall.Addresses, cancellationToken);
        foreach (var address in list.GetProperty("items").EnumerateArray().Where(static item => item.ValueKind is JsonValueKind.Object))
        {
            if (address.TryGetProperty("primary", out var primary) && primary.ValueKind is JsonValueKind.True)
            {
                return (ProviderJson.Text(address, "email"), address.TryGetProperty("verified", out var verified) && verified.ValueKind is JsonValueKind.True);
            }
        }

        return (null, false);
    }

    // A list comes back as { "items": list }.
    private async Task<JsonElement> GetAsync(string address, string access, ProviderCall call, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, address);
        request.Headers.Accept.ParseAdd("application/json");
        request.Headers.UserAgent.ParseAdd("Authdog-Gateway");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", access);
        var response = await http.SendAsync(request, call, cancellationToken);
        if (!response.Succeeded)
        {
            throw call.Failed(response);
        }

        return response.Body.AsSpan().TrimStart(" \t\r\n"u8) is [(byte)'[', ..]
            ? ProviderJson.Read(response with { Body = [.. "{\"items\":"u8, .. response.Body, (byte)'}'] }, call)
            : ProviderJson.Read(response, call);
    }
}
