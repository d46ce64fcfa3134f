using System.Buffers.Text;
using System.Security.Cryptography;
using Authdog.Identity.Pages;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Authdog.Identity.Accounts.Devices;

/// <summary>A random name of the browser, set when somebody signs in: by it an account knows its devices again. It opens nothing.</summary>
internal sealed class DeviceCookie(IOptions<PublicUrlOptions> reach)
{
    private const int Length = 43;
    private static readonly TimeSpan s_lifetime = TimeSpan.FromDays(400);
    private readonly string _name = reach.Value.CookieName("authdog-device");
    private readonly bool _secure = reach.Value.IsSecure;

    /// <summary>The browser's value; a new one is handed out where there is none that could be ours.</summary>
    public string Ensure(HttpContext context)
    {
        var value = context.Request.Cookies[_name] is { Length: Length } known && Base64Url.IsValid(known) ? known : Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        context.Response.Cookies.Append(_name, value, new CookieOptions
        {
            HttpOnly = true,
            Secure = _secure,
            SameSite = SameSiteMode.Lax,
            Path = "/",
            MaxAge = s_lifetime,
        });
        return value;
    }
}
