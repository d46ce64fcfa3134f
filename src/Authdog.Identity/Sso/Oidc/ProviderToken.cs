using System.Text.Json;

namespace Authdog.Identity.Sso.Oidc;

/// <summary>A token whose signature, issuer, audience and times were verified. Made by <see cref="ProviderTokenVerifier"/> alone.</summary>
internal sealed class ProviderToken
{
    internal ProviderToken(string algorithm, string issuer, JsonElement claims) => (Algorithm, Issuer, Claims) = (algorithm, issuer, claims);

    /// <summary>The algorithm of the signature.</summary>
    public string Algorithm { get; }

    /// <summary>Who signed.</summary>
    public string Issuer { get; }

    /// <summary>What it says.</summary>
    public JsonElement Claims { get; }

    /// <summary>A text among the claims; null when absent or no text.</summary>
    public string? Text(string name) => ProviderJson.Text(Claims, name);

    /// <summary>A time among the claims (NumericDate); null when absent or none.</summary>
    public DateTimeOffset? Time(string name) => Time(Claims, name);

    /// <summary>A time among claims (NumericDate); null when absent or none.</summary>
    public static DateTimeOffset? Time(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Number && value.TryGetDouble(out var seconds) && seconds is >= 0 and < 253_402_300_799
            ? DateTimeOffset.FromUnixTimeSeconds((long)seconds)
            : null;
}
