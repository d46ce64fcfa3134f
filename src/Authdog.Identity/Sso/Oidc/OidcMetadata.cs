using System.Collections.Immutable;
using System.Text.Json;

namespace Authdog.Identity.Sso.Oidc;

/// <summary>What a provider's discovery document says (OpenID Connect Discovery, section 3), as far as it is used here and after it was judged.</summary>
internal sealed record OidcMetadata
{
    public required string Issuer { get; init; }

    public required Uri Authorization { get; init; }

    public required Uri Token { get; init; }

    public required Uri Jwks { get; init; }

    public Uri? UserInfo { get; init; }

    public Uri? EndSession { get; init; }

    public Uri? Pushed { get; init; }

    /// <summary>Whether every authorization response names its issuer (RFC 9207).</summary>
    public bool SendsIssuer { get; init; }

    /// <summary>Whether requests have to be pushed (RFC 9126, section 5).</summary>
    public bool RequiresPushed { get; init; }

    /// <summary>How clients may authenticate.</summary>
    public ImmutableArray<string> Authentications { get; init; } = [];

    /// <summary>Reads a document.</summary>
    /// <param name="document">The document.</param>
    /// <param name="issuer">The issuer that the connection is set to.</param>
    /// <param name="mayAsk">Which addresses may be asked.</param>
    /// <exception cref="ExternalFailureException">It is another issuer's, or misses something.</exception>
    public static OidcMetadata Read(JsonElement document, string issuer, Func<Uri, bool> mayAsk)
    {
        // Byte for byte: an issuer that nearly is the one asked for is another one (mix-up).
        if (ProviderJson.Text(document, "issuer") is not { } named || !string.Equals(named, issuer, StringComparison.Ordinal))
        {
            throw new ExternalFailureException(ExternalRefusal.Unavailable, "discovery: the document names another issuer than the connection's", ExternalFault.Issuer);
        }

        return new OidcMetadata
        {
            Issuer = named,
            Authorization = Address("authorization_endpoint") ?? throw Missing("authorization_endpoint"),
            Token = Address("token_endpoint") ?? throw Missing("token_endpoint"),
            Jwks = Address("jwks_uri") ?? throw Missing("jwks_uri"),
            UserInfo = Address("userinfo_endpoint"),
            EndSession = Address("end_session_endpoint"),
            Pushed = Address("pushed_authorization_request_endpoint"),
            SendsIssuer = IsTrue("authorization_response_iss_parameter_supported"),
            RequiresPushed = IsTrue("require_pushed_authorization_requests"),
            Authentications = [.. ClaimPath.Texts(document.TryGetProperty("token_endpoint_auth_methods_supported", out var methods) ? methods : null).Take(32)],
        };

        Uri? Address(string name) => ProviderJson.Text(document, name) is not { } text
            ? null
            : Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Fragment.Length == 0 && mayAsk(address)
                ? address
                : throw ProviderCall.Discovery.Failed($"{name} is no https address");

        bool IsTrue(string name) => document.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.True;

        static ExternalFailureException Missing(string name) => ProviderCall.Discovery.Failed($"{name} is missing");
    }
}
