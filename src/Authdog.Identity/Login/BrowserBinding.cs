using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Authdog.Identity.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Login;

/// <summary>Knows a browser again within a ceremony by a random cookie (SURFACE: <c>__Host-authdog-login</c>); one cookie for all its tabs.</summary>
public sealed class BrowserBinding(IOptions<PublicUrlOptions> reach)
{
    private const int Length = 43;
    private static readonly object s_key = new();
    private readonly string _cookie = reach.Value.CookieName("authdog-login");
    private readonly bool _secure = reach.Value.IsSecure;

    /// <summary>SHA-256 of this browser's cookie; hands out a new cookie when there is none.</summary>
    public string Ensure(HttpContext context)
    {
        if (Find(context) is { } hash)
        {
            return hash;
        }

        var value = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        context.Response.Cookies.Append(_cookie, value, new CookieOptions
        {
            HttpOnly = true,
            Secure = _secure,
            SameSite = SameSiteMode.Lax,
            Path = "/",
            MaxAge = TimeSpan.FromDays(30),
        });
        hash = Hash(value);
        context.Items[s_key] = hash;
        return hash;
    }

    /// <summary>Whether this browser is the one with this hash.</summary>
    public bool Matches(HttpContext context, string binding) =>
        Find(context) is { } hash && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(hash), Encoding.ASCII.GetBytes(binding));

    private string? Find(HttpContext context) =>
        context.Items[s_key] as string
        ?? (context.Request.Cookies[_cookie] is { Length: Length } value && Base64Url.IsValid(value) ? Hash(value) : null);

    private static string Hash(string value) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(value)));
}
