using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Authdog.Identity.Social;

/// <summary>Apple's client secret: a JWT that the app signs with its key (ES256), made anew each time.</summary>
internal sealed class AppleSecret(string team, string keyId, string client, string file, TimeProvider time)
{
    private static readonly TimeSpan s_lifetime = TimeSpan.FromMinutes(5);
    private readonly JsonWebTokenHandler _tokens = new() { SetDefaultTimesOnTokenCreation = false };
    private readonly Lazy<SigningCredentials> _key = new(() =>
    {
        var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(file));
        return new SigningCredentials(new ECDsaSecurityKey(key) { KeyId = keyId }, SecurityAlgorithms.EcdsaSha256);
    });

    /// <summary>A secret for now.</summary>
    public string Make()
    {
        var now = time.GetUtcNow().UtcDateTime;
        return _tokens.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = team,
            Audience = "https://appleid.apple.com",
            IssuedAt = now,
            Expires = now + s_lifetime,
            Claims = new Dictionary<string, object> { ["sub"] = client },
            SigningCredentials = _key.Value,
        });
    }
}
