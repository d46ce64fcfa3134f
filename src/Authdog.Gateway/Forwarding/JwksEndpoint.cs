using System.Buffers.Text;
using System.Text.Json.Serialization;
using Authdog.Identity.Keys;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Authdog.Gateway.Forwarding;

/// <summary>The public keys of the identity assertion as a JWK Set (RFC 7517).</summary>
internal static class JwksEndpoint
{
    public const string Path = "/.well-known/authdog/jwks.json";

    public static IEndpointConventionBuilder MapJwks(this IEndpointRouteBuilder endpoints) => endpoints.MapGet(Path, Get);

    private static JsonHttpResult<KeySet> Get(SigningKeyRing keys, HttpResponse response)
    {
        // A key is published well before it signs, so that a copy this old never lacks one.
        response.Headers[HeaderNames.CacheControl] = "public, max-age=300";
        return TypedResults.Json(new KeySet([.. keys.Published(SigningKeyRing.AssertionPurpose).Select(Describe)]));
    }

    private static Jwk Describe(SigningKey key)
    {
        var point = key.Key.ExportParameters(includePrivateParameters: false).Q;
        return new Jwk("EC", "P-256", "sig", "ES256", key.Kid, Base64Url.EncodeToString(point.X), Base64Url.EncodeToString(point.Y));
    }

    internal sealed record KeySet([property: JsonPropertyName("keys")] IReadOnlyList<Jwk> Keys);

    internal sealed record Jwk(
        [property: JsonPropertyName("kty")] string KeyType,
        [property: JsonPropertyName("crv")] string Curve,
        [property: JsonPropertyName("use")] string Use,
        [property: JsonPropertyName("alg")] string Algorithm,
        [property: JsonPropertyName("kid")] string Kid,
        [property: JsonPropertyName("x")] string X,
        [property: JsonPropertyName("y")] string Y);
}
