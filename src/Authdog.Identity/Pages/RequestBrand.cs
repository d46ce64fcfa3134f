using System.Security.Cryptography;
using System.Text;
using Authdog.Identity.Tenants;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Pages;

/// <summary>The brand of a request: its tenant's, or the one that is not live yet in a browser that has opened the preview.</summary>
public sealed class RequestBrand(OptionsOverlay<BrandOptions> brands, IOptions<BrandPreviewOptions> preview, IOptions<PublicUrlOptions> reach)
{
    private readonly string _cookie = reach.Value.CookieName("authdog-brand");

    /// <summary>The brand.</summary>
    public BrandOptions For(HttpContext context) => IsPreview(context) ? preview.Value.Brand : brands.For(context);

    /// <summary>Whether this browser looks at the preview.</summary>
    public bool IsPreview(HttpContext context) => preview.Value.Key is not null && IsKey(context.Request.Cookies[_cookie]);

    /// <summary>Whether there is a preview, and this opens it.</summary>
    internal bool IsKey(string? key) =>
        preview.Value.Key is { } expected && key is not null && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(key)), SHA256.HashData(Encoding.UTF8.GetBytes(expected)));

    /// <summary>Shows the preview in this browser, until it is closed.</summary>
    internal void Open(HttpContext context, string key) =>
        context.Response.Cookies.Append(_cookie, key, new CookieOptions { HttpOnly = true, Secure = reach.Value.IsSecure, SameSite = SameSiteMode.Lax, Path = "/" });

    /// <summary>Shows this browser what everybody sees.</summary>
    internal void Close(HttpContext context) =>
        context.Response.Cookies.Delete(_cookie, new CookieOptions { HttpOnly = true, Secure = reach.Value.IsSecure, SameSite = SameSiteMode.Lax, Path = "/" });
}
