using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Authdog.Identity.Sso.Oidc;

/// <summary>What an OpenID Connect connection is set to; the document in <see cref="Connection.Settings"/>.</summary>
public sealed record OidcSettings
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        MaxDepth = 8,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    // Asymmetric ones alone: with a symmetric algorithm whoever knows the client secret, or takes a public key for one, signs as the provider.
    internal static readonly ImmutableArray<string> KnownAlgorithms = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

    /// <summary>Those of a connection whose provider is not known yet.</summary>
    internal static OidcSettings Unknown { get; } = new() { Issuer = string.Empty, ClientId = string.Empty };

    /// <summary>Whether the provider is known.</summary>
    [JsonIgnore]
    internal bool IsKnown => Issuer.Length > 0 || ClientId.Length > 0;

    /// <summary>The provider's issuer identifier, byte for byte as its discovery document says it.</summary>
    public required string Issuer { get; init; }

    /// <summary>Address of the discovery document where it is not under the issuer; only presets set it.</summary>
    public string? Discovery { get; init; }

    /// <summary>The gateway's name there.</summary>
    public required string ClientId { get; init; }

    /// <summary>How the gateway shows who it is.</summary>
    public ClientAuthentication Authentication { get; init; } = ClientAuthentication.ClientSecretBasic;

    /// <summary>Client secret, encrypted (<see cref="ConnectionSecrets"/>).</summary>
    public string? ClientSecret { get; init; }

    /// <summary>RSA key that signs for <c>private_key_jwt</c>, PKCS #8, encrypted.</summary>
    public string? SigningKey { get; init; }

    /// <summary>RSA key that opens encrypted ID tokens, PKCS #8, encrypted.</summary>
    public string? DecryptionKey { get; init; }

    /// <summary>Scopes besides <c>openid</c>.</summary>
    public ImmutableArray<string> Scopes { get; init; } = ["profile", "email"];

    /// <summary>Algorithms that may sign what the provider sends.</summary>
    public ImmutableArray<string> Algorithms { get; init; } = ["RS256", "PS256", "ES256", "ES384"];

    /// <summary>Whether an ID token that is not encrypted is refused.</summary>
    public bool RequireEncryption { get; init; }

    /// <summary>Whether the userinfo endpoint is asked for what the ID token does not say.</summary>
    public bool UserInfo { get; init; } = true;

    /// <summary>How the answer comes back: <c>query</c> or <c>form_post</c>.</summary>
    public string ResponseMode { get; init; } = "query";

    /// <summary>Whether the request has to be pushed (RFC 9126); pushed anyway where the provider offers it.</summary>
    public bool RequirePushed { get; init; }

    /// <summary>The <c>acr_values</c> to ask for when two kinds of proof are needed; null to ask for none.</summary>
    public string? StepUpAcr { get; init; }

    /// <summary>Further parameters of every authorization request, such as <c>hd</c>.</summary>
    public ImmutableDictionary<string, string> Parameters { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>What the provider is believed.</summary>
    public OidcTrust Trust { get; init; } = new();

    /// <summary>Whether the provider's tokens are kept (encrypted) and refreshed for as long as the session lasts, for apps that need them.</summary>
    public bool KeepTokens { get; init; }

    /// <summary>Reads a document.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    public static OidcSettings Parse(string json) => JsonSerializer.Deserialize<OidcSettings>(json, s_json) ?? throw new JsonException("The settings are null.");

    /// <summary>The document.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, s_json);

    /// <summary>What is wrong with them, each with its cure.</summary>
    public IEnumerable<string> Mistakes(bool allowPlainHttp)
    {
        if (!Uri.TryCreate(Issuer, UriKind.Absolute, out var issuer)
            || !(issuer.Scheme == Uri.UriSchemeHttps || (allowPlainHttp && issuer.Scheme == Uri.UriSchemeHttp))
            || issuer.Query.Length > 0 || issuer.Fragment.Length > 0 || issuer.UserInfo.Length > 0 || Issuer.Any(char.IsWhiteSpace) || Issuer.Length > ExternalProof.MaxIdentifier)
        {
            yield return $"AG5320 issuer is '{Issuer}'. Give the https URL that the provider's discovery document names as issuer, without query and fragment, such as https://login.example.com.";
        }

        if (string.IsNullOrWhiteSpace(ClientId) || ClientId.Length > 512)
        {
            yield return "AG5321 clientId is empty or too long. Give the client id that the provider shows for this app.";
        }

        if (Authentication is ClientAuthentication.ClientSecretBasic or ClientAuthentication.ClientSecretPost && ClientSecret is null)
        {
            yield return "AG5322 there is no client secret. Give the one that the provider shows, or choose private_key_jwt or none as authentication.";
        }

        if (Authentication is ClientAuthentication.PrivateKeyJwt && SigningKey is null)
        {
            yield return "AG5323 private_key_jwt needs a key. 'connection set --authentication private_key_jwt' makes one.";
        }

        if (Algorithms.IsEmpty || Algorithms.Except(KnownAlgorithms, StringComparer.Ordinal).Any())
        {
            yield return $"AG5324 algorithms are '{string.Join(", ", Algorithms)}'. Choose from {string.Join(", ", KnownAlgorithms)}.";
        }

        if (RequireEncryption && DecryptionKey is null)
        {
            yield return "AG5325 requireEncryption needs a key that decrypts. 'connection set --encryption' makes one.";
        }

        if (ResponseMode is not ("query" or "form_post"))
        {
            yield return $"AG5326 responseMode is '{ResponseMode}'. Give query or form_post.";
        }

        if (Scopes.Any(static scope => scope.Length is 0 or > 200 || scope.AsSpan().IndexOfAnyExceptInRange('!', '~') >= 0) || Scopes.Length > 50)
        {
            yield return "AG5327 a scope is empty or has blanks. Give each scope as one word.";
        }

        if (Parameters.Keys.FirstOrDefault(static name => Protected.Contains(name)) is { } reserved)
        {
            yield return $"AG5328 parameters sets '{reserved}', which the gateway sets itself. Leave it out.";
        }
    }

    // What the protocol rests on is nobody's to set.
    private static readonly ImmutableHashSet<string> Protected = ImmutableHashSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "client_id", "client_secret", "redirect_uri", "response_type", "response_mode", "scope", "state", "nonce", "code_challenge", "code_challenge_method", "request", "request_uri", "client_assertion", "client_assertion_type");
}
