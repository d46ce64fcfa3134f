using System.Security.Cryptography;
using System.Text.Json;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Pages;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Challenges;

/// <summary>Keeps what a client has passed in a short-lived sealed cookie (<c>__Host-authdog-pass</c>) that is worth nothing from another network or beside another mark.</summary>
internal sealed class ChallengePasses(ChallengeSeal seal, IDataProtectionProvider protection, IOptions<ChallengeOptions> options, IOptions<PublicUrlOptions> reach, TimeProvider time)
{
    private const int MaxLength = 2048;
    private static readonly object s_key = new();
    private readonly IDataProtector _protector = protection.CreateProtector("Authdog.ChallengePass.v1");
    private readonly string _cookie = reach.Value.CookieName("authdog-pass");
    private readonly bool _secure = reach.Value.IsSecure;

    /// <summary>Hands one out for a challenge that was solved just now.</summary>
    public void Issue(HttpContext context, Challenge solved)
    {
        ChallengePass pass = new(solved.Id, solved.Tenant, solved.Client, solved.Level, time.GetUtcNow() + options.Value.PassLifetime);
        context.Items[s_key] = pass;
        context.Response.Cookies.Append(_cookie, _protector.Protect(JsonSerializer.Serialize(pass)), new CookieOptions
        {
            HttpOnly = true,
            Secure = _secure,
            SameSite = SameSiteMode.Lax,
            Path = "/",
            MaxAge = options.Value.PassLifetime,
        });
    }

    /// <summary>What this client has passed at the tenant; null when nothing counts.</summary>
    public ChallengePass? Find(HttpContext context, TenantId tenant)
    {
        if (context.Items[s_key] is ChallengePass issued)
        {
            return issued.Tenant == tenant.Value ? issued : null;
        }

        if (context.Request.Cookies[_cookie] is not { Length: > 0 and <= MaxLength } text)
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize<ChallengePass>(_protector.Unprotect(text)) is { } pass
                && pass.Tenant == tenant.Value
                && time.GetUtcNow() < pass.ExpiresAt
                && seal.IsClient(context, tenant, pass.Client)
                    ? pass
                    : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
