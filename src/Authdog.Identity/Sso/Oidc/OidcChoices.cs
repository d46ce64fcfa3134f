using System.Text.Json.Nodes;

namespace Authdog.Identity.Sso.Oidc;

/// <summary>What somebody sets of an OpenID Connect connection; what is null stays as it is.</summary>
public sealed record OidcChoices
{
    /// <summary>The provider's issuer identifier.</summary>
    public string? Issuer { get; init; }

    /// <summary>The gateway's name there.</summary>
    public string? ClientId { get; init; }

    /// <summary>The client secret.</summary>
    public string? ClientSecret { get; init; }

    /// <summary><c>client_secret_basic</c>, <c>client_secret_post</c>, <c>private_key_jwt</c> (which makes a key where there is none) or <c>none</c>.</summary>
    public string? Authentication { get; init; }

    /// <summary>Whether a new key is made that opens encrypted ID tokens.</summary>
    public bool NewDecryptionKey { get; init; }

    /// <summary>Scopes besides <c>openid</c>.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>Any other setting by its name (<see cref="OidcSettings"/>), secrets and keys apart.</summary>
    public JsonObject? Settings { get; init; }

    /// <summary>Prints nothing of it.</summary>
    public override string ToString() => "choices";
}
