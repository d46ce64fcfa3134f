using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Authdog.Identity.Sso.Oidc;

/// <summary>The rules for an ID token of the code flow beyond those of every token (OpenID Connect Core, section 3.1.3.7).</summary>
internal static class IdToken
{
    private const string What = "ID token";

    /// <summary>Which <c>typ</c> an ID token may have: none, or that of any JWT; never another token's.</summary>
    public static bool IsType(string? typ) => typ is null || typ.Equals("JWT", StringComparison.OrdinalIgnoreCase);

    /// <summary>Judges a verified token for one login.</summary>
    /// <exception cref="ExternalFailureException">It is not for it.</exception>
    public static void Check(ProviderToken token, string client, string nonce, string code, string? accessToken)
    {
        // Steps 3 to 5: with several audiences it must say whom it was made for; where it says so, it must be this client.
        var several = token.Claims.GetProperty("aud") is { ValueKind: JsonValueKind.Array } audiences && audiences.GetArrayLength() > 1;
        if (token.Claims.TryGetProperty("azp", out _) ? token.Text("azp") != client : several)
        {
            throw ProviderTokenVerifier.Refuse(What, "was made for another client (azp)", ExternalFault.Audience);
        }

        // Step 11: it answers this login's question and no other.
        if (token.Text("nonce") is not { } answered || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(answered), Encoding.ASCII.GetBytes(nonce)))
        {
            throw ProviderTokenVerifier.Refuse(What, "answers another login (nonce)");
        }

        // Section 2: at most 255 ASCII characters.
        if (token.Text("sub") is not { Length: > 0 and <= ExternalProof.MaxIdentifier } subject || subject.AsSpan().IndexOfAnyExceptInRange(' ', '~') >= 0)
        {
            throw ProviderTokenVerifier.Refuse(What, "names nobody (sub)");
        }

        // Sections 3.1.3.8 and 3.3.2.11: what came with it belongs to it.
        if (!IsHashOf(token, "at_hash", accessToken) || !IsHashOf(token, "c_hash", code))
        {
            throw ProviderTokenVerifier.Refuse(What, "belongs to another access token or code (at_hash, c_hash)");
        }
    }

    private static bool IsHashOf(ProviderToken token, string name, string? value)
    {
        if (!token.Claims.TryGetProperty(name, out _))
        {
            return true;
        }

        if (value is null || token.Text(name) is not { } claimed)
        {
            return false;
        }

        var bytes = Encoding.UTF8.GetBytes(value);
        var hash = token.Algorithm[^3..] switch
        {
            "256" => SHA256.HashData(bytes),
            "384" => SHA384.HashData(bytes),
            _ => SHA512.HashData(bytes),
        };
        return string.Equals(claimed, Base64Url.EncodeToString(hash.AsSpan(0, hash.Length / 2)), StringComparison.Ordinal);
    }
}
