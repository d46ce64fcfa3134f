using System.Text.Json;

namespace Authdog.Identity.Sso.Oidc;

/// <summary>A provider's answer, verified.</summary>
/// <param name="Provider">Who answered.</param>
/// <param name="Token">The ID token.</param>
/// <param name="Claims">Everything that was said, by the token and by userinfo.</param>
/// <param name="Tokens">What the token endpoint gave.</param>
internal sealed record OidcAnswer(OidcProvider Provider, ProviderToken Token, JsonElement Claims, OidcTokens Tokens);
