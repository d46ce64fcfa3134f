using System.Security.Cryptography;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Pages;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Sso.Setup;

/// <summary>Remembers, in a sealed cookie, which invitation a browser has opened, so that its secret is in no further address.</summary>
internal sealed class SetupSession(IDataProtectionProvider protection, IOptions<PublicUrlOptions> reach)
{
    private const int MaxLength = 1024;
    private static readonly TimeSpan s_lifetime = TimeSpan.FromHours(12);
    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("Authdog.Sso.Setup.v1").ToTimeLimitedDataProtector();
    private readonly string _cookie = reach.Value.CookieName("authdog-setup");
    private readonly bool _secure = reach.Value.IsSecure;

    /// <summary>Begins to remember one.</summary>
    public void Begin(HttpContext context, TenantId tenant, string slug, string secret) => context.Response.Cookies.Append(
        _cookie,
        _protector.Protect($"{tenant.Value}\n{slug}\n{secret}", s_lifetime),
        new CookieOptions { HttpOnly = true, Secure = _secure, SameSite = SameSiteMode.Lax, Path = "/", MaxAge = s_lifetime });

    /// <summary>The one that is remembered; null when there is none of this tenant.</summary>
    public (string Slug, string Secret)? Find(HttpContext context, TenantId tenant)
    {
        if (context.Request.Cookies[_cookie] is not { Length: > 0 and <= MaxLength } kept)
        {
            return null;
        }

        try
        {
            return _protector.Unprotect(kept).Split('\n') is [var owner, var slug, var secret] && owner == tenant.Value ? (slug, secret) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
