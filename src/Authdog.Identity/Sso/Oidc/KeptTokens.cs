namespace Authdog.Identity.Sso.Oidc;

/// <summary>Tokens of a provider as they are kept for a session.</summary>
/// <param name="Connection">Connection that gave them.</param>
/// <param name="IdToken">ID token, for logout.</param>
/// <param name="AccessToken">Access token; null when none is kept.</param>
/// <param name="RefreshToken">Refresh token; null when none is kept.</param>
/// <param name="ExpiresAt">When the access token works no more; null when the provider did not say.</param>
internal sealed record KeptTokens(string Connection, string? IdToken, string? AccessToken, string? RefreshToken, DateTimeOffset? ExpiresAt)
{
    /// <summary>Prints nothing of them.</summary>
    public override string ToString() => "tokens";
}
