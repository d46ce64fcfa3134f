using Microsoft.Net.Http.Headers;
using Yarp.ReverseProxy.Transforms;

namespace Authdog.Gateway.Forwarding;

/// <summary>Keeps the gateway's cookies from the app (B16).</summary>
internal sealed class CookieRequestTransform : RequestTransform
{
    public override ValueTask ApplyAsync(RequestTransformContext context)
    {
        // Read from the copied headers, so that what other transforms did counts too.
        var headers = context.ProxyRequest.Headers;
        if (!headers.NonValidated.TryGetValues(HeaderNames.Cookie, out var values))
        {
            return default;
        }

        List<string> kept = new(values.Count);
        var changed = false;
        foreach (var value in values)
        {
            var rest = OwnCookies.RemoveFrom(value);
            changed |= !ReferenceEquals(rest, value);
            if (!string.IsNullOrEmpty(rest))
            {
                kept.Add(rest);
            }
        }

        if (changed)
        {
            headers.Remove(HeaderNames.Cookie);
            if (kept.Count > 0)
            {
                headers.TryAddWithoutValidation(HeaderNames.Cookie, kept);
            }
        }

        return default;
    }
}
