using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Authdog.Identity.Sso.Oidc;

/// <summary>Verifies what a provider signs, ID tokens and logout tokens alike: who, for whom, when, by an algorithm of the connection and a key of the provider. The library does the cryptography.</summary>
/// <remarks>The framework's handler takes an unsigned ID token in the code flow, since TLS protects it there. Here a token counts by its signature.</remarks>
internal sealed class ProviderTokenVerifier(TimeProvider time)
{
    /// <summary>How far clocks may differ.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromSeconds(60);

    private const int MaxLength = 64 * 1024;
    private readonly JsonWebTokenHandler _library = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = MaxLength };

    /// <summary>The token, verified.</summary>
    /// <param name="provider">Whose it has to be.</param>
    /// <param name="text">The compact serialization.</param>
    /// <param name="what">What it is, in words for the administrator.</param>
    /// <param name="isType">Which <c>typ</c> it may have (RFC 8725, section 3.11); null stands for none.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="ExternalFailureException">It is not to be believed.</exception>
    public async Task<ProviderToken> VerifyAsync(OidcProvider provider, string text, string what, Func<string?, bool> isType, CancellationToken cancellationToken)
    {
        // 1. Sizes before any work.
        if (text.Length > MaxLength)
        {
            throw Refuse(what, "too long");
        }

        // 2. An encrypted token holds a signed one (OpenID Connect Core, section 10.2: signed, then encrypted).
        var signed = text.Count(static letter => letter == '.') == 4 ? Decrypt(provider, text, what) : text;
        if (ReferenceEquals(signed, text) && provider.Settings.RequireEncryption)
        {
            throw Refuse(what, "not encrypted", ExternalFault.Encryption);
        }

        // 3. The header: no extension that must be understood is (RFC 7515, section 4.1.11), and what it is says so.
        var header = Header(signed, what);
        if (header.TryGetProperty("crit", out _) || header.TryGetProperty("b64", out _))
        {
            throw Refuse(what, "asks for an extension (crit)");
        }

        if (header.TryGetProperty("typ", out var typ) && typ.ValueKind is not JsonValueKind.String)
        {
            throw Refuse(what, "typ is no text");
        }

        if (!isType(ProviderJson.Text(header, "typ")))
        {
            throw Refuse(what, "is of another type (typ)");
        }

        // 4. The algorithm is one of the connection's: never none, never a symmetric one.
        var algorithm = ProviderJson.Text(header, "alg");
        if (algorithm is null || !provider.Settings.Algorithms.Contains(algorithm) || !OidcSettings.KnownAlgorithms.Contains(algorithm))
        {
            throw Refuse(what, "is signed by an algorithm that the connection does not allow (alg)", ExternalFault.Algorithm);
        }

        // 5. A key of the provider's own set; what the header itself brings (jwk, jku, x5c, x5u) is not looked at.
        var keys = await provider.KeysAsync(ProviderJson.Text(header, "kid"), algorithm, cancellationToken);
        if (keys.Count == 0)
        {
            throw Refuse(what, "is signed by a key that the provider does not publish (kid)", ExternalFault.Keys);
        }

        // 6. Claims are read once, strictly; a name that is there twice has no meaning.
        var claims = ProviderJson.TryRead(Decode(signed.Split('.')[1], what)) ?? throw Refuse(what, "the claims are broken, or say something twice");
        var issuer = ExpectedIssuer(provider.Settings, claims);

        // 7. Signature, iss, aud, exp, nbf.
        var result = await _library.ValidateTokenAsync(signed, new TokenValidationParameters
        {
            RequireSignedTokens = true,
            ValidateIssuerSigningKey = true,
            IssuerSigningKeys = keys,
            TryAllIssuerSigningKeys = true,
            ValidAlgorithms = [algorithm],
            ValidateIssuer = true,
            ValidIssuer = issuer,
            ValidateAudience = true,
            RequireAudience = true,
            ValidAudience = provider.Settings.ClientId,
            IgnoreTrailingSlashWhenValidatingAudience = false,
            ValidateLifetime = true,
            RequireExpirationTime = true,
            LifetimeValidator = (_, _, _, _) => IsLive(claims),
        });
        if (!result.IsValid)
        {
            var (why, fault) = Reason(result.Exception);
            throw Refuse(what, why, fault, result.Exception);
        }

        // 8. When it was made: not tomorrow.
        return ProviderToken.Time(claims, "iat") is { } made && made <= time.GetUtcNow() + Skew
            ? new ProviderToken(algorithm, issuer, claims)
            : throw Refuse(what, "iat is missing or in the future", ExternalFault.Time);
    }

    /// <summary>A refusal with its reason.</summary>
    public static ExternalFailureException Refuse(string what, string why, ExternalFault fault = ExternalFault.Other, Exception? inner = null) => new(ExternalRefusal.Invalid, $"{what}: {why}", fault, inner);

    // A provider of many tenants puts the tenant into its issuer; the claim must be an id and nothing else.
    private static string ExpectedIssuer(OidcSettings settings, JsonElement claims) =>
        settings.Issuer.Contains("{tenantid}", StringComparison.Ordinal) && Guid.TryParseExact(ProviderJson.Text(claims, "tid"), "D", out var tenant)
            ? settings.Issuer.Replace("{tenantid}", tenant.ToString("D"), StringComparison.Ordinal)
            : settings.Issuer;

    private static (string Why, ExternalFault Fault) Reason(Exception? exception) => exception switch
    {
        SecurityTokenInvalidIssuerException => ("is another issuer's (iss)", ExternalFault.Issuer),
        SecurityTokenInvalidAudienceException => ("is for another client (aud)", ExternalFault.Audience),
        SecurityTokenInvalidLifetimeException or SecurityTokenExpiredException or SecurityTokenNotYetValidException or SecurityTokenNoExpirationException => ("is over, or not valid yet (exp, nbf)", ExternalFault.Time),
        SecurityTokenInvalidSignatureException or SecurityTokenSignatureKeyNotFoundException or SecurityTokenInvalidAlgorithmException => ("the signature is wrong", ExternalFault.Keys),
        _ => ("is broken", ExternalFault.Other),
    };

    private static JsonElement Header(string token, string what) =>
        token.Split('.') is { Length: 3 } parts && ProviderJson.TryRead(Decode(parts[0], what)) is { } header ? header : throw Refuse(what, "is no signed JWT");

    private static byte[] Decode(string part, string what)
    {
        try
        {
            return System.Buffers.Text.Base64Url.DecodeFromChars(part);
        }
        catch (FormatException exception)
        {
            throw Refuse(what, "is no JWT", inner: exception);
        }
    }

    private bool IsLive(JsonElement claims)
    {
        var now = time.GetUtcNow();
        return ProviderToken.Time(claims, "exp") is { } expires && now < expires + Skew
            && (!claims.TryGetProperty("nbf", out _) || (ProviderToken.Time(claims, "nbf") is { } from && from <= now + Skew));
    }

    private static string Decrypt(OidcProvider provider, string text, string what)
    {
        if (provider.DecryptionKey is not { } key)
        {
            throw Refuse(what, "is encrypted, and the connection has no key that decrypts", ExternalFault.Encryption);
        }

        var header = ProviderJson.TryRead(Decode(text[..text.IndexOf('.', StringComparison.Ordinal)], what)) ?? throw Refuse(what, "is no JWT");
        var (alg, enc) = (ProviderJson.Text(header, "alg"), ProviderJson.Text(header, "enc"));
        if (header.TryGetProperty("crit", out _) || header.TryGetProperty("zip", out _) || !EncryptedToken.Knows(alg, enc))
        {
            throw Refuse(what, "is encrypted in a way that is not allowed (RSA-OAEP and RSA-OAEP-256 with AES-CBC-HMAC or AES-GCM are)", ExternalFault.Encryption);
        }

        // One answer for everything that goes wrong: no oracle.
        return EncryptedToken.Open(text, key.Rsa, alg!, enc!) is not { } inner ? throw Refuse(what, "cannot be decrypted", ExternalFault.Encryption)
            : inner.Length is > 0 and <= MaxLength && inner.Count(static letter => letter == '.') == 2 ? inner
            : throw Refuse(what, "holds no signed JWT", ExternalFault.Encryption);
    }
}
