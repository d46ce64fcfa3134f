using System.Collections.Immutable;
using System.Security.Cryptography;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Pages;
using Authdog.Identity.Sessions;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Login;

/// <summary>Remembers, in a sealed cookie, that a browser has signed in to an account before, and by which methods: its tries are counted apart, so that a stranger who exhausts an account's tries does not lock its owner out (I2), and it is offered those methods first.</summary>
public sealed class KnownBrowsers(IDataProtectionProvider protection, IOptions<PublicUrlOptions> reach)
{
    private const int MaxLength = 1024;
    private const int MaxMethods = 4;
    private static readonly TimeSpan s_lifetime = TimeSpan.FromDays(180);
    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("Authdog.KnownBrowser.v2").ToTimeLimitedDataProtector();
    private readonly string _cookie = reach.Value.CookieName("authdog-browser");
    private readonly bool _secure = reach.Value.IsSecure;

    /// <summary>What this browser is known by at the account; null for strangers.</summary>
    public KnownBrowser? Find(HttpContext context, TenantId tenant, EmailAddress email)
    {
        if (context.Request.Cookies[_cookie] is not { Length: > 0 and <= MaxLength } sealedValue)
        {
            return null;
        }

        try
        {
            return _protector.Unprotect(sealedValue).Split('\n') is [var knownTenant, var knownEmail, var browser, var methods]
                && knownTenant == tenant.Value
                && knownEmail == email.Normalized
                    ? new KnownBrowser(browser, [.. methods.Split(' ', StringSplitOptions.RemoveEmptyEntries)])
                    : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>Remembers this browser after a whole login, or after its owner proved to be one by mail (then without factors).</summary>
    public void Remember(HttpContext context, TenantId tenant, EmailAddress email, ImmutableArray<AuthenticationFactor> factors)
    {
        var known = Find(context, tenant, email);
        var browser = known?.Id ?? Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

        // A step-up by the second factor alone says nothing against the first one used before.
        var methods = factors.Reverse().Select(static factor => factor.Method).Concat(known?.Methods ?? []).Distinct(StringComparer.Ordinal).Take(MaxMethods);
        context.Response.Cookies.Append(_cookie, _protector.Protect($"{tenant.Value}\n{email.Normalized}\n{browser}\n{string.Join(' ', methods)}", s_lifetime), new CookieOptions
        {
            HttpOnly = true,
            Secure = _secure,
            SameSite = SameSiteMode.Lax,
            Path = "/",
            MaxAge = s_lifetime,
        });
    }
}
