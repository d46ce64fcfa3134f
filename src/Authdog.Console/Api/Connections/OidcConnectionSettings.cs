using System.Text.Json.Nodes;
using Authdog.Identity.Sso.Oidc;

namespace Authdog.Console.Api.Connections;

/// <summary>What an OpenID Connect connection needs; what is absent or null stays as it is.</summary>
internal sealed record OidcConnectionSettings
{
    /// <summary>The provider's issuer, byte for byte as its discovery document says it.</summary>
    public string? Issuer { get; init; }

    public string? ClientId { get; init; }

    /// <summary>Kept encrypted, and never shown.</summary>
    public string? ClientSecret { get; init; }

    /// <summary><c>client_secret_basic</c>, <c>client_secret_post</c>, <c>private_key_jwt</c> (makes a key) or <c>none</c>.</summary>
    public string? Authentication { get; init; }

    /// <summary>True makes a new key that opens encrypted ID tokens.</summary>
    public bool NewDecryptionKey { get; init; }

    /// <summary>Scopes besides <c>openid</c>.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>Any other setting by the name that the connection shows it under.</summary>
    public JsonObject? Settings { get; init; }

    public OidcChoices ToChoices() => new()
    {
        Issuer = Issuer,
        ClientId = ClientId,
        ClientSecret = ClientSecret,
        Authentication = Authentication,
        NewDecryptionKey = NewDecryptionKey,
        Scopes = Scopes,
        Settings = Settings,
    };
}
