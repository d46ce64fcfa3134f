using System.Globalization;
using Authdog.Gateway.Answers;
using Authdog.Gateway.Edge;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Authdog.Gateway.Access;

/// <summary>Sends a browser to sign in and says where it wanted to go.</summary>
internal static class LoginRedirect
{
    // Longer ones would break on header limits of other proxies; the way back is then only as exact as it can be (B18).
    private const int MaxReturnLength = 2048;

    /// <param name="context">The request that was refused.</param>
    /// <param name="maxAge">How fresh the sign-in must be, when somebody is signed in already; named like OpenID Connect's parameter.</param>
    public static void Write(HttpContext context, TimeSpan? maxAge = null)
    {
        var request = context.Features.GetRequiredFeature<CanonicalRequest>();
        context.Response.Clear();
        SecurityHeaders.Set(context.Response.Headers);
        context.Response.StatusCode = StatusCodes.Status302Found;
        context.Response.Headers[HeaderNames.Location] = Location(request, maxAge);
    }

    /// <summary>Where to sign in, with the way back: a local address, since the session's cookie is of this host alone.</summary>
    public static string Location(CanonicalRequest request, TimeSpan? maxAge = null)
    {
        var location = $"{AccessAnswers.Login}?return={Uri.EscapeDataString(Return(request.Target))}";
        return maxAge is { } age ? string.Create(CultureInfo.InvariantCulture, $"{location}&max_age={(long)age.TotalSeconds}") : location;
    }

    private static string Return(string target)
    {
        if (target.Length <= MaxReturnLength)
        {
            return target;
        }

        var query = target.IndexOf('?', StringComparison.Ordinal);
        return query is > 0 and <= MaxReturnLength ? target[..query] : "/";
    }
}
