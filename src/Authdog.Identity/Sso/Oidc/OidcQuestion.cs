using System.Text.Json;
using System.Text.Json.Serialization;

namespace Authdog.Identity.Sso.Oidc;

/// <summary>What one login has asked a provider, kept sealed in the login until the answer comes.</summary>
internal sealed class OidcQuestion
{
    /// <summary>The <c>state</c>; comes back by itself and is not kept.</summary>
    [JsonIgnore]
    public string State { get; set; } = string.Empty;

    /// <summary>The code of the answer; not kept.</summary>
    [JsonIgnore]
    public string? Code { get; set; }

    /// <summary>The <c>nonce</c> that the ID token has to have.</summary>
    public required string Nonce { get; init; }

    /// <summary>PKCE (RFC 7636).</summary>
    public string? CodeVerifier { get; set; }

    /// <summary>When it was asked.</summary>
    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>The <c>max_age</c> that was asked for.</summary>
    public int? MaxAge { get; init; }

    /// <summary>The <c>prompt</c> that was asked for.</summary>
    public string? Prompt { get; init; }

    /// <summary>The <c>acr_values</c> that were asked for.</summary>
    public string? Acr { get; init; }

    /// <summary>Who the person says to be.</summary>
    [JsonIgnore]
    public string? LoginHint { get; init; }

    /// <summary>As text, to be sealed.</summary>
    public string ToJson() => JsonSerializer.Serialize(this);

    /// <summary>From text.</summary>
    public static OidcQuestion? Parse(string json) => JsonSerializer.Deserialize<OidcQuestion>(json);
}
