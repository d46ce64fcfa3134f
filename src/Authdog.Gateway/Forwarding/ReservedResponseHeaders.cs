using Authdog.Gateway.Edge;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Authdog.Gateway.Forwarding;

/// <summary>Keeps the app from the gateway's cookies and namespace, in headers and in trailers.</summary>
internal static class ReservedResponseHeaders
{
    public static void RemoveFrom(IHeaderDictionary headers)
    {
        if (headers.TryGetValue(HeaderNames.SetCookie, out var cookies) && cookies.Any(IsOwnCookie))
        {
            var kept = cookies.Where(cookie => !IsOwnCookie(cookie)).ToArray();
            if (kept.Length == 0)
            {
                headers.Remove(HeaderNames.SetCookie);
            }
            else
            {
                headers.SetCookie = new StringValues(kept);
            }
        }

        List<string>? doomed = null;
        foreach (var (name, _) in headers)
        {
            if (name.Length > 0 && (name[0] | 0x20) == 'x' && ReservedHeaders.IsOwn(name))
            {
                (doomed ??= []).Add(name);
            }
        }

        foreach (var name in doomed ?? [])
        {
            headers.Remove(name);
        }
    }

    private static bool IsOwnCookie(string? cookie) => cookie is not null && OwnCookies.IsOwn(cookie);
}
