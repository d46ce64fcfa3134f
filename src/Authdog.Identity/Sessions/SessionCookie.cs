using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Http;

namespace Authdog.Identity.Sessions;

/// <summary>The one place that knows the session cookie's name and attributes (SURFACE: <c>__Host-authdog</c>; over plain HTTP on localhost <c>authdog</c>).</summary>
/// <remarks>Over plain HTTP on any other host the name stays <c>__Host-authdog</c> with <c>Secure</c>, which browsers then refuse: nobody can sign in where a session could be read on the wire.</remarks>
[SuppressMessage("Performance", "CA1822", Justification = "Handed out by the container: who uses the cookie says so in its constructor.")]
public sealed class SessionCookie
{
    /// <summary>Name over HTTPS.</summary>
    public const string SecureName = "__Host-authdog";

    /// <summary>Name over plain HTTP on this machine.</summary>
    public const string LocalName = "authdog";

    private const int MaxLength = 256;

    /// <summary>The cookie's value as the request carries it; null when absent, repeated or over 256 characters.</summary>
    public string? Read(HttpRequest request)
    {
        var name = Name(request);
        string? value = null;
        foreach (var header in request.Headers.Cookie)
        {
            var rest = header.AsSpan();
            while (!rest.IsEmpty)
            {
                var end = rest.IndexOf(';');
                var pair = (end < 0 ? rest : rest[..end]).Trim(' ');
                rest = end < 0 ? default : rest[(end + 1)..];
                if (pair.Length <= name.Length || pair[name.Length] != '=' || !pair.StartsWith(name, StringComparison.Ordinal))
                {
                    continue;
                }

                // Two cookies of the name: one of them was planted, and which one cannot be told.
                if (value is not null || pair.Length - name.Length - 1 > MaxLength)
                {
                    return null;
                }

                value = pair[(name.Length + 1)..].ToString();
            }
        }

        return string.IsNullOrEmpty(value) ? null : value;
    }

    /// <summary>Hands the token to the browser, until it closes.</summary>
    public void Append(HttpResponse response, SessionToken token) =>
        Set(response, token.Value, Attributes(response.HttpContext.Request));

    /// <summary>Takes it back.</summary>
    public void Delete(HttpResponse response)
    {
        var attributes = Attributes(response.HttpContext.Request);
        attributes.Expires = DateTimeOffset.UnixEpoch;
        Set(response, string.Empty, attributes);
    }

    private static void Set(HttpResponse response, string value, CookieOptions attributes)
    {
        var name = Name(response.HttpContext.Request);
        Forget(response, name);
        response.Cookies.Append(name, value, attributes);
        response.Headers.CacheControl = "no-store";
    }

    // A response sets the cookie once: the last word counts.
    private static void Forget(HttpResponse response, string name)
    {
        var others = response.Headers.SetCookie.Where(c => c?.StartsWith(name + "=", StringComparison.Ordinal) != true).ToArray();
        if (others.Length != response.Headers.SetCookie.Count)
        {
            response.Headers.SetCookie = others;
        }
    }

    private static CookieOptions Attributes(HttpRequest request) => new()
    {
        Path = "/",
        HttpOnly = true,
        Secure = Name(request) == SecureName,
        SameSite = SameSiteMode.Lax,
        IsEssential = true,
    };

    private static string Name(HttpRequest request) => !request.IsHttps && IsLocal(request.Host.Host) ? LocalName : SecureName;

    private static bool IsLocal(string? host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || host?.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase) == true
        || host is "127.0.0.1" or "[::1]" or "::1";
}
