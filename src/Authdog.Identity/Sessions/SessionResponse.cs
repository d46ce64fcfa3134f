using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Authdog.Identity.Sessions;

/// <summary>Answer of <c>GET /.authdog/session</c>; times are seconds since 1970 (NumericDate).</summary>
internal sealed record SessionResponse(
    [property: JsonPropertyName("sub")] string Subject,
    [property: JsonPropertyName("email")] string Email,
    [property: JsonPropertyName("email_verified")] bool EmailVerified,
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("tenant")] string Tenant,
    [property: JsonPropertyName("roles")] ImmutableArray<string> Roles,
    [property: JsonPropertyName("amr")] ImmutableArray<string> Amr,
    [property: JsonPropertyName("acr")] string Acr,
    [property: JsonPropertyName("auth_time")] long AuthTime,
    [property: JsonPropertyName("expires_at")] long ExpiresAt);
