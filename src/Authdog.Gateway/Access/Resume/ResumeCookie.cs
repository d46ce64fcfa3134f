using System.Security.Cryptography;
using System.Text;
using Authdog.Identity.Pages;
using Microsoft.Extensions.Options;

namespace Authdog.Gateway.Access.Resume;

/// <summary>Tells the request that a confirmed one is on its way: set with the redirect (307) that leads the browser to the target, and gone with its answer. One cookie for each kept request; only a page of this site can send it.</summary>
internal sealed class ResumeCookie(IOptions<PublicUrlOptions> reach)
{
    private const int HashLength = 32;
    private static readonly TimeSpan s_lifetime = TimeSpan.FromMinutes(1);
    private readonly string _prefix = reach.Value.CookieName("authdog-resume-");
    private readonly bool _secure = reach.Value.IsSecure;

    /// <summary>Whether a request may have one, at the price of a search.</summary>
    public bool MayHave(HttpRequest request)
    {
        foreach (var header in request.Headers.Cookie)
        {
            if (header?.Contains(_prefix, StringComparison.Ordinal) == true)
            {
                return true;
            }
        }

        return false;
    }

    public void Append(HttpResponse response, KeptRequest kept) => response.Cookies.Append(Name(kept.Id), Hash(kept.Target) + kept.Id, Attributes(s_lifetime));

    /// <summary>Takes the cookie back.</summary>
    public void Delete(HttpResponse response, string id) => response.Cookies.Append(Name(id), string.Empty, Attributes(TimeSpan.Zero));

    /// <summary>Id of the kept request that is on its way to this target; null when none is.</summary>
    public string? Find(HttpRequest request, string target)
    {
        var hash = Hash(target);
        foreach (var (name, value) in request.Cookies)
        {
            if (name.StartsWith(_prefix, StringComparison.Ordinal) && value.Length > HashLength && value.StartsWith(hash, StringComparison.Ordinal))
            {
                return value[HashLength..];
            }
        }

        return null;
    }

    private string Name(string id) => _prefix + Hash(id)[..8];

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..HashLength];

    private CookieOptions Attributes(TimeSpan lifetime) => new()
    {
        HttpOnly = true,
        Secure = _secure,
        SameSite = SameSiteMode.Strict,
        Path = "/",
        MaxAge = lifetime,
        IsEssential = true,
    };
}
