using System.Text.Json;

namespace Authdog.Identity.Sso.Oidc;

/// <summary>What a token endpoint gave.</summary>
/// <param name="AccessToken">Access token.</param>
/// <param name="IdToken">ID token; null when a refresh gave none.</param>
/// <param name="RefreshToken">Refresh token; null when none was given.</param>
/// <param name="Lifetime">How long the access token works; null when it was not said.</param>
internal sealed record OidcTokens(string AccessToken, string? IdToken, string? RefreshToken, TimeSpan? Lifetime)
{
    private const int MaxLength = 64 * 1024;

    /// <summary>Reads an answer (RFC 6749, section 5.1).</summary>
    /// <exception cref="ExternalFailureException">It is none.</exception>
    public static OidcTokens Read(JsonElement json)
    {
        if (Token("access_token") is not { } access || !string.Equals(ProviderJson.Text(json, "token_type"), "Bearer", StringComparison.OrdinalIgnoreCase))
        {
            throw new ExternalFailureException(ExternalRefusal.Invalid, "token: the answer has no bearer token", ExternalFault.Token);
        }

        return new OidcTokens(access, Token("id_token"), Token("refresh_token"), json.TryGetProperty("expires_in", out var seconds) && seconds.ValueKind is JsonValueKind.Number && seconds.TryGetInt32(out var life) && life > 0 ? TimeSpan.FromSeconds(life) : null);

        string? Token(string name) => ProviderJson.Text(json, name) is { Length: > 0 and <= MaxLength } text && text.AsSpan().IndexOfAnyExceptInRange('!', '~') < 0 ? text : null;
    }

    /// <summary>Prints nothing of them.</summary>
    public override string ToString() => "tokens";
}
