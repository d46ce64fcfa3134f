using System.Globalization;
using System.Security.Cryptography;
using Authdog.Identity.Identifiers;
using Authdog.Identity.Keys;
using Authdog.Identity.Pages;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Clients;

/// <summary>Knows browsers again by a sealed first-party cookie (<c>__Host-authdog-client</c>). The gateway's own pages hand it out, and no app ever sees it.</summary>
public sealed class ClientMarks(IDataProtectionProvider protection, SecretProtector secrets, IOptions<PublicUrlOptions> reach, TimeProvider time)
{
    private const int MaxLength = 1024;
    private static readonly TimeSpan s_lifetime = TimeSpan.FromDays(90);
    private static readonly object s_key = new();
    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("Authdog.ClientMark.v1").ToTimeLimitedDataProtector();
    private readonly string _cookie = reach.Value.CookieName("authdog-client");
    private readonly bool _secure = reach.Value.IsSecure;

    /// <summary>The request's mark at this tenant; null when it has none, or one that cannot be read.</summary>
    public ClientMark? Find(HttpContext context, TenantId tenant) => Read(context, tenant).Mark;

    /// <summary>Whether the request has a mark that was changed, or made by somebody else.</summary>
    public bool IsForged(HttpContext context, TenantId tenant) => Read(context, tenant).IsForged;

    /// <summary>The request's mark; hands out a new one when there is none.</summary>
    public ClientMark Ensure(HttpContext context, TenantId tenant)
    {
        if (Find(context, tenant) is { } known)
        {
            return known;
        }

        ClientMark mark = new(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), Today(), Trust: null);
        Write(context, tenant, mark);
        return mark;
    }

    /// <summary>Somebody has signed in with this browser.</summary>
    public void Trust(HttpContext context, TenantId tenant, UserId user)
    {
        var trust = secrets.Mask("client-trust", $"{tenant.Value}\n{user}");
        var mark = Ensure(context, tenant);
        if (mark.Trust != trust)
        {
            Write(context, tenant, mark with { Trust = trust });
        }
    }

    /// <summary>Whether the browser was first seen on an earlier day.</summary>
    public bool IsFromEarlier(ClientMark mark) => mark.Day < Today();

    private int Today() => (int)(time.GetUtcNow().ToUnixTimeSeconds() / 86_400);

    private (ClientMark? Mark, bool IsForged) Read(HttpContext context, TenantId tenant)
    {
        if (context.Items[s_key] is Known known && known.Tenant == tenant)
        {
            return (known.Mark, known.IsForged);
        }

        var read = Parse(context.Request.Cookies[_cookie], tenant);
        context.Items[s_key] = new Known(tenant, read.Mark, read.IsForged);
        return read;
    }

    private (ClientMark? Mark, bool IsForged) Parse(string? cookie, TenantId tenant)
    {
        if (cookie is null)
        {
            return (null, false);
        }

        if (cookie.Length is 0 or > MaxLength)
        {
            return (null, true);
        }

        try
        {
            // One of another tenant on the same host is no forgery, and none here (I10).
            return _protector.Unprotect(cookie).Split('\n') is [var owner, var id, var day, var trust]
                ? owner == tenant.Value ? (new ClientMark(id, int.Parse(day, CultureInfo.InvariantCulture), trust.Length > 0 ? trust : null), false) : (null, false)
                : (null, true);
        }
        catch (CryptographicException)
        {
            return (null, true);
        }
    }

    private void Write(HttpContext context, TenantId tenant, ClientMark mark)
    {
        context.Items[s_key] = new Known(tenant, mark, IsForged: false);
        context.Response.Cookies.Append(_cookie, _protector.Protect(string.Create(CultureInfo.InvariantCulture, $"{tenant.Value}\n{mark.Id}\n{mark.Day}\n{mark.Trust}"), s_lifetime), new CookieOptions
        {
            HttpOnly = true,
            Secure = _secure,
            SameSite = SameSiteMode.Lax,
            Path = "/",
            MaxAge = s_lifetime,
        });
    }

    private sealed record Known(TenantId Tenant, ClientMark? Mark, bool IsForged);
}
