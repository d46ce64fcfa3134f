using System.Collections.Immutable;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace Authdog.Identity.Sso.Oidc;

/// <summary>The public keys that a provider signs with: RSA of 2048 bits and more, and the NIST curves. Everything else in the set is as if it were not there.</summary>
internal sealed class ProviderKeys
{
    private const int MaxKeys = 100;
    private const int MinRsaBits = 2048;
    private readonly ImmutableArray<JsonWebKey> _keys;

    private ProviderKeys(ImmutableArray<JsonWebKey> keys) => _keys = keys;

    /// <summary>How many there are.</summary>
    public int Count => _keys.Length;

    /// <summary>Reads a set (RFC 7517).</summary>
    /// <exception cref="ExternalFailureException">It is none.</exception>
    public static ProviderKeys Read(ProviderResponse response)
    {
        var document = ProviderJson.Read(response, ProviderCall.Keys);
        if (!document.TryGetProperty("keys", out var list) || list.ValueKind is not System.Text.Json.JsonValueKind.Array)
        {
            throw ProviderCall.Keys.Failed("the document has no keys");
        }

        try
        {
            return new ProviderKeys([.. JsonWebKeySet.Create(Encoding.UTF8.GetString(response.Body)).Keys.Take(MaxKeys).Where(IsUsable)]);
        }
        catch (ArgumentException exception)
        {
            throw ProviderCall.Keys.Failed("the document cannot be read", exception);
        }
    }

    /// <summary>Whether a key of this id is there; without an id, whether there is any.</summary>
    public bool Has(string? kid) => kid is null ? _keys.Length > 0 : _keys.Any(key => key.Kid == kid);

    /// <summary>Those that may have signed: of the id where there is one, and of the algorithm's kind.</summary>
    public IEnumerable<SecurityKey> For(string? kid, string algorithm) => _keys.Where(key =>
        (kid is null || key.Kid == kid)
        && (string.IsNullOrEmpty(key.Alg) || key.Alg == algorithm)
        && (algorithm[0] == 'E' ? key.Kty == JsonWebAlgorithmsKeyTypes.EllipticCurve && Curve(algorithm) == key.Crv : key.Kty == JsonWebAlgorithmsKeyTypes.RSA));

    // A symmetric key in a public set would let everybody sign.
    private static bool IsUsable(JsonWebKey key) =>
        key.Use is null or "" or "sig"
        && (key.KeyOps.Count == 0 || key.KeyOps.Contains("verify"))
        && (key.Kty == JsonWebAlgorithmsKeyTypes.EllipticCurve || (key.Kty == JsonWebAlgorithmsKeyTypes.RSA && key.KeySize >= MinRsaBits));

    private static string Curve(string algorithm) => algorithm switch { "ES256" => "P-256", "ES384" => "P-384", _ => "P-521" };
}
