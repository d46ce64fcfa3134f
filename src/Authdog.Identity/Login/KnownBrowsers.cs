using System.Security.Cryptography;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Pages;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Login;

/// <summary>Remembers, in a sealed cookie, that a browser has signed in to an account before: its tries are counted apart, so that a stranger who exhausts an account's tries does not lock its owner out (I2).</summary>
public sealed class KnownBrowsers(IDataProtectionProvider protection, IOptions<PublicUrlOptions> reach)
{
    private const int MaxLength = 1024;
    private static readonly TimeSpan s_lifetime = TimeSpan.FromDays(180);
    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("Authdog.KnownBrowser.v1").ToTimeLimitedDataProtector();
    private readonly string _cookie = reach.Value.CookieName("authdog-browser");
    private readonly bool _secure = reach.Value.IsSecure;

    /// <summary>A stable name for this browser if it knows the account; null for strangers.</summary>
    public string? Find(HttpContext context, TenantId tenant, EmailAddress email)
    {
        if (context.Request.Cookies[_cookie] is not { Length: > 0 and <= MaxLength } sealedValue)
        {
            return null;
        }

        try
        {
            var parts = _protector.Unprotect(sealedValue).Split('\n');
            return parts is [var knownTenant, var knownEmail, var browser] && knownTenant == tenant.Value && knownEmail == email.Normalized ? browser : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Remembers this browser.</summary>
    public void Remember(HttpContext context, TenantId tenant, EmailAddress email)
    {
        var browser = Find(context, tenant, email) ?? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        context.Response.Cookies.Append(_cookie, _protector.Protect($"{tenant.Value}\n{email.Normalized}\n{browser}", s_lifetime), new CookieOptions
        {
            HttpOnly = true,
            Secure = _secure,
            SameSite = SameSiteMode.Lax,
            Path = "/",
            MaxAge = s_lifetime,
        });
    }
}
