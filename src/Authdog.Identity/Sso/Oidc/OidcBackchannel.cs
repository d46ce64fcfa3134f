using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Authdog.Identity.Sso.Oidc;

/// <summary>What the gateway asks a provider directly: tokens, pushed requests, userinfo. Shows who it is as the connection says, to the provider's own endpoint alone.</summary>
internal sealed class OidcBackchannel(ProviderHttp http, TimeProvider time)
{
    private static readonly TimeSpan s_assertionLifetime = TimeSpan.FromMinutes(1);
    private readonly JsonWebTokenHandler _tokens = new() { SetDefaultTimesOnTokenCreation = false };

    /// <summary>Asks the token endpoint.</summary>
    public async Task<OidcTokens> TokenAsync(OidcProvider provider, IEnumerable<KeyValuePair<string, string>> parameters, CancellationToken cancellationToken)
    {
        var metadata = await provider.MetadataAsync(cancellationToken);
        return OidcTokens.Read(await PostAsync(provider, metadata, metadata.Token, parameters, ProviderCall.Token, cancellationToken));
    }

    /// <summary>Pushes an authorization request (RFC 9126) and returns the name to ask for it by.</summary>
    public async Task<string> PushAsync(OidcProvider provider, Uri endpoint, IEnumerable<KeyValuePair<string, string>> parameters, CancellationToken cancellationToken)
    {
        var answer = await PostAsync(provider, await provider.MetadataAsync(cancellationToken), endpoint, parameters, ProviderCall.PushedRequest, cancellationToken);
        return ProviderJson.Text(answer, "request_uri") is { Length: > 0 and <= 512 } uri
            ? uri
            : throw ProviderCall.PushedRequest.Failed("the provider named no request_uri");
    }

    /// <summary>Asks userinfo about the person of an access token, who must be the ID token's (OpenID Connect Core, section 5.3.2).</summary>
    public async Task<JsonElement> UserInfoAsync(OidcProvider provider, Uri endpoint, string accessToken, string subject, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, endpoint);
        request.Headers.Accept.ParseAdd("application/json");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", accessToken);
        var response = await http.SendAsync(request, ProviderCall.UserInfo, cancellationToken);
        if (!response.Succeeded)
        {
            throw ProviderCall.UserInfo.Failed(response);
        }

        var claims = ProviderJson.Read(response, ProviderCall.UserInfo);
        return string.Equals(ProviderJson.Text(claims, "sub"), subject, StringComparison.Ordinal)
            ? claims
            : throw new ExternalFailureException(ExternalRefusal.Invalid, "userinfo: is about somebody else (sub)", ExternalFault.UserInfo);
    }

    private async Task<JsonElement> PostAsync(OidcProvider provider, OidcMetadata metadata, Uri endpoint, IEnumerable<KeyValuePair<string, string>> parameters, ProviderCall call, CancellationToken cancellationToken)
    {
        var form = parameters.Where(static pair => pair.Key is not ("client_secret" or "client_assertion" or "client_assertion_type")).ToDictionary(StringComparer.Ordinal);
        using HttpRequestMessage request = new(HttpMethod.Post, endpoint);
        request.Headers.Accept.ParseAdd("application/json");
        Authenticate(provider, metadata, request, form);
        request.Content = new FormUrlEncodedContent(form);
        var response = await http.SendAsync(request, call, cancellationToken);
        var json = ProviderJson.Read(response, call);
        return response.Succeeded ? json : throw Failed(call, ProviderJson.Code(ProviderJson.Text(json, "error")), (int)response.Status);
    }

    // invalid_grant: the code, or the refresh token, is over. Everything else is a matter of how client and provider are set up.
    private static ExternalFailureException Failed(ProviderCall call, string error, int status) =>
        new(error == "invalid_grant" ? ExternalRefusal.Invalid : ExternalRefusal.Unavailable, $"{call.Words}: the provider answered {status} {error}", OAuthErrors.FaultOf(error) ?? call.Fault);

    private void Authenticate(OidcProvider provider, OidcMetadata metadata, HttpRequestMessage request, Dictionary<string, string> form)
    {
        var client = provider.Settings.ClientId;
        switch (provider.Settings.Authentication)
        {
            case ClientAuthentication.ClientSecretBasic:
                // RFC 6749, section 2.3.1: both are form-encoded before they are joined. A pushed request has the client's id among its own parameters (RFC 9126, section 2.1).
                if (request.RequestUri != metadata.Pushed)
                {
                    form.Remove("client_id");
                }

                request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Encode(client)}:{Encode(provider.ClientSecret ?? string.Empty)}")));
                break;
            case ClientAuthentication.ClientSecretPost:
                form["client_id"] = client;
                form["client_secret"] = provider.ClientSecret ?? string.Empty;
                break;
            case ClientAuthentication.PrivateKeyJwt:
                form["client_id"] = client;
                form["client_assertion_type"] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
                form["client_assertion"] = Assertion(provider, metadata);
                break;
            default:
                form["client_id"] = client;
                break;
        }
    }

    // RFC 7523, section 3. One audience that no other provider accepts.
    private string Assertion(OidcProvider provider, OidcMetadata metadata)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return _tokens.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = provider.Settings.ClientId,
            Audience = metadata.Token.AbsoluteUri,
            IssuedAt = now,
            NotBefore = now,
            Expires = now + s_assertionLifetime,
            Claims = new Dictionary<string, object> { ["sub"] = provider.Settings.ClientId, ["jti"] = Guid.NewGuid().ToString("N") },
            SigningCredentials = new SigningCredentials(provider.SigningKey, SecurityAlgorithms.RsaSha256),
        });
    }

    private static string Encode(string text) => Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal);
}
